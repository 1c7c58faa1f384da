package org.trefoil.server.passkey;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A passkey or security key of an account; all of it is public.
 *
 * @param credentialId what the authenticator calls it, at most 1,023 bytes
 * @param credential WebAuthn's attested credential data: AAGUID, credential id and COSE key
 * @param publicKey the same key as an X.509 SubjectPublicKeyInfo
 * @param algorithm its COSE number, such as −7 for ES256
 * @param signCount the authenticator's own count when it was used last; 0 where it keeps none
 * @param backupEligible whether it may be copied between a person's devices
 * @param backedUp whether it was, when it was used last
 * @param transports how it is reached, as the browser said
 * @param signsIn whether it signs in without the password
 */
public record Passkey(
    String passkeyId,
    String accountId,
    byte[] credentialId,
    byte[] credential,
    byte[] publicKey,
    int algorithm,
    long signCount,
    boolean backupEligible,
    boolean backedUp,
    List<String> transports,
    String name,
    boolean signsIn,
    Instant createdAt,
    @Nullable Instant lastUsedAt) {
  public Passkey {
    transports = List.copyOf(transports);
  }

  @Override
  public String toString() {
    return "Passkey[" + passkeyId + "]";
  }
}
