package org.trefoil.core.keys;

import java.math.BigInteger;
import org.bouncycastle.asn1.x9.X9ECParameters;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.math.ec.ECAlgorithms;
import org.bouncycastle.math.ec.ECPoint;
import org.bouncycastle.util.BigIntegers;

/**
 * Verifies ECDSA on secp256k1 with Bouncy Castle's points. bitcoinj's {@code ECKey} would do the
 * same and bring half of bitcoinj into the browser.
 */
public final class EcdsaCheck {
  private static final X9ECParameters CURVE = CustomNamedCurves.getByName("secp256k1");
  private static final BigInteger N = CURVE.getN();
  private static final BigInteger HALF_N = N.shiftRight(1);

  private EcdsaCheck() {}

  /** Whether {@code s} is in the lower half of the group order (BIP-0146) and above zero. */
  public static boolean isLow(BigInteger s) {
    return s.signum() > 0 && s.compareTo(HALF_N) <= 0;
  }

  /**
   * Whether {@code r, s} is a signature of the key over the hash; high s is taken as well.
   *
   * @param hash 32 bytes
   * @param publicKey compressed, 33 bytes; anything that is no point gives false
   */
  public static boolean verify(byte[] hash, BigInteger r, BigInteger s, byte[] publicKey) {
    if (!isScalar(r) || !isScalar(s)) {
      return false;
    }
    ECPoint key;
    try {
      key = CURVE.getCurve().decodePoint(publicKey);
    } catch (IllegalArgumentException e) {
      return false;
    }
    if (key.isInfinity()) { // one byte of nought: anybody could sign for it
      return false;
    }
    BigInteger inverse = BigIntegers.modOddInverseVar(N, s);
    BigInteger u1 = new BigInteger(1, hash).multiply(inverse).mod(N);
    BigInteger u2 = r.multiply(inverse).mod(N);
    ECPoint[] sum = {ECAlgorithms.sumOfTwoMultiplies(CURVE.getG(), u1, key, u2)};
    if (sum[0].isInfinity()) {
      return false;
    }
    CURVE.getCurve().normalizeAll(sum);
    return sum[0].getAffineXCoord().toBigInteger().mod(N).equals(r);
  }

  private static boolean isScalar(BigInteger value) {
    return value.signum() > 0 && value.compareTo(N) < 0;
  }
}
