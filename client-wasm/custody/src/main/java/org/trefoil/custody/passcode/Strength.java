package org.trefoil.custody.passcode;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.trefoil.core.Refusal;
import org.trefoil.core.Token;

/**
 * How strong a passcode or password is, and if it is refused, why.
 *
 * <p>The floor of a passcode is 44 bits: what four words drawn from the BIP-0039 list have. Behind
 * Argon2id at 64 MiB and three passes, a machine that makes ten thousand guesses a second would
 * need 28 years for half of them. A password guards less (guesses at it run into rate limits, and
 * sign-in needs the second factor): 34 bits.
 *
 * @param bits logarithm to base 2 of the guesses it takes, rounded down
 * @param refusal why it is refused; null when it is good enough
 */
public record Strength(int bits, Level level, @Nullable Refusal refusal) {
  /** In words, for a meter. */
  public enum Level {
    REFUSED,
    FAIR,
    GOOD,
    STRONG
  }

  public static final int LEAST_PASSCODE_BITS = 44;
  public static final int LEAST_PASSCODE_CHARS = 10;
  public static final int LEAST_PASSWORD_BITS = 34;
  public static final int LEAST_PASSWORD_CHARS = 8;

  /**
   * A PIN counts together with a passkey only: who has not got the passkey's answer cannot guess at
   * it at all. But a page that is not ours hears that answer, and so does a thief of an unlocked
   * device: against them it needs what a password has.
   */
  public static final int LEAST_PIN_BITS = LEAST_PASSWORD_BITS;

  public static final int LEAST_PIN_CHARS = LEAST_PASSWORD_CHARS;

  /** Longer than this is worth advising for a password (ASVS 6.2.9). */
  public static final int ADVISED_PASSWORD_CHARS = 15;

  private static final int GOOD_ABOVE = 12;
  private static final int STRONG_ABOVE = 28;

  /**
   * Judges a passcode.
   *
   * @param context what is known about the person and the wallet: e-mail address, wallet name
   */
  public static Strength ofPasscode(char[] typed, List<String> context) {
    return judge(
        typed,
        context,
        LEAST_PASSCODE_BITS,
        LEAST_PASSCODE_CHARS,
        Token.PASSCODE_WEAK_SHORT,
        Token.PASSCODE_WEAK_COMMON,
        Token.PASSCODE_WEAK_CONTEXT,
        Token.PASSCODE_WEAK_PATTERN);
  }

  /** Judges an account password; see {@link #ofPasscode}. */
  public static Strength ofPassword(char[] typed, List<String> context) {
    return judgePassword(typed, context, LEAST_PASSWORD_BITS, LEAST_PASSWORD_CHARS);
  }

  /** Judges a PIN that counts beside a passkey; see {@link #ofPasscode}. */
  public static Strength ofPin(char[] typed, List<String> context) {
    return judge(
        typed,
        context,
        LEAST_PIN_BITS,
        LEAST_PIN_CHARS,
        Token.PIN_WEAK_SHORT,
        Token.PIN_WEAK,
        Token.PIN_WEAK,
        Token.PIN_WEAK);
  }

  /** Judges a PDF's password: by a passcode's measure, as the format itself stretches weakly. */
  public static Strength ofPdfPassword(char[] typed, List<String> context) {
    return judgePassword(typed, context, LEAST_PASSCODE_BITS, LEAST_PASSCODE_CHARS);
  }

  private static Strength judgePassword(
      char[] typed, List<String> context, int leastBits, int leastChars) {
    return judge(
        typed,
        context,
        leastBits,
        leastChars,
        Token.PASSWORD_WEAK_SHORT,
        Token.PASSWORD_WEAK_COMMON,
        Token.PASSWORD_WEAK_CONTEXT,
        Token.PASSWORD_WEAK_PATTERN);
  }

  private static Strength judge(
      char[] typed,
      List<String> context,
      int leastBits,
      int leastChars,
      Token weakShort,
      Token weakCommon,
      Token weakContext,
      Token weakPattern) {
    Guessing.Estimate guesses = Guessing.estimate(typed, context);
    int bits = guesses.cost() / 16;
    boolean tooShort = typed.length < leastChars;
    if (!tooShort && bits >= leastBits) {
      int above = bits - leastBits;
      Level level =
          above >= STRONG_ABOVE ? Level.STRONG : above >= GOOD_ABOVE ? Level.GOOD : Level.FAIR;
      return new Strength(bits, level, null);
    }
    Token token = weakShort;
    int most = guesses.judged() / 3;
    if (guesses.context() > most) {
      token = weakContext;
      most = guesses.context();
    }
    if (guesses.common() > most) {
      token = weakCommon;
      most = guesses.common();
    }
    if (guesses.pattern() > most) {
      token = weakPattern;
    }
    Refusal refusal =
        Refusal.of(tooShort ? weakShort : token, "least", Integer.toString(leastChars));
    return new Strength(bits, Level.REFUSED, refusal);
  }

  /** Whether it may be used. */
  public boolean accepted() {
    return refusal == null;
  }
}
