package org.trefoil.server.wallets;

import org.jspecify.annotations.Nullable;
import org.trefoil.core.Refusal;
import org.trefoil.core.RefusedException;
import org.trefoil.core.Token;
import org.trefoil.core.keys.ColdProof;
import org.trefoil.core.keys.Cosigners;
import org.trefoil.core.keys.KeyRole;
import org.trefoil.core.keys.Statement;
import org.trefoil.core.wire.ActivateRequest;

/**
 * What must be shown before a wallet goes into use: that its paper was checked and that somebody
 * holds its backup key. No wallet becomes active whose backup key has not signed something.
 */
final class ActivationCheck {
  private ActivationCheck() {}

  /**
   * Refuses {@code statement-wrong}, {@code cold-proof-missing}, what {@link ColdProof#check}
   * refuses, and {@code wrong-value} for the statement of another key than the one asked for: the
   * backup key where the vault made it, else the user key beside the holder's proof.
   *
   * @return the proof to keep; null where the backup key itself made the statement
   */
  static @Nullable String check(WalletRecord wallet, Cosigners cosigners, ActivateRequest request) {
    KeyRole by = wallet.backupIsCold() ? KeyRole.USER : KeyRole.BACKUP;
    if (!by.id().equals(request.by())) {
      throw wrong("by");
    }
    byte[] signature = KeyCheck.signature(request.signature(), Token.STATEMENT_WRONG);
    if (!Statement.verify(Statement.PAPER_CHECKED, cosigners, wallet.walletId(), by, signature)) {
      throw Refusal.of(Token.STATEMENT_WRONG).exception();
    }
    String proof = request.coldProof();
    if (!wallet.backupIsCold()) {
      if (proof != null) {
        throw wrong("coldProof");
      }
      return null;
    }
    if (proof == null) {
      throw Refusal.of(Token.COLD_PROOF_MISSING).exception();
    }
    return ColdProof.check(cosigners, wallet.walletId(), proof);
  }

  private static RefusedException wrong(String field) {
    return Refusal.of(Token.WRONG_VALUE, "field", field).exception();
  }
}
