package org.trefoil.core.ur;

import java.util.ArrayList;
import java.util.List;

/**
 * Which fragments of a message a part is made of (BCR-2020-005): the first parts are the fragments
 * themselves, each later one is some of them, one over the other. How many, is drawn with odds of 1
 * : ½ : ⅓ …, by Walker's and Vose's alias method; which ones, by a shuffle.
 */
final class Mixture {
  private final int count;
  private final double[] odds;
  private final int[] alias;

  /** For messages of this many fragments. */
  Mixture(int count) {
    this.count = count;
    this.odds = new double[count];
    this.alias = new int[count];
    double sum = 0;
    for (int i = 0; i < count; i++) {
      odds[i] = 1.0 / (i + 1);
      sum += odds[i];
    }
    List<Integer> small = new ArrayList<>();
    List<Integer> large = new ArrayList<>();
    double[] share = new double[count];
    for (int i = count - 1; i >= 0; i--) {
      share[i] = odds[i] / sum * count;
      (share[i] < 1 ? small : large).add(i);
    }
    while (!small.isEmpty() && !large.isEmpty()) {
      int a = small.remove(small.size() - 1);
      int g = large.remove(large.size() - 1);
      odds[a] = share[a];
      alias[a] = g;
      share[g] += share[a] - 1;
      (share[g] < 1 ? small : large).add(g);
    }
    for (int i : small) {
      odds[i] = 1;
    }
    for (int i : large) {
      odds[i] = 1;
    }
  }

  /** How many fragments a mixed part has. */
  int degree(Xoshiro random) {
    double first = random.fraction();
    double second = random.fraction();
    int i = Math.min(count - 1, (int) (count * first));
    return 1 + (second < odds[i] ? i : alias[i]);
  }

  /**
   * The fragments of a part.
   *
   * @param number of the part, from 1
   * @param checksum of the whole message
   */
  List<Integer> of(long number, int checksum) {
    if (number <= count) {
      return List.of((int) number - 1);
    }
    byte[] seed = new byte[8];
    for (int i = 0; i < 4; i++) {
      seed[i] = (byte) (number >> 24 - 8 * i);
      seed[4 + i] = (byte) (checksum >> 24 - 8 * i);
    }
    Xoshiro random = new Xoshiro(seed);
    return drawn(degree(random), random);
  }

  /** The first so many of a shuffle. */
  private List<Integer> drawn(int degree, Xoshiro random) {
    List<Integer> left = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      left.add(i);
    }
    List<Integer> drawn = new ArrayList<>(degree);
    while (drawn.size() < degree) {
      drawn.add(left.remove(random.below(left.size())));
    }
    return drawn;
  }
}
