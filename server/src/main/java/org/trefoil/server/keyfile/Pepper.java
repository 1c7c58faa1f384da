package org.trefoil.server.keyfile;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Keyed hashes for one purpose: HMAC-SHA256 under a key derived from the key file.
 *
 * <p>A copy of the database alone gives nothing to guess against.
 */
public final class Pepper implements AutoCloseable {
  private final byte[] key;

  public Pepper(KeyFile file, String purpose) {
    this.key = file.pepper(purpose);
  }

  /** HMAC-SHA256 over each part with its length (4 bytes, big-endian) before it. */
  public byte[] of(byte[]... parts) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      for (byte[] part : parts) {
        int n = part.length;
        mac.update(new byte[] {(byte) (n >>> 24), (byte) (n >>> 16), (byte) (n >>> 8), (byte) n});
        mac.update(part);
      }
      return mac.doFinal();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("HMAC-SHA256 is missing", e);
    }
  }

  @Override
  public void close() {
    Arrays.fill(key, (byte) 0);
  }

  @Override
  public String toString() {
    return "Pepper[redacted]";
  }
}
