package org.trefoil.core.keys;

/**
 * Finds the one mistyped character of a descriptor whose checksum does not fit: another character,
 * one too many, one missing, or two neighbours swapped.
 *
 * <p>The checksum (BIP-0380) is a linear code over 5-bit symbols: a wrong symbol changes it by an
 * amount that depends on its place and the difference alone. So each place's amounts are computed
 * once and every change of one or two symbols is looked up, instead of computing 40,000 checksums.
 * With 40 bits of checksum, a second explanation is one in ten million.
 */
public final class DescriptorMistake {
  private static final int CHECKSUM = 8;

  private final String body;
  private final long difference;

  /** What each of the five bits of each symbol changes, the last symbol's last. */
  private final long[][] effects;

  private DescriptorMistake(String body, long claimed, long[][] effects) {
    this.body = body;
    this.difference = DescriptorChecksum.remainder(body) ^ claimed;
    this.effects = effects;
  }

  /** For every body of this length. */
  private static long[][] effects(int length) {
    long[][] effects = new long[length + (length + 2) / 3][];
    long[] effect = {1, 2, 4, 8, 16};
    for (int i = 0; i < CHECKSUM; i++) {
      advance(effect);
    }
    for (int i = effects.length - 1; i >= 0; i--) {
      effects[i] = effect.clone();
      advance(effect);
    }
    return effects;
  }

  /**
   * The position, from 1, of the one mistake that explains why the checksum does not fit; 0 when
   * none does. For a missing character it is where it belongs, for swapped ones that of the first.
   */
  public static int position(String descriptor) {
    int position = withMarkInPlace(descriptor);
    return position != 0 ? position : atTheMark(descriptor);
  }

  private static int withMarkInPlace(String descriptor) {
    int hash = descriptor.lastIndexOf('#');
    if (hash < 0) {
      return 0;
    }
    String body = descriptor.substring(0, hash);
    String checksum = descriptor.substring(hash + 1);
    int strange = strange(body, checksum);
    if (strange != 0) {
      // A mark that came one place too early has a character of the body behind it.
      boolean moved = strange == hash + 2 && fits(swap(descriptor, hash));
      return moved ? hash + 1 : strange;
    }
    if (checksum.length() != CHECKSUM) {
      int kept = common(DescriptorChecksum.of(body), checksum);
      boolean near = Math.abs(checksum.length() - CHECKSUM) == 1 && kept >= 0;
      return near ? hash + 2 + kept : 0;
    }
    long claimed = 0;
    for (int i = 0; i < CHECKSUM; i++) {
      claimed = claimed << 5 | DescriptorChecksum.OUTPUT.indexOf(checksum.charAt(i));
    }
    DescriptorMistake mistake = new DescriptorMistake(body, claimed, effects(body.length()));
    int position = mistake.inChecksum();
    if (position == 0) {
      position = mistake.replaced();
    }
    if (position == 0) {
      position = mistake.swapped();
    }
    return position != 0 ? position : lengthMistake(body, claimed);
  }

  /**
   * One mistake that concerns the {@code #} itself: it is missing, moved, or there twice; or two
   * neighbours swapped behind it.
   */
  private static int atTheMark(String text) {
    int from = Math.max(0, text.length() - CHECKSUM - 3);
    for (int i = from; i < text.length(); i++) {
      String before = text.substring(0, i);
      String after = text.substring(i + 1);
      if (fits(before + after)
          || fits(before + "#" + after)
          || fits(before + "#" + text.charAt(i) + after)
          || (i + 1 < text.length() && fits(swap(text, i)))) {
        return i + 1;
      }
      if (text.charAt(i) == '#') {
        for (int k = 0; k < DescriptorChecksum.INPUT.length(); k++) {
          if (fits(before + DescriptorChecksum.INPUT.charAt(k) + after)) {
            return i + 1;
          }
        }
      }
    }
    return 0;
  }

  private static boolean fits(String text) {
    int mark = text.length() - CHECKSUM - 1;
    if (mark < 0 || text.charAt(mark) != '#') {
      return false;
    }
    String body = text.substring(0, mark);
    return strange(body, "") == 0 && DescriptorChecksum.of(body).equals(text.substring(mark + 1));
  }

