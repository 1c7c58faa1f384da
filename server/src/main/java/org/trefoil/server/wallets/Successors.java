package org.trefoil.server.wallets;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.trefoil.core.Refusal;
import org.trefoil.core.Token;
import org.trefoil.core.envelope.Marks;
import org.trefoil.core.keys.Cosigners;
import org.trefoil.core.keys.KeyRole;
import org.trefoil.core.keys.Succession;
import org.trefoil.core.wire.ActivateRequest;
import org.trefoil.core.wire.DraftWallet;
import org.trefoil.core.wire.FreshAddress;
import org.trefoil.core.wire.Heir;
import org.trefoil.core.wire.Heirs;
import org.trefoil.core.wire.NewKeys;
import org.trefoil.core.wire.SuccessionStatement;
import org.trefoil.core.wire.WalletState;
import org.trefoil.core.wire.WalletView;
import org.trefoil.server.audit.AuditKind;
import org.trefoil.server.audit.AuditLog;
import org.trefoil.server.durable.Transactions;
import org.trefoil.server.duress.Duress;
import org.trefoil.server.duress.Hand;
import org.trefoil.server.secondfactor.SecondFactors;
import org.trefoil.server.secondfactor.Verdict;

/**
 * Wallets that come after others, with new keys.
 *
 * <p>A successor is born as every wallet is. Beyond that, a key of the older wallet must have named
 * its key set, and a second factor given for exactly these two puts it into use; in the same
 * transaction the older one is replaced: it hands out no address any more, is watched for ever, and
 * can send to its heir alone. No wallet has two successors.
 */
public final class Successors {
  private final Wallets wallets;
  private final WalletStore store;
  private final OpeningStore openings;
  private final SecondFactors factors;
  private final Duress duress;
  private final Transactions transactions;
  private final AuditLog audit;
  private final InstantSource clock;
  private final KeyNews news;

  public Successors(
      Wallets wallets,
      WalletStore store,
      OpeningStore openings,
      SecondFactors factors,
      Duress duress,
      Transactions transactions,
      AuditLog audit,
      InstantSource clock,
      KeyNews news) {
    this.wallets = wallets;
    this.store = store;
    this.openings = openings;
    this.factors = factors;
    this.duress = duress;
    this.transactions = transactions;
    this.audit = audit;
    this.clock = clock;
    this.news = news;
  }

  /**
   * A wallet with those whose place it took.
   *
   * @param replaces the wallet that it comes after, or is to come after
   * @param next the wallet that is to come after it once its paper is checked
   * @param heir the wallet in use that came after it; null when it is in use itself
   * @param older those that it came after, the latest first
   */
  public record Family(
      WalletView wallet,
      @Nullable String replaces,
      @Nullable String next,
      @Nullable String heir,
      List<WalletView> older) {}

  /**
   * The draft of a wallet to come after this one; the same again answers the same. Refuses {@code
   * wallet-already-stored} when it has its keys.
   */
  public DraftWallet draft(String accountId, String walletId) {
    WalletRecord older = wallets.active(accountId, walletId);
    if (store.successor(walletId).isEmpty()) {
      Optional<DraftWallet> made =
          transactions.run(
              () -> {
                Optional<DraftWallet> draft = wallets.draftAfter(older);
                draft.ifPresent(begun -> news.keysBegun(older));
                return draft;
              });
      if (made.isPresent()) {
        return made.get();
      }
    }
    WalletRecord known = store.successor(walletId).orElseThrow();
    return wallets.draftAgain(accountId, known.walletId());
  }

  /**
   * Stores the keys of a draft as {@link Wallets#storeKeys} does. Where the user key of an older
   * wallet names them, its passcode's mark is on that; under the second one nothing is named.
   */
  public WalletView storeKeys(String accountId, String walletId, NewKeys keys) {
    SuccessionStatement named = keys.succession();
    String replaces = wallets.owned(accountId, walletId).replaces();
    if (named != null && replaces != null) {
      WalletRecord older = wallets.owned(accountId, replaces);
      Marks marks = older.marks();
      if (marks != null) {
        refuseForced(older, marks, walletId, keys, named);
      }
    }
    return wallets.storeKeys(accountId, walletId, keys);
  }

  private void refuseForced(
      WalletRecord older, Marks marks, String walletId, NewKeys keys, SuccessionStatement named) {
    Cosigners newer = KeySets.of(keys.descriptor(), older.network());
    byte[] digest = Succession.digest(older.cosigners(), older.walletId(), newer, walletId);
    boolean byUser = named.by().equals(KeyRole.USER.id());
    Hand hand = Hand.of(marks, byUser, digest, keys.mark());
    duress.heard(older.whose(older.accountId()), hand);
    if (byUser) {
      duress.refuseWhileStanding(older.walletId());
    }
  }

