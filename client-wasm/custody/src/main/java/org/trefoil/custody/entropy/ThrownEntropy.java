package org.trefoil.custody.entropy;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.trefoil.core.Refusal;
import org.trefoil.core.Token;
import org.trefoil.core.keys.TaggedHash;

/**
 * Randomness that a person throws with dice or coins, mixed with the machine's, so that neither
 * alone decides: who knows one of them knows nothing of what comes out.
 *
 * <p>Limit: what is typed must have been thrown. Plainly made-up rows are refused; a person who
 * makes up a row with care passes, and then the machine's part alone protects the key.
 */
public final class ThrownEntropy {
  /** What is thrown, and how often it takes for 256 bits. */
  public enum Thrown {
    /** Throws 1 … 6, 2.58 bits each. */
    DICE("123456", 100),
    /** Heads and tails as 1 and 0, a bit each. */
    COINS("01", 256);

    private final String faces;
    private final int least;

    Thrown(String faces, int least) {
      this.faces = faces;
      this.least = least;
    }

    /** Fewest throws. */
    public int least() {
      return least;
    }
  }

  private static final int MOST = 2_000;

  private ThrownEntropy() {}

  /** How many throws have been typed so far, blanks aside. */
  public static int count(char[] typed) {
    int count = 0;
    for (char c : typed) {
      count += isBlank(c) ? 0 : 1;
    }
    return count;
  }

  /**
   * {@code source} with the throws stirred in, as {@link Entropy#mixed} does it.
   *
   * <p>Refuses {@code throws-character} with the {@code position} of what is no throw, {@code
   * throws-missing} with how many are {@code needed} and {@code given}, and {@code throws-lopsided}
   * where one face makes up so much that nobody threw it (2^-39 for sound dice, less for coins).
   */
  public static Entropy mixed(char[] typed, Thrown thrown, Entropy source) {
    int[] seen = new int[thrown.faces.length()];
    byte[] row = new byte[Math.min(typed.length, MOST)];
    int count = 0;
    try {
      for (char c : typed) {
        if (isBlank(c) || count == MOST) {
          continue;
        }
        int face = thrown.faces.indexOf(c);
        if (face < 0) {
          throw Refusal.of(
                  Token.THROWS_CHARACTER,
                  "position",
                  Integer.toString(count + 1),
                  "faces",
                  thrown.faces)
              .exception();
        }
        seen[face]++;
        row[count++] = (byte) face;
      }
      if (count < thrown.least) {
        throw Refusal.of(
                Token.THROWS_MISSING,
                "needed",
                Integer.toString(thrown.least),
                "given",
                Integer.toString(count))
            .exception();
      }
      refuseLopsided(seen, count);
      byte[] kind = thrown.name().getBytes(StandardCharsets.US_ASCII);
      byte[] hash =
          TaggedHash.of("trefoil/throws/1", kind, new byte[] {0}, Arrays.copyOf(row, count));
      try {
        return Entropy.mixed(source, hash);
      } finally {
        Arrays.fill(hash, (byte) 0);
      }
    } finally {
      Arrays.fill(row, (byte) 0);
    }
  }

  /** One of six faces in half of 100 throws: 2^-42; one of two in three quarters of 256: 2^-48. */
  private static void refuseLopsided(int[] seen, int count) {
    for (int n : seen) {
      boolean tooOften = seen.length == 2 ? 4 * n > 3 * count : 2 * n > count;
      if (tooOften) {
        throw Refusal.of(Token.THROWS_LOPSIDED).exception();
      }
    }
  }

  private static boolean isBlank(char c) {
    return c <= ' ' || c == '\u00a0' || c == ',';
  }
}
