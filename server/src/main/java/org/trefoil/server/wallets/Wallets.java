package org.trefoil.server.wallets;

import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.trefoil.core.Refusal;
import org.trefoil.core.Token;
import org.trefoil.core.keys.Cosigners;
import org.trefoil.core.wire.ActivateRequest;
import org.trefoil.core.wire.DraftWallet;
import org.trefoil.core.wire.FreshAddress;
import org.trefoil.core.wire.MemberRole;
import org.trefoil.core.wire.NewKeys;
import org.trefoil.core.wire.WalletState;
import org.trefoil.core.wire.WalletView;
import org.trefoil.server.audit.AuditKind;
import org.trefoil.server.audit.AuditLog;
import org.trefoil.server.chain.ChainIndex;
import org.trefoil.server.cosign.CoSigner;
import org.trefoil.server.cosign.NewServerKey;
import org.trefoil.server.durable.Ids;
import org.trefoil.server.durable.Transactions;

/**
 * Wallets from draft to active.
 *
 * <p>A wallet is a draft until its keys are stored, unchecked until somebody typed the paper back
 * and showed that the backup key is at hand, and only then active: it shows addresses and is
 * followed on the chain.
 *
 * <p>This is the one place that decides who reaches a wallet: its owner, and a member as far as the
 * role goes, else {@code role-refused}. To everybody else it is {@code not-found}, as if it did not
 * exist. Where no role is named it takes the owner.
 */
public final class Wallets {
  private static final int MOST_WALLETS = 50;

  private final WalletStore store;
  private final Membership members;
  private final CoSigner coSigner;
  private final ChainIndex chain;
  private final Transactions transactions;
  private final AuditLog audit;
  private final InstantSource clock;
  private final SecureRandom random;
  private final FirstHead rules;

  /** Begins the rules of a wallet that goes into use. */
  @FunctionalInterface
  public interface FirstHead {
    /** Inside that transaction; answers what the record is to say of it. */
    String first(String walletId);
  }

  public Wallets(
      WalletStore store,
      Membership members,
      CoSigner coSigner,
      ChainIndex chain,
      Transactions transactions,
      AuditLog audit,
      InstantSource clock,
      SecureRandom random,
      FirstHead rules) {
    this.rules = rules;
    this.store = store;
    this.members = members;
    this.coSigner = coSigner;
    this.chain = chain;
    this.transactions = transactions;
    this.audit = audit;
    this.clock = clock;
    this.random = random;
  }

  /** Makes a draft with a fresh server key; the same request again answers the same draft. */
  public DraftWallet draft(String accountId, String typedName, String requestId) {
    String name = WalletName.parse(typedName);
    RequestId.check(requestId);
    Optional<WalletRecord> known = store.byRequest(accountId, requestId);
    if (known.isEmpty()) {
      refuseTooMany(accountId);
      String walletId = Ids.random(random);
      NewServerKey key = coSigner.make(walletId);
      String server = key.key().expression();
      WalletRecord draft = newDraft(walletId, accountId, name, requestId, server, null);
      if (addDraft(draft, key)) {
        return draft.asDraft();
      }
      known = store.byRequest(accountId, requestId);
    }
    WalletRecord same = known.orElseThrow();
    if (!same.name().equals(name)) {
      throw Refusal.of(Token.REQUEST_REUSED).exception();
    }
    return same.asDraft();
  }

  /** Makes a draft that is to come after this wallet; empty when there is one already. */
  Optional<DraftWallet> draftAfter(WalletRecord older) {
    String walletId = Ids.random(random);
    NewServerKey key = coSigner.make(walletId);
    String server = key.key().expression();
    WalletRecord draft =
        newDraft(walletId, older.accountId(), older.name(), walletId, server, older.walletId());
    return addDraft(draft, key) ? Optional.of(draft.asDraft()) : Optional.empty();
  }

  /** The draft again, while the wallet has no keys. */
  public DraftWallet draftAgain(String accountId, String walletId) {
    WalletRecord wallet = owned(accountId, walletId);
    if (wallet.state() != WalletState.DRAFT) {
      throw Refusal.of(Token.WALLET_ALREADY_STORED).exception();
    }
    return wallet.asDraft();
  }

