package org.trefoil.custody.slip39;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The check sum of a share: three words of a Reed-Solomon code over the field of 1,024 elements,
 * which catches every mistake in up to three words.
 */
final class Rs1024 {
  /** Words at a share's end. */
  static final int WORDS = 3;

  private static final int[] GENERATOR = {
    0x00e0e040, 0x01c1c080, 0x03838100, 0x07070200, 0x0e0e0009,
    0x1c0c2412, 0x38086c24, 0x3090fc48, 0x21b1f890, 0x03f3f120
  };
  private static final byte[] FIXED = "shamir".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] EXTENDABLE = "shamir_extendable".getBytes(StandardCharsets.US_ASCII);

  private Rs1024() {}

  /** Writes the check sum over all but the last three words, which are 0, into these. */
  static void complete(short[] words, boolean extendable) {
    int body = words.length - WORDS;
    int sum = polymod(words, extendable) ^ 1;
    for (int i = 0; i < WORDS; i++) {
      words[body + i] = (short) (sum >> 10 * (WORDS - 1 - i) & 1023);
    }
  }

  static boolean holds(short[] words, boolean extendable) {
    return polymod(words, extendable) == 1;
  }

  /**
   * Where the mistake is, if one wrong word or two swapped ones explain it: positions counted from
   * 1. Empty when nothing or more than one thing does. Which word would be right is not told: a
   * guess that fits is no reason to believe it.
   */
  static List<Integer> mistake(short[] words, boolean extendable) {
    int[][] effects = effects(words.length);
    int wanted = polymod(words, extendable) ^ 1;
    List<Integer> places = new ArrayList<>();
    for (int i = 0; i < words.length; i++) {
      for (int error = 1; error < 1024; error++) {
        if (effect(effects[i], error) == wanted) {
          places.add(i + 1);
        }
      }
    }
    if (!places.isEmpty()) {
      return places.size() == 1 ? places : List.of();
    }
    for (int i = 0; i < words.length; i++) {
      for (int k = i + 1; k < words.length; k++) {
        int error = words[i] ^ words[k];
        if ((effect(effects[i], error) ^ effect(effects[k], error)) == wanted) {
          places.add(i + 1);
          places.add(k + 1);
        }
      }
    }
    return places.size() == 2 ? places : List.of();
  }

  /** What each bit of each word does to the sum: it is linear, so mistakes add up by XOR. */
  private static int[][] effects(int length) {
    int[][] effects = new int[length][10];
    for (int bit = 0; bit < 10; bit++) {
      int effect = 1 << bit;
      for (int i = length - 1; i >= 0; i--) {
        effects[i][bit] = effect;
        effect = next(effect, 0);
      }
    }
    return effects;
  }

  private static int effect(int[] bits, int error) {
    int effect = 0;
    for (int bit = 0; bit < 10; bit++) {
      effect ^= -(error >> bit & 1) & bits[bit];
    }
    return effect;
  }

  private static int polymod(short[] words, boolean extendable) {
    int sum = 1;
    for (byte b : extendable ? EXTENDABLE : FIXED) {
      sum = next(sum, b);
    }
    for (short word : words) {
      sum = next(sum, word);
    }
    return sum;
  }

  private static int next(int sum, int value) {
    int top = sum >> 20;
    int next = (sum & 0xfffff) << 10 ^ value;
    for (int i = 0; i < 10; i++) {
      if ((top >> i & 1) != 0) {
        next ^= GENERATOR[i];
      }
    }
    return next;
  }
}
