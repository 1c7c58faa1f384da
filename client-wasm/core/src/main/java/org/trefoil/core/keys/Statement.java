package org.trefoil.core.keys;

/** What a key states about its wallet besides the endorsement, each purpose under its own tag. */
public final class Statement {
  /** Stated once the words on paper were typed back. */
  public static final String PAPER_CHECKED = "paper-checked";

  private static final String TAG = "trefoil/statement/1/";

  private Statement() {}

  /** The 32 bytes to sign, of the same parts as an {@link Endorsement}'s. */
  public static byte[] digest(String purpose, Cosigners cosigners, String walletId) {
    return StatedSignature.digest(TAG + purpose, cosigners, walletId);
  }

  /** Whether {@code sig64} (r ‖ s, low s) is the signature of {@code by}'s account key. */
  public static boolean verify(
      String purpose, Cosigners cosigners, String walletId, KeyRole by, byte[] sig64) {
    return StatedSignature.verify(digest(purpose, cosigners, walletId), cosigners.key(by), sig64);
  }
}
