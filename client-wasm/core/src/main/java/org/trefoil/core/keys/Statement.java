package org.trefoil.core.keys;

/** What a key states about its wallet besides the endorsement, each purpose under its own tag. */
public final class Statement {
  /** Stated once the words on paper were typed back. */
  public static final String PAPER_CHECKED = "paper-checked";

  /** Part of what is stated when an envelope takes the place of another. */
  public static final String ENVELOPE_CHANGED = "envelope-changed";

  /** The older half of a {@link Succession}. */
  public static final String SUCCEEDED_BY = "succeeded-by";

  /** The newer half of a {@link Succession}. */
  public static final String SUCCEEDS = "succeeds";

  /** Part of what is stated when the wallet's rules change. */
  public static final String POLICY = "policy";

  /** Part of what the server's key states of the rules that it holds. */
  public static final String RULES_HELD = "rules-held";

  private static final String TAG = "trefoil/statement/1/";

  private Statement() {}

  /** The 32 bytes to sign, of the same parts as an {@link Endorsement}'s. */
  public static byte[] digest(String purpose, Cosigners cosigners, String walletId) {
    return StatedSignature.digest(TAG + purpose, cosigners, walletId);
  }

  /** Whether {@code sig64} (r ‖ s, low s) is the signature of {@code by}'s account key. */
  public static boolean verify(
      String purpose, Cosigners cosigners, String walletId, KeyRole by, byte[] sig64) {
    return verify(digest(purpose, cosigners, walletId), cosigners, by, sig64);
  }

  /** The same for a digest that was made of statements. */
  public static boolean verify(byte[] digest, Cosigners cosigners, KeyRole by, byte[] sig64) {
    return cosigners.has(by) && StatedSignature.verify(digest, cosigners.key(by), sig64);
  }

  /** The same by the key at {@code branch/index} below {@code by}'s account key. */
  public static boolean verify(
      byte[] digest, Cosigners cosigners, KeyRole by, int branch, int index, byte[] sig64) {
    return cosigners.has(by)
        && StatedSignature.verify(
            digest, cosigners.key(by).xpub().childPublicKey(branch, index), sig64);
  }
}
