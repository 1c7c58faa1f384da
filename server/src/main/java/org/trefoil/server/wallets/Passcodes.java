package org.trefoil.server.wallets;

import java.util.Base64;
import java.util.Objects;
import org.trefoil.core.Refusal;
import org.trefoil.core.Token;
import org.trefoil.core.envelope.EnvelopeBinding;
import org.trefoil.core.envelope.Marks;
import org.trefoil.core.envelope.Resealing;
import org.trefoil.core.envelope.SealedUserKey;
import org.trefoil.core.keys.Cosigners;
import org.trefoil.core.keys.KeyRole;
import org.trefoil.core.keys.Statement;
import org.trefoil.core.wire.PasscodeCheckRequest;
import org.trefoil.core.wire.PasscodeRequest;
import org.trefoil.core.wire.WalletView;
import org.trefoil.server.audit.AuditKind;
import org.trefoil.server.audit.AuditLog;
import org.trefoil.server.durable.Transactions;
import org.trefoil.server.duress.Duress;
import org.trefoil.server.duress.Hand;
import org.trefoil.server.secondfactor.SecondFactors;
import org.trefoil.server.secondfactor.Verdict;

/**
 * Puts a user key that was sealed anew in the place of the old envelope.
 *
 * <p>It takes the user key's own signature, so that nobody can put a worthless envelope there, and
 * a second factor given for exactly this pair of envelopes. The second slot beside it is new every
 * time, so it names the request: the same again changes nothing and uses no code up. Setting a
 * second passcode is the same request with the envelope left as it was. Of two browsers that change
 * it at once one wins; the other is told.
 */
public final class Passcodes {
  private final Wallets wallets;
  private final WalletStore store;
  private final OpeningStore openings;
  private final SecondFactors factors;
  private final Duress duress;
  private final Transactions transactions;
  private final AuditLog audit;
  private final KeyNews news;

  public Passcodes(
      Wallets wallets,
      WalletStore store,
      OpeningStore openings,
      SecondFactors factors,
      Duress duress,
      Transactions transactions,
      AuditLog audit,
      KeyNews news) {
    this.wallets = wallets;
    this.store = store;
    this.openings = openings;
    this.factors = factors;
    this.duress = duress;
    this.transactions = transactions;
    this.audit = audit;
    this.news = news;
  }

  /**
   * Changes the envelope. Refuses {@code key-set-changed} for one of another wallet or key set,
   * {@code resealing-wrong} unless the user key says so, and by which way in, {@code
   * passcode-changed-elsewhere} when the old one is not there any more, and what a second factor is
   * refused for.
   */
  public WalletView change(String accountId, String walletId, PasscodeRequest request) {
    WalletRecord wallet = wallets.live(accountId, walletId);
    SealedUserKey old = SealedUserKey.parse(request.old());
    SealedUserKey fresh = SealedUserKey.parse(request.sealed());
    byte[] digest = check(wallet, old, fresh, request);
    Marks.of(request.secondSlot());
    String mark = request.mark();
    // Words of the user key leave no mark.
    duress.heard(wallet.whose(accountId), Hand.of(wallet.marks(), mark != null, digest, mark));
    duress.refuseWhileStanding(walletId);
    Verdict verdict =
        transactions.run(
            () -> {
              WalletRecord locked = wallets.lock(walletId);
              SealedUserKey now = sealed(locked);
              if (now.text().equals(fresh.text()) && request.secondSlot().equals(locked.beside())) {
                return Verdict.OK;
              }
              if (!now.text().equals(old.text())) {
                throw Refusal.of(Token.PASSCODE_CHANGED_ELSEWHERE).exception();
              }
              Verdict used = factors.use(accountId, request.code(), digest);
              if (used == Verdict.OK) {
                store.reseal(walletId, fresh.text(), request.secondSlot());
                // Whichever slot is new: what opened the old ones is nobody's any more.
                openings.removeAll(walletId);
                audit.note(AuditKind.PASSCODE_CHANGED, accountId, walletId, null);
                news.passcodeChanged(wallet);
              }
              return used;
            });
    verdict.orRefuse();
    return wallets.view(accountId, walletId);
  }

  private static byte[] check(
      WalletRecord wallet, SealedUserKey old, SealedUserKey fresh, PasscodeRequest request) {
    String id = wallet.walletId();
    Cosigners cosigners = wallet.cosigners();
    byte[] endorsement = Base64.getDecoder().decode(Objects.requireNonNull(wallet.endorsement()));
    if (!fresh.claims(EnvelopeBinding.of(cosigners, id, endorsement, wallet.backupIsCold()))) {
      throw Refusal.of(Token.KEY_SET_CHANGED).exception();
    }
    // The signature says whether a mark belongs to it, so nobody takes one off on the way.
    boolean byPasscode = request.mark() != null;
    byte[] digest = Resealing.digest(cosigners, id, old, fresh, request.secondSlot(), byPasscode);
    byte[] signed = KeyCheck.signature(request.signature(), Token.RESEALING_WRONG);
    if (!Statement.verify(digest, cosigners, KeyRole.USER, signed)) {
      throw Refusal.of(Token.RESEALING_WRONG).exception();
    }
    return digest;
  }

  /** A passcode was tried; how many sends that were held back wait for their owner. */
  public int tried(String accountId, String walletId, PasscodeCheckRequest request) {
    WalletRecord wallet = wallets.live(accountId, walletId);
    return duress.tried(wallet.whose(accountId), wallet.marks(), request.now(), request.mark());
  }

  /** The server's word for the time, for a passcode that is to be tried. */
  public String now() {
    return duress.now();
  }

  private static SealedUserKey sealed(WalletRecord wallet) {
    return SealedUserKey.parse(Objects.requireNonNull(wallet.sealed()));
  }
}
