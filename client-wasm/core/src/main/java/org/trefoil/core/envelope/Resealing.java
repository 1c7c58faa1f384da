package org.trefoil.core.envelope;

import java.nio.charset.StandardCharsets;
import org.trefoil.core.keys.Cosigners;
import org.trefoil.core.keys.Statement;
import org.trefoil.core.keys.TaggedHash;
import org.trefoil.core.wire.SecondSlot;

/**
 * One envelope put in the place of another: stated by the user key, so that nobody who could not
 * open the old one can put a worthless one in its place.
 */
public final class Resealing {
  private static final String TAG = "trefoil/resealing/1";

  private Resealing() {}

  /**
   * The 32 bytes to sign: tagged hash of the digest of {@link Statement#ENVELOPE_CHANGED} for the
   * wallet, then one byte, 1 where a passcode opened the old envelope and 0 where the key was made
   * of its words, then the old envelope and the new one, 157 bytes each, then what stands beside
   * the new one as JSON. So nobody makes one way in pass for the other.
   */
  public static byte[] digest(
      Cosigners cosigners,
      String walletId,
      SealedUserKey old,
      SealedUserKey fresh,
      SecondSlot beside,
      boolean byPasscode) {
    byte[] wallet = Statement.digest(Statement.ENVELOPE_CHANGED, cosigners, walletId);
    return TaggedHash.of(
        TAG,
        wallet,
        new byte[] {(byte) (byPasscode ? 1 : 0)},
        old.bytes(),
        fresh.bytes(),
        beside.toJson().write().getBytes(StandardCharsets.UTF_8));
  }
}
