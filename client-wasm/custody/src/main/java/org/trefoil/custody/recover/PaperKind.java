package org.trefoil.custody.recover;

import org.trefoil.core.envelope.SealedUserKey;

/** What a text from paper or from a code is, by its looks alone. */
public enum PaperKind {
  DESCRIPTOR,
  SEALED_KEY,
  WORDS,
  /** One share of a split key (SLIP-0039), which alone makes none. */
  SHARE,
  PSBT,
  OTHER;

  private static final String SEALED = SealedUserKey.PREFIX.substring(0, 7);
  private static final int FEWEST_WORDS = 12;

  /** More are a share of a split key: 33 for ours. */
  private static final int MOST_WORDS = 24;

  private static final int LONGEST_SHARE = 59;

  /** Makes no String of what might be words. */
  public static PaperKind of(char[] text) {
    int from = 0;
    int to = text.length;
    while (from < to && text[from] <= ' ') {
      from++;
    }
    while (to > from && text[to - 1] <= ' ') {
      to--;
    }
    int words = words(text, from, to);
    if (words >= FEWEST_WORDS && words <= LONGEST_SHARE) {
      return words <= MOST_WORDS ? WORDS : SHARE;
    }
    String rest = new String(text, from, to - from);
    if (rest.startsWith("wsh(") || rest.startsWith("sh(")) {
      return DESCRIPTOR;
    }
    if (rest.startsWith(SEALED) && rest.indexOf(':') > 0) {
      return SEALED_KEY;
    }
    return isPsbt(rest) ? PSBT : OTHER;
  }

  /** Whether a text begins as a PSBT does: in base64, in hexadecimal, or in an animated code. */
  static boolean isPsbt(String text) {
    return text.startsWith("cHNidP8")
        || text.regionMatches(true, 0, "70736274ff", 0, 10)
        || text.regionMatches(true, 0, "ur:", 0, 3);
  }

  /** How many words of letters the text is, 0 when there is anything else in it. */
  private static int words(char[] text, int from, int to) {
    int words = 0;
    boolean inWord = false;
    for (int i = from; i < to; i++) {
      char c = text[i];
      boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
      if (!letter && c > ' ') {
        return 0;
      }
      words += letter && !inWord ? 1 : 0;
      inWord = letter;
    }
    return words;
  }
}
