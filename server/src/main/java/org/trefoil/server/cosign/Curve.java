package org.trefoil.server.cosign;

import org.slf4j.LoggerFactory;
import org.trefoil.core.keys.PublicCurve;

/**
 * The arithmetic of secp256k1 on private keys, and on public ones: libsecp256k1 where it runs, else
 * bitcoinj. Both give the same bytes.
 *
 * <p>Private keys are 32 bytes, big-endian, above zero and below the group order; whoever makes
 * them wipes them.
 */
interface Curve extends PublicCurve {
  /** The public key of a private one, compressed, 33 bytes. */
  byte[] publicKey(byte[] secret);

  /**
   * {@code secret + tweak} modulo the group order.
   *
   * @throws IllegalStateException when that is no private key: 1 in 2^127
   */
  byte[] plus(byte[] secret, byte[] tweak);

  /** {@code r ‖ s}, 64 bytes, with a low s and RFC 6979's nonce for SHA-256. */
  byte[] sign(byte[] secret, byte[] hash);

  /** Its name, for the log. */
  String name();

  /** The fastest that this machine has; chosen once. */
  static Curve best() {
    return Chosen.BEST;
  }

  /** The choice, made when it is first asked for. */
  final class Chosen {
    private static final Curve BEST = choose();

    private Chosen() {}

    private static Curve choose() {
      try {
        Curve curve = new NativeCurve();
        SelfTest.run(curve);
        return curve;
      } catch (RuntimeException | LinkageError e) {
        LoggerFactory.getLogger(Curve.class)
            .warn("libsecp256k1 does not run here ({}); signing on bitcoinj", e.toString());
        return new BitcoinjCurve();
      }
    }
  }
}
