package org.trefoil.server.cosign;

import java.math.BigInteger;
import java.util.HexFormat;
import org.bitcoinj.base.Sha256Hash;
import org.bitcoinj.crypto.ECKey;
import org.trefoil.core.units.Network;

/**
 * Known answers that the signing code must give before the server starts.
 *
 * <p>A broken curve, hash or nonce would give keys away with the first signature; so a server that
 * computes any of these differently does not start.
 */
public final class SelfTest {
  private static final String SATOSHI =
      "3045022100934b1ea10a4b3c1757e2b0c017d0b6143ce3c9a7e6a4a49860d7a6ab210ee3d8"
          + "02202442ce9d2b916064108014783e923ec36b49743e2ffa1c4496f01a512aafd9e501";

  private SelfTest() {}

  /** Throws when an answer is wrong. */
  public static void run() {
    ECKey one = ECKey.fromPrivate(BigInteger.ONE);
    byte[] hash =
        Sha256Hash.hash("Satoshi Nakamoto".getBytes(java.nio.charset.StandardCharsets.UTF_8));
    expect("RFC 6979 signature", SATOSHI, HexFormat.of().formatHex(CoSigner.sign(one, hash)));
    byte[] seed = new byte[ServerKey.SEED_BYTES];
    for (int i = 0; i < seed.length; i++) {
      seed[i] = (byte) i;
    }
    try (ServerKey key = new ServerKey(seed, Network.REGTEST)) {
      expect("BIP-0048 key", "KNOWN", key.cosignerKey().expression());
    }
  }

  private static void expect(String what, String expected, String actual) {
    if (!expected.equals(actual)) {
      throw new IllegalStateException("Self-test failed: " + what + " came out as " + actual);
    }
  }
}
