package org.trefoil.server.keyfile;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Seals and opens small secrets for one purpose with AES-256-GCM under a key derived from the key
 * file.
 *
 * <p>The associated data is the purpose and the owner's id, so that a ciphertext moved to another
 * row or column does not open. Nonces are random: safe far beyond the few seals per wallet made
 * here.
 */
public final class Sealer implements AutoCloseable {
  private static final byte VERSION = 1;
  private static final int NONCE = 12;
  private static final int TAG_BITS = 128;

  private final byte[] key;
  private final byte @Nullable [] previous;
  private final String purpose;
  private final SecureRandom random;

  public Sealer(KeyFile file, String purpose, SecureRandom random) {
    String label = "trefoil/seal/1/" + purpose;
    this.key = file.derive(label);
    this.previous = file.derivePrevious(label);
    this.purpose = purpose;
    this.random = random;
  }

  /** Seals {@code plain} for {@code owner}; the caller wipes {@code plain}. */
  public Sealed seal(byte[] plain, String owner) {
    byte[] nonce = new byte[NONCE];
    random.nextBytes(nonce);
    byte[] secret = run(Cipher.ENCRYPT_MODE, key, nonce, owner, plain, 0, plain.length);
    byte[] out = new byte[1 + NONCE + secret.length];
    out[0] = VERSION;
    System.arraycopy(nonce, 0, out, 1, NONCE);
    System.arraycopy(secret, 0, out, 1 + NONCE, secret.length);
    return new Sealed(out);
  }

  /**
   * Opens what was sealed for {@code owner}, while the key file is being rotated under either of
   * its keys; the caller wipes the answer.
   *
   * @throws IllegalStateException when it was sealed for another owner, purpose or key file
   */
  public byte[] open(Sealed sealed, String owner) {
    byte[] all = sealed.bytes();
    if (all.length < 1 + NONCE + TAG_BITS / 8 || all[0] != VERSION) {
      throw new IllegalStateException("not a sealed value of " + purpose);
    }
    byte[] nonce = Arrays.copyOfRange(all, 1, 1 + NONCE);
    int length = all.length - 1 - NONCE;
    try {
      return run(Cipher.DECRYPT_MODE, key, nonce, owner, all, 1 + NONCE, length);
    } catch (IllegalStateException e) {
      if (previous == null) {
        throw e;
      }
      return run(Cipher.DECRYPT_MODE, previous, nonce, owner, all, 1 + NONCE, length);
    }
  }

  /** Whether {@link #open} would open it. */
  public boolean opens(Sealed sealed, String owner) {
    try {
      Arrays.fill(open(sealed, owner), (byte) 0);
      return true;
    } catch (IllegalStateException e) {
      return false;
    }
  }

  @Override
  public void close() {
    Arrays.fill(key, (byte) 0);
    if (previous != null) {
      Arrays.fill(previous, (byte) 0);
    }
  }

  @Override
  public String toString() {
    return "Sealer[redacted]";
  }

  private byte[] run(
      int mode, byte[] with, byte[] nonce, String owner, byte[] in, int from, int length) {
    try {
      Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
      cipher.init(mode, new SecretKeySpec(with, "AES"), new GCMParameterSpec(TAG_BITS, nonce));
      cipher.updateAAD((purpose + '\0' + owner).getBytes(StandardCharsets.UTF_8));
      return cipher.doFinal(in, from, length);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("A sealed value of " + purpose + " could not be used", e);
    }
  }
}
