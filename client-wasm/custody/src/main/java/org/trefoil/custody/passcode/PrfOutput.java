package org.trefoil.custody.passcode;

import org.trefoil.core.Refusal;
import org.trefoil.core.Token;
import org.trefoil.custody.secret.SecretBytes;

/** What a passkey's PRF (WebAuthn Level 3) made of a salt: 32 bytes that no other passkey makes. */
public final class PrfOutput implements AutoCloseable {
  /** Bytes of it. */
  public static final int LENGTH = 32;

  private final SecretBytes bytes;

  private PrfOutput(SecretBytes bytes) {
    this.bytes = bytes;
  }

  /** Copies {@code bytes}, the caller's to wipe. Refuses {@code passkey-no-prf} unless 32. */
  public static PrfOutput of(byte[] bytes) {
    if (bytes.length != LENGTH) {
      throw Refusal.of(Token.PASSKEY_NO_PRF).exception();
    }
    return new PrfOutput(SecretBytes.copyOf(bytes));
  }

  /** Another holder with its own copy. */
  public PrfOutput copy() {
    return new PrfOutput(bytes.copy());
  }

  byte[] exposed() {
    return bytes.exposed();
  }

  @Override
  public void close() {
    bytes.close();
  }

  @Override
  public String toString() {
    return "PrfOutput[redacted]";
  }
}
