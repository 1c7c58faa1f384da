package org.trefoil.core.psbt;

import java.math.BigInteger;
import java.util.Arrays;
import org.trefoil.core.keys.EcdsaCheck;
import org.trefoil.core.keys.PublicCurve;

/**
 * Judges signatures as nodes do: strict DER (BIP-0066), s in the lower half (BIP-0146), sighash
 * type ALL, and right for the key and the hash.
 */
public final class Signatures {
  private static final int SHORTEST = 9;
  private static final int LONGEST = 73;

  private Signatures() {}

  /** Whether the bytes are a signature in the one form that is relayed, for SIGHASH_ALL. */
  public static boolean wellFormed(byte[] signature) {
    if (signature.length < 1 || (signature[signature.length - 1] & 0xff) != Sighash.ALL) {
      return false;
    }
    return strictDer(signature) && EcdsaCheck.isLow(s(signature));
  }

  /** Whether a signature is well formed and the key's own over the hash. */
  public static boolean right(byte[] signature, byte[] hash, byte[] publicKey) {
    return right(signature, hash, publicKey, PublicCurve.EVERYWHERE);
  }

  /** As {@link #right(byte[], byte[], byte[])}, with somebody else's arithmetic. */
  public static boolean right(byte[] signature, byte[] hash, byte[] publicKey, PublicCurve curve) {
    return wellFormed(signature) && curve.verify(hash, r(signature), s(signature), publicKey);
  }

  /**
   * BIP-0066: {@code 30 length 02 length r 02 length s sighash}, both numbers positive and without
   * superfluous zero bytes.
   */
  private static boolean strictDer(byte[] sig) {
    if (sig.length < SHORTEST || sig.length > LONGEST) {
      return false;
    }
    if (sig[0] != 0x30 || sig[1] != sig.length - 3) {
      return false;
    }
    int rLength = sig[3] & 0xff;
    if (rLength + 6 >= sig.length) {
      return false;
    }
    int sLength = sig[rLength + 5] & 0xff;
    return rLength + sLength + 7 == sig.length
        && positiveInteger(sig, 2, rLength)
        && positiveInteger(sig, rLength + 4, sLength);
  }

  private static boolean positiveInteger(byte[] sig, int at, int length) {
    if (sig[at] != 0x02 || length == 0 || sig[at + 2] < 0) {
      return false;
    }
    return length == 1 || sig[at + 2] != 0 || sig[at + 3] < 0;
  }

  private static BigInteger r(byte[] sig) {
    return new BigInteger(1, Arrays.copyOfRange(sig, 4, 4 + sig[3]));
  }

  private static BigInteger s(byte[] sig) {
    return new BigInteger(1, Arrays.copyOfRange(sig, sig[3] + 6, sig.length - 1));
  }
}
