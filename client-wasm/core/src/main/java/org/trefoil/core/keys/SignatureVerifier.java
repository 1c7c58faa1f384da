package org.trefoil.core.keys;

import java.math.BigInteger;

/**
 * Decides whether an ECDSA signature on secp256k1 is right. {@link #EVERYWHERE} runs wherever this
 * code does; a server may bring one that is faster and agrees with it.
 */
public interface SignatureVerifier {
  /** On Bouncy Castle's points. */
  SignatureVerifier EVERYWHERE = EcdsaCheck::verify;

  /**
   * Whether {@code r, s} is a signature of the key over the hash.
   *
   * @param hash 32 bytes
   * @param s in the lower half of the group order; what a higher one gives is not said
   * @param publicKey compressed, 33 bytes; anything that is no point gives false
   */
  boolean verify(byte[] hash, BigInteger r, BigInteger s, byte[] publicKey);
}
