package org.trefoil.custody.slip39;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.trefoil.core.Refusal;
import org.trefoil.core.Token;
import org.trefoil.custody.entropy.Entropy;

/**
 * The shares of one secret: any {@code threshold} of them make it again, and fewer tell nothing of
 * it. Secret: the shares are kept as numbers and wiped by {@link #close}.
 */
public final class ShareSet implements AutoCloseable {
  /** Words in the standard's public list. */
  public static final int LIST = 1_024;

  /** Most shares that the format has room for. */
  public static final int MOST = 16;

  private static final int IDENTIFIER_BITS = 15;

  private final int threshold;
  private final List<Share> shares;

  private ShareSet(int threshold, List<Share> shares) {
    this.threshold = threshold;
    this.shares = shares;
  }

  /**
   * Splits {@code secret} (16 bytes or more, an even number) without a passphrase, as one group of
   * an extendable set, iteration exponent 0: with no passphrase to guess, more would only be slow.
   * Refuses {@code split-numbers} unless 2 ≤ threshold ≤ count ≤ 16.
   */
  public static ShareSet of(byte[] secret, int threshold, int count, Entropy entropy) {
    refuseNumbers(threshold, count);
    int[][] one = {{threshold, count}};
    return new ShareSet(threshold, split(secret, new byte[0], 0, 1, one, entropy));
  }

  /** Refuses {@code split-numbers} for what cannot be split so. */
  public static void refuseNumbers(int threshold, int count) {
    if (threshold < 2 || threshold > count || count > MOST) {
      throw Refusal.of(Token.SPLIT_NUMBERS, "most", Integer.toString(MOST)).exception();
    }
  }

  /**
   * All shares of all groups.
   *
   * @param groups for each its threshold and count; a threshold of 1 wants a count of 1
   */
  static List<Share> split(
      byte[] secret,
      byte[] passphrase,
      int exponent,
      int groupThreshold,
      int[][] groups,
      Entropy source) {
    Entropy entropy = Entropy.checked(source);
    byte[] random = entropy.bytes(2);
    int identifier = ((random[0] & 255) << 8 | random[1] & 255) & (1 << IDENTIFIER_BITS) - 1;
    byte[] encrypted = new ShareCipher(passphrase, identifier, true, exponent).encrypt(secret);
    byte[][] inner = SecretSharing.split(groupThreshold, groups.length, encrypted, entropy);
    List<Share> shares = new ArrayList<>();
    for (int g = 0; g < groups.length; g++) {
      int threshold = groups[g][0];
      byte[][] values = SecretSharing.split(threshold, groups[g][1], inner[g], entropy);
      for (int i = 0; i < values.length; i++) {
        int[] group = {g, groupThreshold, groups.length};
        shares.add(Share.of(identifier, exponent, group, new int[] {i, threshold}, values[i]));
      }
    }
    Arrays.fill(encrypted, (byte) 0);
    SecretSharing.wipe(inner);
    return shares;
  }

  /** How many are needed. */
  public int threshold() {
    return threshold;
  }

  /** How many there are. */
  public int count() {
    return shares.size();
  }

  /** The words of a share, counted from 1, the caller's to wipe. */
  public char[][] words(int share) {
    short[] values = shares.get(share - 1).words();
    char[][] words = new char[values.length][];
    for (int i = 0; i < words.length; i++) {
      words[i] = ShareWords.word(values[i]).toCharArray();
    }
    Arrays.fill(values, (short) 0);
    return words;
  }

  /** Number of words of a share. */
  public int length() {
    short[] values = shares.get(0).words();
    Arrays.fill(values, (short) 0);
    return values.length;
  }

  /** The number in the list of the word at {@code position} of a share, both counted from 1. */
  public int value(int share, int position) {
    short[] values = shares.get(share - 1).words();
    int value = values[position - 1];
    Arrays.fill(values, (short) 0);
    return value;
  }

  /** A word of the public list, by its number from 0. */
  public static String listed(int value) {
    return ShareWords.word(value);
  }

  /** The number in the list of the word typed, whole or by its first four letters; or -1. */
  public static int value(char[] typed) {
    int from = 0;
    int to = typed.length;
    while (from < to && typed[from] <= ' ') {
      from++;
    }
    while (to > from && typed[to - 1] <= ' ') {
      to--;
    }
    return ShareWords.value(typed, from, to);
  }

  @Override
  public void close() {
    for (Share share : shares) {
      share.close();
    }
  }

  @Override
  public String toString() {
    return "ShareSet[redacted]";
  }
}