  /** Stores the keys of a draft after checking all of them; the same keys again change nothing. */
  public WalletView storeKeys(String accountId, String walletId, NewKeys keys) {
    WalletRecord draft = owned(accountId, walletId);
    Cosigners cosigners = KeyCheck.check(draft, keys);
    String replaces = draft.replaces();
    WalletRecord older = replaces == null ? null : owned(accountId, replaces);
    KeyCheck.succession(older, draft, cosigners, keys.succession());
    transactions.run(
        () -> {
          if (store.storeKeys(walletId, keys)) {
            audit.note(AuditKind.WALLET_KEYS_STORED, accountId, walletId, null);
          } else if (!owned(accountId, walletId).hasKeys(keys)) {
            throw Refusal.of(Token.WALLET_ALREADY_STORED).exception();
          }
        });
    return view(accountId, walletId);
  }

  /** Makes the wallet active once {@link ActivationCheck} has nothing against it. */
  public WalletView activate(String accountId, String walletId, ActivateRequest request) {
    WalletRecord wallet = paperChecked(accountId, walletId, request);
    if (wallet.replaces() != null) {
      throw Refusal.of(Token.FACTOR_MISSING).exception();
    }
    transactions.run(() -> putIntoUse(wallet, request));
    return view(accountId, walletId);
  }

  /** The account's wallet, when {@link ActivationCheck} has nothing against the statement. */
  WalletRecord paperChecked(String accountId, String walletId, ActivateRequest request) {
    WalletRecord wallet = owned(accountId, walletId);
    if (wallet.state() == WalletState.DRAFT) {
      throw Refusal.of(Token.WRONG_STATE).exception();
    }
    Cosigners cosigners = wallet.cosigners();
    ActivationCheck.check(wallet, cosigners, request);
    return wallet;
  }

  /** Makes an unchecked wallet active, inside a transaction; false when it is not unchecked. */
  boolean putIntoUse(WalletRecord wallet, ActivateRequest request) {
    String walletId = wallet.walletId();
    Cosigners cosigners = wallet.cosigners();
    List<String> proofs = ActivationCheck.check(wallet, cosigners, request);
    boolean first = store.activate(walletId, clock.instant(), proofs);
    if (first) {
      // Not when its keys are stored: a ceremony that is broken off leaves no wallet at a signer.
      coSigner.pin(walletId, wallet.accountId(), cosigners);
      chain.watch(walletId, cosigners, wallet.birthHeight());
      String noted = request.by() + ", " + rules.first(walletId);
      audit.note(AuditKind.WALLET_ACTIVATED, wallet.accountId(), walletId, noted);
    }
    return first;
  }

  /**
   * Takes a wallet off the list whose ceremony was broken off. The server's key for it stays where
   * it is: sheets may have been printed, and a key that an address could hang on is never deleted.
   */
  public void discard(String accountId, String walletId) {
    owned(accountId, walletId);
    transactions.run(
        () -> {
          if (!store.remove(walletId)) {
            throw Refusal.of(Token.WALLET_ALREADY_ACTIVE).exception();
          }
          audit.note(AuditKind.WALLET_DISCARDED, accountId, walletId, null);
        });
  }

  public WalletView view(String accountId, String walletId) {
    return view(owned(accountId, walletId));
  }

  /** The same for somebody who may do so much. */
  public WalletView view(String accountId, String walletId, MemberRole need) {
    WalletRecord wallet = allowed(accountId, find(walletId), need);
    return view(wallet, role(wallet, accountId).orElseThrow());
  }

  /** The wallets that the account is a member of and that are followed, by name. */
  public List<WalletView> shared(String accountId) {
    return members.walletsOf(accountId).stream()
        .map(store::find)
        .flatMap(Optional::stream)
        .filter(wallet -> wallet.state().live())
        .sorted(Comparator.comparing(WalletRecord::name).thenComparing(WalletRecord::walletId))
        .map(wallet -> view(wallet, role(wallet, accountId).orElseThrow()))
        .toList();
  }

  /** What an account may do with a wallet; empty when it has nothing to do with it. */
  public Optional<MemberRole> role(WalletRecord wallet, String accountId) {
    return wallet.accountId().equals(accountId)
        ? Optional.of(MemberRole.OWNER)
        : members.role(wallet.walletId(), accountId);
  }

