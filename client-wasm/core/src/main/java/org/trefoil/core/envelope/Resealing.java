package org.trefoil.core.envelope;

import org.trefoil.core.keys.Cosigners;
import org.trefoil.core.keys.Statement;
import org.trefoil.core.keys.TaggedHash;

/**
 * One envelope put in the place of another: stated by the user key, so that nobody who could not
 * open the old one can put a worthless one in its place.
 */
public final class Resealing {
  private static final String TAG = "trefoil/resealing/1";

  private Resealing() {}

  /**
   * The 32 bytes to sign: tagged hash of the digest of {@link Statement#ENVELOPE_CHANGED} for the
   * wallet, then the old envelope and the new one, 157 bytes each.
   */
  public static byte[] digest(
      Cosigners cosigners, String walletId, SealedUserKey old, SealedUserKey fresh) {
    byte[] wallet = Statement.digest(Statement.ENVELOPE_CHANGED, cosigners, walletId);
    return TaggedHash.of(TAG, wallet, old.bytes(), fresh.bytes());
  }
}
