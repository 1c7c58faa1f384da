package org.trefoil.core.keys;

/**
 * The user key's signature over the whole key set, made once at birth: whoever holds the user key
 * can tell later that the other keys are still the ones it was born with.
 *
 * <p>It cannot tell apart a set in which the user key was replaced too; the sealed envelope and the
 * key set's words do that.
 */
public final class Endorsement {
  private static final String TAG = "trefoil/endorsement/1";

  private Endorsement() {}

  /**
   * The 32 bytes to sign: tagged hash of network id, 0, wallet id, 0, descriptor with checksum, all
   * UTF-8.
   */
  public static byte[] digest(Cosigners cosigners, String walletId) {
    return StatedSignature.digest(TAG, cosigners, walletId);
  }

  /** Whether {@code sig64} (r ‖ s, low s) is the user account key's signature. */
  public static boolean verify(Cosigners cosigners, String walletId, byte[] sig64) {
    return StatedSignature.verify(digest(cosigners, walletId), cosigners.key(KeyRole.USER), sig64);
  }
}
