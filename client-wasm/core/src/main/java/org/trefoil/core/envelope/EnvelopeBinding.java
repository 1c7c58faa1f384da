package org.trefoil.core.envelope;

import java.nio.charset.StandardCharsets;
import org.trefoil.core.keys.Cosigners;
import org.trefoil.core.keys.TaggedHash;

/** What a sealed user key is bound to: it opens for this wallet and this key set only. */
public final class EnvelopeBinding {
  private static final String TAG = "trefoil/envelope-binding/1";

  private final byte[] digest;

  EnvelopeBinding(byte[] digest) {
    this.digest = digest;
  }

  /** Binds network, wallet id, descriptor with checksum, and the endorsement of it (64 bytes). */
  public static EnvelopeBinding of(Cosigners cosigners, String walletId, byte[] endorsement) {
    byte[] zero = {0};
    return new EnvelopeBinding(
        TaggedHash.of(
            TAG,
            cosigners.network().id().getBytes(StandardCharsets.UTF_8),
            zero,
            walletId.getBytes(StandardCharsets.UTF_8),
            zero,
            cosigners.descriptor().getBytes(StandardCharsets.UTF_8),
            zero,
            endorsement));
  }

  /** Tagged hash {@code trefoil/envelope-binding/1} of the parts, 32 bytes. */
  public byte[] digest() {
    return digest.clone();
  }
}
