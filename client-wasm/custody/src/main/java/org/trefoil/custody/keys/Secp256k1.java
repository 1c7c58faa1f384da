package org.trefoil.custody.keys;

import java.math.BigInteger;
import org.bouncycastle.asn1.x9.X9ECParameters;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.crypto.signers.HMacDSAKCalculator;
import org.bouncycastle.math.ec.ECPoint;
import org.bouncycastle.math.ec.FixedPointCombMultiplier;
import org.bouncycastle.util.BigIntegers;

/**
 * Private-key arithmetic on secp256k1: public keys and deterministic signatures (RFC 6979 with
 * SHA-256, low s as BIP-0146 asks).
 *
 * <p>Limit: not constant time. It runs in the owner's own browser over transactions of the owner's
 * own making; who can time it there can read it there.
 */
final class Secp256k1 {
  private static final X9ECParameters CURVE = CustomNamedCurves.getByName("secp256k1");
  static final BigInteger N = CURVE.getN();
  private static final BigInteger HALF_N = N.shiftRight(1);

  private Secp256k1() {}

  /** Whether {@code key} is a private key: 1 … n - 1. */
  static boolean isKey(BigInteger key) {
    return key.signum() > 0 && key.compareTo(N) < 0;
  }

  /** The compressed public key, 33 bytes. */
  static byte[] publicKey(BigInteger key) {
    return publicKey(key, true);
  }

  /** The public key, 33 bytes or 65. */
  static byte[] publicKey(BigInteger key, boolean compressed) {
    return times(key).getEncoded(compressed);
  }

  /** {@code r ‖ s}, 64 bytes, over a digest of 32 bytes. */
  static byte[] sign(BigInteger key, byte[] digest) {
    BigInteger z = new BigInteger(1, digest);
    HMacDSAKCalculator nonces = new HMacDSAKCalculator(new SHA256Digest());
    nonces.init(N, key, digest);
    while (true) {
      BigInteger k = nonces.nextK();
      BigInteger r = times(k).getAffineXCoord().toBigInteger().mod(N);
      if (r.signum() == 0) {
        continue;
      }
      BigInteger s = BigIntegers.modOddInverse(N, k).multiply(z.add(key.multiply(r))).mod(N);
      if (s.signum() == 0) {
        continue;
      }
      if (s.compareTo(HALF_N) > 0) {
        s = N.subtract(s);
      }
      byte[] signature = new byte[64];
      BigIntegers.asUnsignedByteArray(r, signature, 0, 32);
      BigIntegers.asUnsignedByteArray(s, signature, 32, 32);
      return signature;
    }
  }

  /** {@code k} times the generator, affine. {@code ECPoint.normalize} would draw random numbers. */
  private static ECPoint times(BigInteger k) {
    ECPoint[] product = {new FixedPointCombMultiplier().multiply(CURVE.getG(), k)};
    CURVE.getCurve().normalizeAll(product);
    return product[0];
  }
}
