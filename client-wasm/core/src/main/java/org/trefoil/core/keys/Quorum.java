package org.trefoil.core.keys;

import org.trefoil.core.Refusal;
import org.trefoil.core.Token;

/**
 * How many keys of how many sign for a wallet of ours: from 2 of 2 to 7 of 7. All of these are
 * standard in every form: the longest script has 3 + 7 · 34 = 241 bytes (P2SH takes 520), the
 * longest scriptSig 1 + 7 · 73 + 2 + 241 = 755 (nodes relay 1,650).
 *
 * @param threshold 2 … {@code keys}
 * @param keys 2 … 7
 */
public record Quorum(int threshold, int keys) {
  /** Fewest keys, and fewest signatures. */
  public static final int LEAST = 2;

  public static final int MOST = 7;

  public Quorum {
    if (keys < LEAST || keys > MOST || threshold < LEAST || threshold > keys) {
      throw Refusal.of(
              Token.QUORUM_NUMBERS,
              "least",
              Integer.toString(LEAST),
              "most",
              Integer.toString(MOST))
          .exception();
    }
  }

  /** Refuses {@code quorum-numbers} for a key set that no wallet of ours has. */
  public static Quorum of(Cosigners cosigners) {
    return new Quorum(cosigners.threshold(), cosigners.keys().size());
  }

  /** Whether nothing moves without one certain key, whichever: all the others are too few. */
  public boolean needsEach() {
    return threshold == keys;
  }
}
