package org.trefoil.core.keys;

/**
 * The signature by which a key of a wallet says which wallet comes after it. Guarantee: whoever
 * knows the older key set can tell that the newer one was named by a person who had one of its
 * keys, not by the server. The newer descriptor holds a server key that was made for it, so no
 * signature fits twice.
 */
public final class Succession {
  private static final String TAG = "trefoil/succession/1";

  private Succession() {}

  /**
   * The 32 bytes to sign: tagged hash of the digests of {@link Statement#SUCCEEDED_BY} for the
   * older wallet and of {@link Statement#SUCCEEDS} for the newer one.
   */
  public static byte[] digest(Cosigners older, String olderId, Cosigners newer, String newerId) {
    return TaggedHash.of(
        TAG,
        Statement.digest(Statement.SUCCEEDED_BY, older, olderId),
        Statement.digest(Statement.SUCCEEDS, newer, newerId));
  }
}