  /** The account's wallets, newest first. */
  public List<WalletView> list(String accountId) {
    return store.list(accountId).stream().map(this::view).toList();
  }

  /**
   * The receive address to show: the one that was shown last, as long as nobody paid it, so that
   * looking again uses none up.
   */
  public FreshAddress address(String accountId, String walletId) {
    Cosigners cosigners = active(accountId, walletId, MemberRole.SPENDER).cosigners();
    int index =
        transactions.run(
            () -> {
              WalletRecord wallet = lockActive(accountId, walletId, MemberRole.SPENDER);
              int last = wallet.handedOut() - 1;
              boolean waits = last >= 0 && !chain.used(walletId, Cosigners.RECEIVE, last);
              return waits ? last : handOut(wallet);
            });
    return new FreshAddress(index, cosigners.address(Cosigners.RECEIVE, index));
  }

  /**
   * One that was never shown. Refuses {@code addresses-waiting} {most} once {@link Cosigners#GAP}
   * in a row wait for a payment: other software would not look for payments beyond; {@code
   * addresses-used-up} when there are no more at all.
   */
  public FreshAddress anotherAddress(String accountId, String walletId) {
    Cosigners cosigners = active(accountId, walletId, MemberRole.SPENDER).cosigners();
    int index =
        transactions.run(() -> handOut(lockActive(accountId, walletId, MemberRole.SPENDER)));
    return new FreshAddress(index, cosigners.address(Cosigners.RECEIVE, index));
  }

  private int handOut(WalletRecord wallet) {
    int firstUnpaid = chain.nextUnused(wallet.walletId(), Cosigners.RECEIVE);
    int next = Math.max(wallet.handedOut(), firstUnpaid);
    if (next > Cosigners.MOST_INDEX) {
      throw Refusal.of(Token.ADDRESSES_USED_UP).exception();
    }
    if (next >= firstUnpaid + Cosigners.GAP) {
      String most = Integer.toString(Cosigners.GAP);
      throw Refusal.of(Token.ADDRESSES_WAITING, "most", most).exception();
    }
    store.handOut(wallet.walletId(), next + 1);
    return next;
  }

  /**
   * The account's active wallet; {@code not-found}, {@code wallet-not-active} or {@code
   * wallet-replaced}.
   */
  public WalletRecord active(String accountId, String walletId) {
    return active(accountId, walletId, MemberRole.OWNER);
  }

  /** The same for somebody who may do so much. */
  public WalletRecord active(String accountId, String walletId, MemberRole need) {
    return active(live(accountId, walletId, need));
  }

  /**
   * As {@link #active}, locked for the running transaction: nobody puts another wallet in its place
   * meanwhile.
   */
  public WalletRecord lockActive(String accountId, String walletId) {
    return lockActive(accountId, walletId, MemberRole.OWNER);
  }

  /** The same for somebody who may do so much. */
  public WalletRecord lockActive(String accountId, String walletId, MemberRole need) {
    return active(lockLive(accountId, walletId, need));
  }

  private static WalletRecord active(WalletRecord wallet) {
    if (wallet.state() != WalletState.ACTIVE) {
      throw Refusal.of(Token.WALLET_REPLACED).exception();
    }
    return wallet;
  }

  /** The account's wallet that is followed, active or replaced. */
  public WalletRecord live(String accountId, String walletId) {
    return live(accountId, walletId, MemberRole.OWNER);
  }

  /** The same for somebody who may do so much. */
  public WalletRecord live(String accountId, String walletId, MemberRole need) {
    return live(allowed(accountId, find(walletId), need));
  }

  /** As {@link #live}, locked for the running transaction. */
  public WalletRecord lockLive(String accountId, String walletId, MemberRole need) {
    Optional<WalletRecord> found = Ids.isId(walletId) ? store.lock(walletId) : Optional.empty();
    return live(allowed(accountId, found, need));
  }

  private static WalletRecord live(WalletRecord wallet) {
    if (!wallet.state().live()) {
      throw Refusal.of(Token.WALLET_NOT_ACTIVE).exception();
    }
    return wallet;
  }

