package org.trefoil.core.envelope;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.trefoil.core.keys.Cosigners;
import org.trefoil.core.keys.Hashes;
import org.trefoil.core.keys.KeyRole;
import org.trefoil.core.keys.TaggedHash;

/** What a {@link WrappedKey} is bound to: it opens there and nowhere else. */
public final class WrapContext {
  /** Bytes that the passkey's PRF is asked for. */
  public static final int SALT_LENGTH = 32;

  /** The longest name that WebAuthn has for a credential, in bytes. */
  public static final int MOST_CREDENTIAL = 1023;

  private static final String TAG = "trefoil/wrapped-key/1";

  private final byte[] digest;

  private WrapContext(byte[] digest) {
    this.digest = digest;
  }

  /**
   * Binds wallet id, 0, the user key's xpub, 0, the envelope (157 bytes), the SHA-256 of what a
   * second passcode may open (32 zeros where a wallet has no such place), the PRF salt (32 bytes),
   * and the passkey's credential id. Without the second, whoever exchanges it in a page could see
   * by which of the two this opens.
   */
  public static WrapContext of(
      Cosigners cosigners,
      String walletId,
      SealedUserKey envelope,
      byte @Nullable [] second,
      byte[] salt,
      byte[] credential) {
    byte[] zero = {0};
    return new WrapContext(
        TaggedHash.of(
            TAG,
            walletId.getBytes(StandardCharsets.UTF_8),
            zero,
            cosigners.key(KeyRole.USER).xpub().base58().getBytes(StandardCharsets.UTF_8),
            zero,
            envelope.bytes(),
            second == null ? new byte[32] : Hashes.sha256(second),
            salt,
            credential));
  }

  /** Tagged hash {@code trefoil/wrapped-key/1} of the parts, 32 bytes. */
  public byte[] digest() {
    return digest.clone();
  }
}
