package org.trefoil.custody.envelope.v1;

import java.util.Base64;
import org.trefoil.core.envelope.Marks;
import org.trefoil.custody.entropy.Entropy;
import org.trefoil.custody.keys.LoneKey;
import org.trefoil.custody.passcode.StretchedKey;
import org.trefoil.custody.secret.SecretBytes;

/**
 * The key that marks what a passcode did. It grows from the stretched passcode and not from what
 * the passcode opens, so that whoever has the user key cannot make the mark of another passcode.
 */
public final class Marker implements AutoCloseable {
  private static final String LABEL = "trefoil/mark/1";
  private static final int LENGTH = 32;

  private final LoneKey key;

  private Marker(LoneKey key) {
    this.key = key;
  }

  static Marker of(StretchedKey stretched, byte[] salt) {
    try (SecretBytes bytes = stretched.derive(LABEL, salt, LENGTH)) {
      return of(bytes);
    }
  }

  /** One that no passcode makes. */
  static Marker ofNobody(Entropy entropy) {
    try (SecretBytes bytes = entropy.secret(LENGTH)) {
      return of(bytes);
    }
  }

  private static Marker of(SecretBytes bytes) {
    LoneKey key = LoneKey.of(bytes.exposed());
    if (key == null) {
      // one in 2^128
      throw new IllegalStateException("no key");
    }
    return new Marker(key);
  }

  /** The public half, 33 bytes in base64. */
  public String publicKey() {
    return Base64.getEncoder().encodeToString(key.publicKey(true));
  }

  /** The mark on what was done, 64 bytes in base64. */
  public String mark(byte[] done) {
    return Base64.getEncoder().encodeToString(key.sign(Marks.digest(done)));
  }

  @Override
  public void close() {
    key.close();
  }

  @Override
  public String toString() {
    return "Marker[redacted]";
  }
}
