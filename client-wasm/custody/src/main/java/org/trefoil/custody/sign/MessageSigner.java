package org.trefoil.custody.sign;

import java.util.Base64;
import org.trefoil.core.keys.Cosigners;
import org.trefoil.core.keys.SignedMessage;
import org.trefoil.custody.keys.AccountKey;

/**
 * Signs a text as wallets sign messages (BIP-0137), with the key at {@code 0/0} below an account:
 * for keys that have no device of their own, to show that they are at hand.
 */
public final class MessageSigner {
  private MessageSigner() {}

  /** Base64 of header, r and s, for one line of printable ASCII. */
  public static String sign(AccountKey key, String message) {
    byte[] compact = key.sign(Cosigners.RECEIVE, 0, SignedMessage.digest(message));
    byte[] publicKey = key.cosignerKey().xpub().childPublicKey(Cosigners.RECEIVE, 0);
    byte[] signature = new byte[65];
    signature[0] = (byte) SignedMessage.header(message, compact, publicKey);
    System.arraycopy(compact, 0, signature, 1, 64);
    return Base64.getEncoder().encodeToString(signature);
  }
}
