package org.trefoil.custody.recover;

import org.trefoil.core.Refusal;
import org.trefoil.core.RefusedException;
import org.trefoil.core.Token;
import org.trefoil.core.envelope.SealedKeyMistake;
import org.trefoil.core.envelope.SealedUserKey;

/** A sealed user key as it is typed or scanned from sheet B. */
public final class SealedKeyText {
  private static final int LONGEST = 1_000;
  private static final int NEAR = 8;

  private SealedKeyText() {}

  /**
   * Reads it; blanks are passed over. Besides the refusals of {@link SealedUserKey#parse(String)}:
   * {@code envelope-mistyped} {position, near} where one mistake explains that the check does not
   * fit.
   */
  public static SealedUserKey read(String text) {
    String compact = Compact.of(text, LONGEST);
    try {
      return SealedUserKey.parse(compact);
    } catch (RefusedException e) {
      int position = SealedKeyMistake.position(compact);
      if (position == 0) {
        throw e;
      }
      int from = Math.max(0, position - 1 - NEAR);
      throw Refusal.of(
              Token.ENVELOPE_MISTYPED,
              "position",
              Integer.toString(position),
              "near",
              compact.substring(from, Math.min(compact.length(), position + NEAR)))
          .exception();
    }
  }
}
