package org.trefoil.server.wallets;

import java.util.ArrayList;
import java.util.List;
import org.trefoil.core.Refusal;
import org.trefoil.core.RefusedException;
import org.trefoil.core.Token;
import org.trefoil.core.keys.ColdProof;
import org.trefoil.core.keys.CosignerKey;
import org.trefoil.core.keys.Cosigners;
import org.trefoil.core.keys.KeyRole;
import org.trefoil.core.keys.Statement;
import org.trefoil.core.wire.ActivateRequest;

/**
 * What must be shown before a wallet goes into use: that its paper was checked and that somebody
 * holds its backup key, or each of its owners theirs. No wallet becomes active of which one of
 * these keys has not signed something.
 */
final class ActivationCheck {
  private ActivationCheck() {}

  /**
   * Refuses {@code statement-wrong}, {@code cold-proof-missing}, what {@link ColdProof#check}
   * refuses, and {@code wrong-value} for the statement of another key than the one asked for: the
   * backup key where the vault made it, else the user key beside the holder's proof.
   *
   * @return the proofs to keep, in the descriptor's order; none where the backup key itself made
   *     the statement
   */
  static List<String> check(WalletRecord wallet, Cosigners cosigners, ActivateRequest request) {
    KeyRole by = wallet.backupIsCold() ? KeyRole.USER : KeyRole.BACKUP;
    if (!by.id().equals(request.by())) {
      throw wrong("by");
    }
    byte[] signature = KeyCheck.signature(request.signature(), Token.STATEMENT_WRONG);
    if (!Statement.verify(Statement.PAPER_CHECKED, cosigners, wallet.walletId(), by, signature)) {
      throw Refusal.of(Token.STATEMENT_WRONG).exception();
    }
    List<String> given = request.coldProofs();
    List<CosignerKey> brought = wallet.backupIsCold() ? cosigners.others() : List.of();
    if (given.size() > brought.size()) {
      throw wrong("coldProofs");
    }
    if (given.size() < brought.size()) {
      throw Refusal.of(Token.COLD_PROOF_MISSING).exception();
    }
    List<String> proofs = new ArrayList<>();
    for (int i = 0; i < brought.size(); i++) {
      KeyRole role = brought.get(i).role();
      proofs.add(ColdProof.check(cosigners, wallet.walletId(), role, given.get(i)));
    }
    return proofs;
  }

  private static RefusedException wrong(String field) {
    return Refusal.of(Token.WRONG_VALUE, "field", field).exception();
  }
}
