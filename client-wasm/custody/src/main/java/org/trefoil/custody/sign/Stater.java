package org.trefoil.custody.sign;

import java.util.Base64;
import org.trefoil.core.envelope.Resealing;
import org.trefoil.core.envelope.SealedUserKey;
import org.trefoil.core.keys.AccountStatement;
import org.trefoil.core.keys.Cosigners;
import org.trefoil.core.keys.KeyRole;
import org.trefoil.core.keys.Statement;
import org.trefoil.core.keys.Succession;
import org.trefoil.core.policy.PolicyChain;
import org.trefoil.core.wire.PolicyDocument;
import org.trefoil.core.wire.SecondSlot;
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

  /**
   * States that one envelope, with what stands beside it, takes the place of another, 64 bytes.
   * Refuses {@code key-set-changed} for a foreign key.
   *
   * @param byPasscode whether a passcode opened the old one; else the words made the key
   */
  public static byte[] resealed(
      AccountKey user,
      Cosigners cosigners,
      String walletId,
      SealedUserKey old,
      SealedUserKey fresh,
      SecondSlot beside,
      boolean byPasscode) {
    Endorser.refuseForeign(user, cosigners, KeyRole.USER);
    return user.sign(Resealing.digest(cosigners, walletId, old, fresh, beside, byPasscode));
  }

  /**
   * States a version of the wallet's rules: the document with its signature. Refuses {@code
   * key-set-changed} for a foreign key.
   */
  public static PolicyDocument policy(
      AccountKey user, Cosigners cosigners, String walletId, PolicyDocument unsigned) {
    Endorser.refuseForeign(user, cosigners, KeyRole.USER);
    byte[] signature = user.sign(PolicyChain.digest(cosigners, walletId, unsigned));
    return unsigned.signed(Base64.getEncoder().encodeToString(signature));
  }

  /**
   * States, with a key of the older wallet, which one comes after it, 64 bytes. Refuses {@code
   * key-set-changed} for a foreign key.
   */
  public static byte[] succession(
      AccountKey key, Cosigners older, String olderId, Cosigners newer, String newerId) {
    Endorser.refuseForeign(key, older, key.role());
    return key.sign(Succession.digest(older, olderId, newer, newerId));
  }
}
