package org.trefoil.server.passkey;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a passkey was asked to sign.
 *
 * @param challenge SHA-256 of {@code preimage}, which is what the passkey signs
 * @param accountId whose passkeys were asked; null for whoever signs in
 */
public record Question(
    byte[] challenge,
    @Nullable String accountId,
    Purpose purpose,
    byte[] preimage,
    Instant expiresAt) {

  /** What for; an answer to one serves no other. */
  public enum Purpose {
    REGISTER,
    SIGN_IN,
    STEP_UP,
    SEND,
    /** That another passkey counts at once. */
    VOUCH
  }

  @Override
  public String toString() {
    return "Question[" + purpose + "]";
  }
}
