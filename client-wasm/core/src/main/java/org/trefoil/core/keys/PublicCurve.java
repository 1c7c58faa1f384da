package org.trefoil.core.keys;

import java.math.BigInteger;

/**
 * The arithmetic of secp256k1 that needs no secret. {@link #EVERYWHERE} runs wherever this code
 * does; a server may bring one that is faster and agrees with it.
 */
public interface PublicCurve {
  /** On Bouncy Castle's points. */
  PublicCurve EVERYWHERE = EcdsaCheck::verify;

  /**
   * Whether {@code r, s} is a signature of the key over the hash.
   *
   * @param hash 32 bytes
   * @param s in the lower half of the group order; what a higher one gives is not said
   * @param publicKey compressed, 33 bytes; anything that is no point gives false
   */
  boolean verify(byte[] hash, BigInteger r, BigInteger s, byte[] publicKey);

  /**
   * The key set's public keys at {@code branch/index}, 33 bytes each, in its order; refuses {@code
   * key-unusable} where one does not exist: 1 in 2^127.
   */
  default byte[][] childPublicKeys(Cosigners cosigners, int branch, int index) {
    return cosigners.childPublicKeys(branch, index);
  }
}
