package org.trefoil.custody.sign;

import org.trefoil.core.Refusal;
import org.trefoil.core.Token;
import org.trefoil.core.keys.Cosigners;
import org.trefoil.core.keys.Endorsement;
import org.trefoil.core.keys.KeyRole;
import org.trefoil.custody.keys.AccountKey;

/** Signs for the whole key set with the user key, once, at birth. */
public final class Endorser {
  private Endorser() {}

  /**
   * The endorsement, 64 bytes. Refuses {@code key-set-changed} unless {@code user} is the user key
   * of {@code cosigners}.
   */
  public static byte[] endorse(AccountKey user, Cosigners cosigners, String walletId) {
    refuseForeign(user, cosigners, KeyRole.USER);
    return user.sign(Endorsement.digest(cosigners, walletId));
  }

  static void refuseForeign(AccountKey key, Cosigners cosigners, KeyRole role) {
    if (key.network() != cosigners.network() || !cosigners.key(role).equals(key.cosignerKey())) {
      throw Refusal.of(Token.KEY_SET_CHANGED).exception();
    }
  }
}
