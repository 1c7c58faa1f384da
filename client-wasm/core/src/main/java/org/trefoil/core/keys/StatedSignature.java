package org.trefoil.core.keys;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** ECDSA signatures (64 bytes, r ‖ s, low s) over what a key states about a key set. */
final class StatedSignature {
  private StatedSignature() {}

  static byte[] digest(String tag, Cosigners cosigners, String walletId) {
    byte[] zero = {0};
    return TaggedHash.of(
        tag,
        cosigners.network().id().getBytes(StandardCharsets.UTF_8),
        zero,
        walletId.getBytes(StandardCharsets.UTF_8),
        zero,
        cosigners.descriptor().getBytes(StandardCharsets.UTF_8));
  }

  static boolean verify(byte[] digest, CosignerKey by, byte[] sig64) {
    return verify(digest, by.xpub().publicKey(), sig64);
  }

  static boolean verify(byte[] digest, byte[] publicKey, byte[] sig64) {
    if (sig64.length != 64) {
      return false;
    }
    BigInteger r = new BigInteger(1, Arrays.copyOf(sig64, 32));
    BigInteger s = new BigInteger(1, Arrays.copyOfRange(sig64, 32, 64));
    return EcdsaCheck.isLow(s) && EcdsaCheck.verify(digest, r, s, publicKey);
  }
}
