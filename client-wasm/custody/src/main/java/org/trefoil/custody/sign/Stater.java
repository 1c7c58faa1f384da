package org.trefoil.custody.sign;

import org.trefoil.core.keys.AccountStatement;
import org.trefoil.core.keys.Cosigners;
import org.trefoil.core.keys.Statement;
import org.trefoil.custody.keys.AccountKey;

/** Signs what a key states about its wallet. */
public final class Stater {
  private Stater() {}

  /** States that the paper was checked. Refuses {@code key-set-changed} for a foreign key. */
  public static PaperStatement paperChecked(AccountKey key, Cosigners cosigners, String walletId) {
    Endorser.refuseForeign(key, cosigners, key.role());
    byte[] digest = Statement.digest(Statement.PAPER_CHECKED, cosigners, walletId);
    return new PaperStatement(key.role(), key.sign(digest));
  }

  /**
   * States something about the wallet's account, 64 bytes. Refuses {@code key-set-changed} for a
   * foreign key.
   */
  public static byte[] aboutAccount(
      AccountKey key, Cosigners cosigners, String walletId, AccountStatement statement) {
    Endorser.refuseForeign(key, cosigners, key.role());
    return key.sign(statement.digest(cosigners, walletId));
  }
}
