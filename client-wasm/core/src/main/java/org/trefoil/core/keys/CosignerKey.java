package org.trefoil.core.keys;

import org.trefoil.core.Refusal;
import org.trefoil.core.Token;
import org.trefoil.core.units.Network;

/**
 * One key of a wallet: who holds it, where it comes from, and its account's extended public key.
 *
 * @param origin its path is as long as the depth of {@code xpub}
 */
public record CosignerKey(KeyRole role, KeyOrigin origin, Xpub xpub) {
  public CosignerKey {
    int length = origin.path().steps().size();
    boolean lastStepDiffers =
        length > 0 && origin.path().steps().get(length - 1) != xpub.childNumber();
    boolean otherMaster = length == 0 && origin.fingerprint() != xpub.fingerprint();
    if (length != xpub.depth() || lastStepDiffers || otherMaster) {
      throw Refusal.of(
              Token.KEY_DEPTH,
              "path",
              origin.path().toString(),
              "depth",
              Integer.toString(xpub.depth()))
          .exception();
    }
  }

  /** Reads {@code [d34db33f/48'/1'/0'/2']tpub…}. */
  public static CosignerKey parse(KeyRole role, String expression, Network network) {
    if (PrivateKeyText.looksLikeOne(expression)) {
      throw Refusal.of(Token.PRIVATE_KEY_PASTED).exception();
    }
    int end = expression.indexOf(']');
    if (end < 0 || expression.charAt(0) != '[') {
      throw Refusal.of(Token.KEY_ORIGIN_MISSING).exception();
    }
    KeyOrigin origin = KeyOrigin.parse(expression.substring(0, end + 1));
    return new CosignerKey(role, origin, Xpub.parse(expression.substring(end + 1), network));
  }

  /** {@code [d34db33f/48'/1'/0'/2']tpub…}, a key expression of BIP-0380. */
  public String expression() {
    return origin + xpub.base58();
  }
}
