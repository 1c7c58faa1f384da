package org.trefoil.server.cosign;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import org.trefoil.core.keys.Cosigners;
import org.trefoil.core.keys.Hashes;
import org.trefoil.core.keys.ScriptType;
import org.trefoil.core.psbt.Signatures;
import org.trefoil.core.units.Network;

/**
 * Known answers that the signing code must give before the server starts.
 *
 * <p>A broken curve, hash or nonce would give keys away with the first signature; so a server that
 * computes any of these differently does not start.
 */
public final class SelfTest {
  /** Of the RFC 6979 vectors for secp256k1 and SHA-256 that wallets share. */
  private static final String TURING_KEY =
      "f8b8af8ce3c7cca5e300d33939540c10d45ce001b8f252bfbc57ba0342904181";

  private static final String TURING_SIGNATURE =
      "304402207063ae83e7f62bbb171798131b4a0564b956930092b33b07b395615d9ec7e15c"
          + "022058dfcc1e00a35e1572f366ffe34ba0fc47db1e7189759b9fb233c5b05ab388ea01";

  /** Of the seed 00 01 … 1f, computed apart from this code. */
  private static final String BIP48_KEY =
      "[5a3469b6/48'/1'/0'/2']tpubDEhFJsryccF9b2PaR3mgUBVfoYbpVaXsmpK6sonC8cysYcpJzYsZfiwkR9JaoiNWCT9o1HN2bFccb2wMnAXGdKpW6nYQukZMZXfF32RnS6y";

  private SelfTest() {}

  /** Throws when the arithmetic that this server will sign with gives a wrong answer. */
  public static void run() {
    run(Curve.best());
  }

  static void run(Curve curve) {
    byte[] turing = HexFormat.of().parseHex(TURING_KEY);
    byte[] hash = Hashes.sha256("Alan Turing".getBytes(StandardCharsets.US_ASCII));
    byte[] signature = ServerKey.typed(curve.sign(turing, hash));
    expect("RFC 6979 signature", TURING_SIGNATURE, HexFormat.of().formatHex(signature));
    byte[] publicKey = curve.publicKey(turing);
    expect("check", "true", "" + Signatures.right(signature, hash, publicKey, curve));
    hash[0]++;
    expect("check", "false", "" + Signatures.right(signature, hash, publicKey, curve));
    byte[] seed = new byte[ServerKey.SEED_BYTES];
    for (int i = 0; i < seed.length; i++) {
      seed[i] = (byte) i;
    }
    try (ServerKey key = new ServerKey(seed, Network.REGTEST, curve)) {
      expect("BIP-0048 key", BIP48_KEY, key.cosignerKey().expression());
      Cosigners alone =
          new Cosigners(Network.REGTEST, ScriptType.P2WSH, 1, List.of(key.cosignerKey()));
      String below = HexFormat.of().formatHex(key.sign(1, 2, hash).publicKey());
      byte[] child = curve.childPublicKeys(alone, 1, 2)[0];
      expect("BIP-0032 child", below, HexFormat.of().formatHex(child));
    }
  }

  private static void expect(String what, String expected, String actual) {
    if (!expected.equals(actual)) {
      throw new IllegalStateException("Self-test failed: " + what + " came out as " + actual);
    }
  }
}
