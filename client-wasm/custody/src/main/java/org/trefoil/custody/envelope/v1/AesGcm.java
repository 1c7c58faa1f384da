package org.trefoil.custody.envelope.v1;

import java.util.Arrays;
import org.bouncycastle.crypto.InvalidCipherTextException;
import org.bouncycastle.crypto.engines.AESEngine;
import org.bouncycastle.crypto.modes.GCMBlockCipher;
import org.bouncycastle.crypto.modes.GCMModeCipher;
import org.bouncycastle.crypto.params.AEADParameters;
import org.bouncycastle.crypto.params.KeyParameter;
import org.jspecify.annotations.Nullable;

/** AES in Galois/Counter Mode with a tag of 128 bits (NIST SP 800-38D). */
final class AesGcm {
  private static final int TAG_BITS = 128;

  private AesGcm() {}

  /** Ciphertext and tag. */
  static byte[] seal(byte[] key, byte[] nonce, byte[] associated, byte[] plaintext) {
    GCMModeCipher gcm = cipher(true, key, nonce, associated);
    byte[] out = new byte[gcm.getOutputSize(plaintext.length)];
    int n = gcm.processBytes(plaintext, 0, plaintext.length, out, 0);
    try {
      gcm.doFinal(out, n);
    } catch (InvalidCipherTextException e) {
      throw new IllegalStateException(e);
    }
    return out;
  }

  /** The plaintext, or null when the tag does not fit. */
  static byte @Nullable [] open(byte[] key, byte[] nonce, byte[] associated, byte[] ciphertext) {
    GCMModeCipher gcm = cipher(false, key, nonce, associated);
    byte[] out = new byte[gcm.getOutputSize(ciphertext.length)];
    int n = gcm.processBytes(ciphertext, 0, ciphertext.length, out, 0);
    try {
      gcm.doFinal(out, n);
      return out;
    } catch (InvalidCipherTextException e) {
      Arrays.fill(out, (byte) 0);
      return null;
    }
  }

  private static GCMModeCipher cipher(
      boolean sealing, byte[] key, byte[] nonce, byte[] associated) {
    GCMModeCipher gcm = GCMBlockCipher.newInstance(AESEngine.newInstance());
    gcm.init(sealing, new AEADParameters(new KeyParameter(key), TAG_BITS, nonce, associated));
    return gcm;
  }
}
