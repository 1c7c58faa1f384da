package org.trefoil.server.wallets;

import java.util.Base64;
import java.util.Objects;
import org.trefoil.core.Refusal;
import org.trefoil.core.Token;
import org.trefoil.core.envelope.EnvelopeBinding;
import org.trefoil.core.envelope.Resealing;
import org.trefoil.core.envelope.SealedUserKey;
import org.trefoil.core.keys.Cosigners;
import org.trefoil.core.keys.KeyRole;
import org.trefoil.core.keys.Statement;
import org.trefoil.core.wire.PasscodeRequest;
import org.trefoil.core.wire.WalletView;
import org.trefoil.server.audit.AuditKind;
import org.trefoil.server.audit.AuditLog;
import org.trefoil.server.durable.Transactions;
import org.trefoil.server.secondfactor.SecondFactors;
import org.trefoil.server.secondfactor.Verdict;

/**
 * Puts a user key that was sealed anew in the place of the old envelope.
 *
 * <p>It takes the user key's own signature, so that nobody can put a worthless envelope there, and
 * a second factor given for exactly this pair of envelopes. The new envelope's salt is random, so
 * it names the request: the same again changes nothing and uses no code up. Of two browsers that
 * change it at once one wins; the other is told.
 */
public final class Passcodes {
  private final Wallets wallets;
  private final WalletStore store;
  private final SecondFactors factors;
  private final Transactions transactions;
  private final AuditLog audit;
  private final KeyNews news;

  public Passcodes(
      Wallets wallets,
      WalletStore store,
      SecondFactors factors,
      Transactions transactions,
      AuditLog audit,
      KeyNews news) {
    this.wallets = wallets;
    this.store = store;
    this.factors = factors;
    this.transactions = transactions;
    this.audit = audit;
    this.news = news;
  }

  /**
   * Changes the envelope. Refuses {@code key-set-changed} for one of another wallet or key set,
   * {@code resealing-wrong} unless the user key says so, {@code passcode-changed-elsewhere} when
   * the old one is not there any more, and what a second factor is refused for.
   */
  public WalletView change(String accountId, String walletId, PasscodeRequest request) {
    WalletRecord wallet = wallets.live(accountId, walletId);
    SealedUserKey old = SealedUserKey.parse(request.old());
    SealedUserKey fresh = SealedUserKey.parse(request.sealed());
    byte[] digest = check(wallet, old, fresh, request.signature());
    Verdict verdict =
        transactions.run(
            () -> {
              SealedUserKey now = sealed(wallets.lock(walletId));
              if (now.text().equals(fresh.text())) {
                return Verdict.OK;
              }
              if (!now.text().equals(old.text())) {
                throw Refusal.of(Token.PASSCODE_CHANGED_ELSEWHERE).exception();
              }
              Verdict used = factors.use(accountId, request.code(), digest);
              if (used == Verdict.OK) {
                store.reseal(walletId, fresh.text());
                audit.note(AuditKind.PASSCODE_CHANGED, accountId, walletId, null);
                news.passcodeChanged(wallet);
              }
              return used;
            });
    if (verdict != Verdict.OK) {
      throw SecondFactors.refusal(verdict).exception();
    }
    return wallets.view(accountId, walletId);
  }

  private static byte[] check(
      WalletRecord wallet, SealedUserKey old, SealedUserKey fresh, String signature) {
    String id = wallet.walletId();
    Cosigners cosigners = wallet.cosigners();
    byte[] endorsement = Base64.getDecoder().decode(Objects.requireNonNull(wallet.endorsement()));
    if (!fresh.claims(EnvelopeBinding.of(cosigners, id, endorsement, wallet.backupIsCold()))) {
      throw Refusal.of(Token.KEY_SET_CHANGED).exception();
    }
    byte[] digest = Resealing.digest(cosigners, id, old, fresh);
    byte[] signed = KeyCheck.signature(signature, Token.RESEALING_WRONG);
    if (!Statement.verify(digest, cosigners, KeyRole.USER, signed)) {
      throw Refusal.of(Token.RESEALING_WRONG).exception();
    }
    return digest;
  }

  private static SealedUserKey sealed(WalletRecord wallet) {
    return SealedUserKey.parse(Objects.requireNonNull(wallet.sealed()));
  }
}