  /** The first character that cannot stand there. */
  private static int strange(String body, String checksum) {
    for (int i = 0; i < body.length(); i++) {
      if (DescriptorChecksum.INPUT.indexOf(body.charAt(i)) < 0) {
        return i + 1;
      }
    }
    for (int i = 0; i < checksum.length(); i++) {
      if (DescriptorChecksum.OUTPUT.indexOf(checksum.charAt(i)) < 0) {
        return body.length() + 2 + i;
      }
    }
    return 0;
  }

  /** Where two texts part that differ by one character more or less; -1 when by anything else. */
  private static int common(String right, String typed) {
    int i = 0;
    while (i < right.length() && i < typed.length() && right.charAt(i) == typed.charAt(i)) {
      i++;
    }
    String longer = right.length() > typed.length() ? right : typed;
    String shorter = right.length() > typed.length() ? typed : right;
    return longer.substring(i + 1).equals(shorter.substring(i)) ? i : -1;
  }

  /** One wrong character in the checksum itself. */
  private int inChecksum() {
    int position = 0;
    for (int i = 0; i < CHECKSUM; i++) {
      if ((difference >> 5 * (CHECKSUM - 1 - i) & 31) != 0) {
        if (position != 0) {
          return 0;
        }
        position = body.length() + 2 + i;
      }
    }
    return position;
  }

  private int replaced() {
    for (int i = 0; i < body.length(); i++) {
      if (replacedAt(i)) {
        return i + 1;
      }
    }
    return 0;
  }

  /** Whether another character at this place would make the checksum fit. */
  private boolean replacedAt(int place) {
    int is = DescriptorChecksum.INPUT.indexOf(body.charAt(place));
    int weight = weight(place);
    int sum = groupValue(place);
    int others = sum - weight * (is >> 5);
    for (int other = 0; other < DescriptorChecksum.INPUT.length(); other++) {
      long change =
          effect(low(place), (is ^ other) & 31)
              ^ effect(group(place), sum ^ (others + weight * (other >> 5)));
      if (change == difference && other != is) {
        return true;
      }
    }
    return false;
  }

  private int swapped() {
    long is = DescriptorChecksum.remainder(body);
    for (int i = 0; i + 1 < body.length(); i++) {
      if (body.charAt(i) != body.charAt(i + 1)) {
        String right = swap(body, i);
        if ((DescriptorChecksum.remainder(right) ^ is) == difference) {
          return i + 1;
        }
      }
    }
    return 0;
  }

  private static String swap(String text, int i) {
    return text.substring(0, i) + text.charAt(i + 1) + text.charAt(i) + text.substring(i + 2);
  }

  /** One character too many, or one missing. */
  private static int lengthMistake(String body, long claimed) {
    for (int i = 0; i < body.length(); i++) {
      String shorter = body.substring(0, i) + body.substring(i + 1);
      if (DescriptorChecksum.remainder(shorter) == claimed) {
        return i + 1;
      }
    }
    long[][] effects = effects(body.length() + 1);
    for (int i = 0; i <= body.length(); i++) {
      String longer = body.substring(0, i) + "0" + body.substring(i);
      DescriptorMistake with = new DescriptorMistake(longer, claimed, effects);
      if (with.difference == 0 || with.replacedAt(i)) {
        return i + 1;
      }
    }
    return 0;
  }

  /** The index of the symbol that a character itself is. */
  private static int low(int place) {
    return place + place / 3;
  }

  /** The index of the symbol that holds the classes of a character and its neighbours. */
  private int group(int place) {
    int last = Math.min(body.length() - 1, place - place % 3 + 2);
    return low(last) + 1;
  }

  /** What the class of a character counts in its group: 9, 3 or 1; less in a short last group. */
  private int weight(int place) {
    int last = Math.min(body.length() - 1, place - place % 3 + 2);
    int weight = 1;
    for (int i = place; i < last; i++) {
      weight *= 3;
    }
    return weight;
  }

  private int groupValue(int place) {
    int value = 0;
    int first = place - place % 3;
    for (int i = first; i < body.length() && i < first + 3; i++) {
      value = value * 3 + (DescriptorChecksum.INPUT.indexOf(body.charAt(i)) >> 5);
    }
    return value;
  }

  private long effect(int symbol, int change) {
    long sum = 0;
    for (int bit = 0; bit < 5; bit++) {
      if ((change >> bit & 1) != 0) {
        sum ^= effects[symbol][bit];
      }
    }
    return sum;
  }

  private static void advance(long[] effect) {
    for (int bit = 0; bit < 5; bit++) {
      effect[bit] = DescriptorChecksum.step(effect[bit], 0);
    }
  }
}
