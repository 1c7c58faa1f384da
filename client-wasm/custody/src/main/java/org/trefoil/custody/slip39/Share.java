package org.trefoil.custody.slip39;

import java.util.Arrays;
import java.util.List;
import org.trefoil.core.Refusal;
import org.trefoil.core.RefusedException;
import org.trefoil.core.Token;

/**
 * One share, as 20 words or more (33 for a secret of 32 bytes).
 *
 * <p>Ten bits a word: identifier of the set 15, extendable 1, iteration exponent 4, group index,
 * group threshold - 1, group count - 1, index in the group, threshold - 1: 4 each; the value,
 * padded with zeros in front; the check sum 30.
 */
final class Share implements AutoCloseable {
  private static final int BITS = 10;
  private static final int HEAD_WORDS = 4;
  private static final int OVERHEAD = HEAD_WORDS + Rs1024.WORDS;
  private static final int LEAST_WORDS = 20;
  private static final int MOST_WORDS = 59;

  /** Words of a share of 32 bytes. */
  private static final int OUR_WORDS = 33;

  final int identifier;
  final boolean extendable;
  final int exponent;
  final int groupIndex;
  final int groupThreshold;
  final int groupCount;
  final int index;
  final int threshold;
  private final byte[] value;

  private Share(long head, byte[] value) {
    this.identifier = (int) (head >> 25);
    this.extendable = (head >> 24 & 1) != 0;
    this.exponent = (int) (head >> 20) & 15;
    this.groupIndex = (int) (head >> 16) & 15;
    this.groupThreshold = ((int) (head >> 12) & 15) + 1;
    this.groupCount = ((int) (head >> 8) & 15) + 1;
    this.index = (int) (head >> 4) & 15;
    this.threshold = ((int) head & 15) + 1;
    this.value = value;
  }

  /** The share with these parts; takes {@code value} over. */
  static Share of(
      int identifier,
      int exponent,
      int[] groupIndexThresholdCount,
      int[] indexThreshold,
      byte[] value) {
    long head = (long) identifier << 5 | 1 << 4 | exponent;
    head = head << 4 | groupIndexThresholdCount[0];
    head = head << 4 | groupIndexThresholdCount[1] - 1;
    head = head << 4 | groupIndexThresholdCount[2] - 1;
    head = head << 4 | indexThreshold[0];
    head = head << 4 | indexThreshold[1] - 1;
    return new Share(head, value);
  }

  /**
   * Reads words separated by blanks, in any case, each whole or by its first four letters.
   *
   * <p>Refuses, naming the share by {@code number}: {@code share-word-unknown} with the position,
   * {@code share-length}, {@code share-mistyped} with the position where one wrong word explains
   * it, {@code share-swapped} with the places of two swapped ones, {@code share-checksum} where
   * nothing does, {@code share-malformed} for what no program makes.
   */
  static Share parse(char[] text, int number) {
    short[] words = new short[MOST_WORDS + 1];
    int count = 0;
    try {
      int at = 0;
      while (at < text.length && count <= MOST_WORDS) {
        int end = at;
        while (end < text.length && text[end] > ' ' && text[end] != '\u00a0') {
          end++;
        }
        if (end > at) {
          int word = ShareWords.value(text, at, end);
          if (word < 0) {
            throw refused(Token.SHARE_WORD_UNKNOWN, number, "position", "" + (count + 1));
          }
          words[count++] = (short) word;
        }
        at = end + 1;
      }
      return of(words, count, number);
    } finally {
      Arrays.fill(words, (short) 0);
    }
  }

  private static Share of(short[] typed, int count, int number) {
    int padding = BITS * (count - OVERHEAD) % 16;
    if (count < LEAST_WORDS || count > MOST_WORDS || padding > 8) {
      throw refused(Token.SHARE_LENGTH, number, "count", "" + OUR_WORDS);
    }
    short[] words = Arrays.copyOf(typed, count);
    try {
      long head = 0;
      for (int i = 0; i < HEAD_WORDS; i++) {
        head = head << BITS | words[i];
      }
      boolean extendable = (head >> 24 & 1) != 0;
      if (!Rs1024.holds(words, extendable)) {
        throw mistyped(words, extendable, number);
      }
      byte[] value = new byte[(BITS * (count - OVERHEAD) - padding) / 8];
      for (int bit = 0; bit < BITS * (count - OVERHEAD); bit++) {
        int set = words[HEAD_WORDS + bit / BITS] >> (BITS - 1 - bit % BITS) & 1;
        if (bit >= padding) {
          value[bit - padding >> 3] |= (byte) (set << (7 - (bit - padding & 7)));
        } else if (set != 0) {
          throw refused(Token.SHARE_MALFORMED, number);
        }
      }
      Share share = new Share(head, value);
      if (share.groupThreshold > share.groupCount) {
        throw refused(Token.SHARE_MALFORMED, number);
      }
      return share;
    } finally {
      Arrays.fill(words, (short) 0);
    }
  }

  /** A wrong word may be the one that says how to check, so both ways are looked at. */
  private static RefusedException mistyped(short[] words, boolean extendable, int number) {
    List<Integer> places = Rs1024.mistake(words, extendable);
    if (places.isEmpty()) {
      places = Rs1024.mistake(words, !extendable);
    }
    if (places.isEmpty()) {
      return refused(Token.SHARE_CHECKSUM, number);
    }
    String first = places.get(0).toString();
    return places.size() == 1
        ? refused(Token.SHARE_MISTYPED, number, "position", first)
        : refused(Token.SHARE_SWAPPED, number, "first", first, "second", places.get(1).toString());
  }

  /** A refusal that names the share. */
  static RefusedException refused(Token token, int number, String... more) {
    String[] data = new String[more.length + 2];
    data[0] = "share";
    data[1] = Integer.toString(number);
    System.arraycopy(more, 0, data, 2, more.length);
    return Refusal.of(token, data).exception();
  }

  /** The words, as numbers, the caller's to wipe. */
  short[] words() {
    int valueWords = (8 * value.length + BITS - 1) / BITS;
    int padding = BITS * valueWords - 8 * value.length;
    short[] words = new short[OVERHEAD + valueWords];
    long head = (long) identifier << 25 | (extendable ? 1L << 24 : 0) | (long) exponent << 20;
    head |= groupIndex << 16 | groupThreshold - 1 << 12 | groupCount - 1 << 8;
    head |= index << 4 | threshold - 1;
    for (int i = 0; i < HEAD_WORDS; i++) {
      words[i] = (short) (head >> BITS * (HEAD_WORDS - 1 - i) & 1023);
    }
    for (int bit = 0; bit < 8 * value.length; bit++) {
      int set = value[bit >> 3] >> (7 - (bit & 7)) & 1;
      int at = bit + padding;
      words[HEAD_WORDS + at / BITS] |= (short) (set << (BITS - 1 - at % BITS));
    }
    Rs1024.complete(words, extendable);
    return words;
  }

  /** Whether both are of one set: everything equal that a set has in common. */
  boolean sameSet(Share other) {
    return identifier == other.identifier
        && extendable == other.extendable
        && exponent == other.exponent
        && groupThreshold == other.groupThreshold
        && groupCount == other.groupCount
        && value.length == other.value.length;
  }

  /** The live value, not a copy. */
  byte[] value() {
    return value;
  }

  @Override
  public void close() {
    Arrays.fill(value, (byte) 0);
  }

  @Override
  public String toString() {
    return "Share[redacted]";
  }
}
