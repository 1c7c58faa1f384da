package org.trefoil.core.envelope;

import java.util.Arrays;
import java.util.Random;
import org.trefoil.core.keys.Cosigners;
import org.trefoil.core.keys.TestKeys;
import org.trefoil.core.units.Network;

/** An envelope of bytes that nobody sealed anything in. */
final class SampleEnvelope {
  static final Cosigners COSIGNERS = TestKeys.twoOfThree(Network.REGTEST);
  static final String WALLET = "0123456789abcdef";
  static final byte[] ENDORSEMENT = bytes(4, 64);
  static final EnvelopeBinding BINDING = EnvelopeBinding.of(COSIGNERS, WALLET, ENDORSEMENT);
  static final byte[] SALT = bytes(1, SealedUserKey.SALT_LENGTH);
  static final byte[] NONCE = bytes(2, SealedUserKey.NONCE_LENGTH);
  static final byte[] CIPHERTEXT = bytes(3, SealedUserKey.CIPHERTEXT_LENGTH);

  private SampleEnvelope() {}

  static SealedUserKey sealed() {
    return SealedUserKey.of(
        SealedUserKey.header(0x01020304, 0x0506, 0x87, SALT, NONCE), BINDING, CIPHERTEXT);
  }

  static byte[] bytes(long seed, int count) {
    byte[] bytes = new byte[count];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }

  static byte[] changed(byte[] bytes, int at) {
    byte[] changed = Arrays.copyOf(bytes, bytes.length);
    changed[at] ^= 1;
    return changed;
  }
}