  /** Locks the wallet for the running transaction, and reads it. */
  public WalletRecord lock(String walletId) {
    return store.lock(walletId).orElseThrow(() -> new IllegalStateException("a wallet vanished"));
  }

  /** The wallet in use that comes after a replaced one, over however many between. */
  public WalletRecord heir(WalletRecord replaced) {
    WalletRecord at = replaced;
    while (at.state() == WalletState.REPLACED) {
      at = store.successor(at.walletId()).orElseThrow();
    }
    return at;
  }

  /** The account's wallets in use, the oldest lines first; their keys can speak for the account. */
  public List<Line> lines(String accountId) {
    return Line.among(store.list(accountId), this::inUseSince);
  }

  private Instant inUseSince(WalletRecord wallet) {
    Instant activated = store.drill(wallet.walletId()).activatedAt();
    return activated == null ? wallet.createdAt() : activated;
  }

  /** The e-mail address of an account, by which others know it. */
  public String email(String accountId) {
    return members.email(accountId);
  }

  /**
   * Notes what an account did with a wallet: in its own book, and, when that is another's, in the
   * owner's.
   */
  public void note(
      AuditKind kind,
      WalletRecord wallet,
      String accountId,
      String subject,
      @Nullable String detail) {
    audit.note(kind, accountId, subject, detail);
    if (!wallet.accountId().equals(accountId)) {
      String deed = members.email(accountId) + ", " + kind.id();
      audit.note(AuditKind.MEMBER_ACTED, wallet.accountId(), wallet.walletId(), deed);
    }
  }

  /** Makes sure that the chain index follows every active wallet; called at start. */
  public void watchAll() {
    for (WalletRecord wallet : store.unwatched()) {
      chain.watch(wallet.walletId(), wallet.cosigners(), wallet.birthHeight());
    }
  }

  /** The wallet, if it is the account's. */
  public WalletRecord owned(String accountId, String walletId) {
    return allowed(accountId, find(walletId), MemberRole.OWNER);
  }

  private Optional<WalletRecord> find(String walletId) {
    return Ids.isId(walletId) ? store.find(walletId) : Optional.empty();
  }

  private WalletRecord allowed(String accountId, Optional<WalletRecord> found, MemberRole need) {
    WalletRecord wallet = found.orElseThrow(() -> Refusal.of(Token.NOT_FOUND).exception());
    MemberRole role =
        role(wallet, accountId).orElseThrow(() -> Refusal.of(Token.NOT_FOUND).exception());
    if (!role.may(need)) {
      throw Refusal.of(Token.ROLE_REFUSED).exception();
    }
    return wallet;
  }

  /** The wallet whatever its account; for the server's own work. */
  public WalletRecord byId(String walletId) {
    return store.find(walletId).orElseThrow();
  }

  private boolean addDraft(WalletRecord draft, NewServerKey key) {
    return transactions.run(
        () -> {
          if (!store.add(draft)) {
            return false;
          }
          coSigner.keep(draft.walletId(), key);
          audit.note(AuditKind.WALLET_DRAFTED, draft.accountId(), draft.walletId(), null);
          return true;
        });
  }

  private void refuseTooMany(String accountId) {
    long many =
        store.list(accountId).stream().filter(w -> w.state() != WalletState.REPLACED).count();
    if (many >= MOST_WALLETS) {
      String most = Integer.toString(MOST_WALLETS);
      throw Refusal.of(Token.TOO_MANY_WALLETS, "most", most).exception();
    }
  }

  private WalletRecord newDraft(
      String walletId,
      String accountId,
      String name,
      String requestId,
      String serverKey,
      @Nullable String replaces) {
    Instant now = Instant.ofEpochSecond(clock.instant().getEpochSecond());
    return new WalletRecord(
        walletId,
        accountId,
        requestId,
        name,
        chain.network(),
        WalletState.DRAFT,
        serverKey,
        chain.tip().height(),
        now,
        now,
        null,
        null,
        null,
        false,
        0,
        replaces,
        null,
        List.of(),
        null,
        null);
  }

  WalletView view(WalletRecord wallet) {
    return view(wallet, MemberRole.OWNER);
  }

  private WalletView view(WalletRecord wallet, MemberRole role) {
    return Showing.of(wallet, role, chain);
  }
}