  /**
   * Puts a wallet into use; one that comes after another takes a second factor. Refuses {@code
   * factor-missing} without it, and what a second factor is refused for.
   */
  public WalletView activate(String accountId, String walletId, ActivateRequest request) {
    WalletRecord wallet = wallets.paperChecked(accountId, walletId, request);
    String olderId = wallet.replaces();
    if (olderId == null) {
      return wallets.activate(accountId, walletId, request);
    }
    String code = request.code();
    if (code == null && !wallet.state().live()) {
      throw Refusal.of(Token.FACTOR_MISSING).exception();
    }
    Verdict verdict =
        wallet.state().live()
            ? Verdict.OK
            : transactions.run(
                () -> succeed(wallet, olderId, request, Objects.requireNonNull(code)));
    verdict.orRefuse();
    return wallets.view(accountId, walletId);
  }

  private Verdict succeed(
      WalletRecord wallet, String olderId, ActivateRequest request, String code) {
    WalletRecord older = wallets.lock(olderId);
    if (older.state() == WalletState.REPLACED) {
      return Verdict.OK;
    }
    byte[] digest =
        Succession.digest(older.cosigners(), olderId, wallet.cosigners(), wallet.walletId());
    SuccessionStatement named = Objects.requireNonNull(wallet.succession());
    if (named.by().equals(KeyRole.USER.id())) {
      duress.refuseWhileStanding(olderId);
    }
    Verdict used = factors.use(wallet.accountId(), code, digest);
    if (used == Verdict.OK) {
      if (!wallets.putIntoUse(wallet, request) || !store.replace(olderId, clock.instant())) {
        throw Refusal.of(Token.WRONG_STATE).exception();
      }
      openings.removeAll(olderId);
      String heir = wallet.walletId();
      audit.note(AuditKind.WALLET_REPLACED, wallet.accountId(), olderId, heir);
      news.keysReplaced(older);
      // With the backup key at hand nobody needs the first passcode.
      duress.over(older.whose(wallet.accountId()));
    }
    return used;
  }

  /** Those that came after a replaced wallet, and where the last of them is paid. */
  public Heirs heirs(String accountId, String walletId) {
    WalletRecord at = wallets.live(accountId, walletId);
    List<Heir> line = new ArrayList<>();
    while (at.state() == WalletState.REPLACED) {
      at = store.successor(at.walletId()).orElseThrow();
      line.add(new Heir(wallets.view(at), Objects.requireNonNull(at.succession())));
    }
    if (line.isEmpty()) {
      throw Refusal.of(Token.WRONG_STATE).exception();
    }
    FreshAddress fresh = wallets.address(accountId, at.walletId());
    return new Heirs(line, fresh.index(), fresh.address());
  }

  /** The wallet with those whose place it took. */
  public Family family(String accountId, String walletId) {
    WalletRecord wallet = wallets.owned(accountId, walletId);
    List<WalletView> older = new ArrayList<>();
    String before = wallet.replaces();
    while (before != null && wallet.state().live()) {
      WalletRecord one = wallets.owned(accountId, before);
      older.add(wallets.view(one));
      before = one.replaces();
    }
    boolean replaced = wallet.state() == WalletState.REPLACED;
    Optional<WalletRecord> next =
        store.successor(walletId).filter(one -> one.state() == WalletState.UNCHECKED);
    return new Family(
        wallets.view(wallet),
        wallet.replaces(),
        next.map(WalletRecord::walletId).orElse(null),
        replaced ? wallets.heir(wallet).walletId() : null,
        older);
  }

  /** The account's wallets, newest first; replaced ones stand under what came after them. */
  public List<Family> families(String accountId) {
    Map<String, WalletRecord> byId = new HashMap<>();
    List<WalletRecord> all = store.list(accountId);
    all.forEach(wallet -> byId.put(wallet.walletId(), wallet));
    List<Family> families = new ArrayList<>();
    for (WalletRecord wallet : all) {
      if (wallet.state() != WalletState.REPLACED) {
        List<WalletView> older = new ArrayList<>();
        WalletRecord before = wallet.state().live() ? older(byId, wallet) : null;
        while (before != null) {
          older.add(wallets.view(before));
          before = older(byId, before);
        }
        families.add(new Family(wallets.view(wallet), wallet.replaces(), null, null, older));
      }
    }
    return families;
  }

  private static @Nullable WalletRecord older(Map<String, WalletRecord> byId, WalletRecord wallet) {
    String replaces = wallet.replaces();
    return replaces == null ? null : byId.get(replaces);
  }
}
