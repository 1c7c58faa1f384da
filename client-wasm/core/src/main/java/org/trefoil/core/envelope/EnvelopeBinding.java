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

  /** Of a wallet whose backup key was made with it and is on the paper. */
  public static EnvelopeBinding of(Cosigners cosigners, String walletId, byte[] endorsement) {
    return of(cosigners, walletId, endorsement, false);
  }

  /**
   * Binds network id, 0, wallet id, 0, descriptor with checksum, 0, the endorsement of it (64
   * bytes), and the letters "cold" when the backup key was brought from elsewhere: else a server
   * could call any backup key cold and so spare an interrupted birth the words of the paper.
   */
  public static EnvelopeBinding of(
      Cosigners cosigners, String walletId, byte[] endorsement, boolean backupIsCold) {
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
            endorsement,
            backupIsCold ? new byte[] {'c', 'o', 'l', 'd'} : new byte[0]));
  }

  /** Tagged hash {@code trefoil/envelope-binding/1} of the parts, 32 bytes. */
  public byte[] digest() {
    return digest.clone();
  }
}
