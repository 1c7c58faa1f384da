package org.trefoil.custody.scan;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Corrects the codewords of one block: Reed-Solomon over GF(256) with the polynomial 0x11d and the
 * roots α⁰, α¹, … (ISO 18004), by Berlekamp and Massey, Chien and Forney.
 */
final class ReedSolomon {
  private static final int POLYNOMIAL = 0x11d;

  private final int[] powers = new int[512];
  private final int[] logs = new int[256];

  ReedSolomon() {
    int value = 1;
    for (int i = 0; i < 255; i++) {
      powers[i] = value;
      powers[i + 255] = value;
      logs[value] = i;
      value = value << 1 ^ (value > 127 ? POLYNOMIAL : 0);
    }
  }

  /** Corrects up to half as many codewords as the last {@code check} are; false when it cannot. */
  boolean correct(int[] block, int check) {
    int[] syndromes = syndromes(block, check);
    if (syndromes == null) {
      return true;
    }
    int[] locator = locator(syndromes);
    int degree = locator.length - 1;
    int[] evaluator = new int[check];
    for (int i = 0; i < check; i++) {
      for (int k = 0; k <= Math.min(i, degree); k++) {
        evaluator[i] ^= times(locator[k], syndromes[i - k]);
      }
    }
    int found = 0;
    for (int i = 0; i < block.length; i++) {
      int power = block.length - 1 - i;
      int inverse = (255 - power % 255) % 255;
      if (at(locator, inverse) == 0) {
        int slope = 0;
        for (int k = 1; k <= degree; k += 2) {
          slope ^= times(locator[k], powers[inverse * (k - 1) % 255]);
        }
        if (slope == 0) {
          return false;
        }
        int amount = times(at(evaluator, inverse), powers[255 - logs[slope]]);
        block[i] ^= times(amount, powers[power % 255]);
        found++;
      }
    }
    return found == degree && 2 * degree <= check && syndromes(block, check) == null;
  }

  /** Null when all are zero: nothing is wrong. */
  private int @Nullable [] syndromes(int[] block, int check) {
    int[] out = new int[check];
    boolean wrong = false;
    for (int i = 0; i < check; i++) {
      int sum = 0;
      for (int word : block) {
        sum = times(sum, powers[i]) ^ word;
      }
      out[i] = sum;
      wrong |= sum != 0;
    }
    return wrong ? out : null;
  }

  /** The polynomial whose roots are the inverses of the places of the errors, lowest first. */
  private int[] locator(int[] syndromes) {
    int[] locator = {1};
    int[] before = {1};
    int errors = 0;
    int gap = 1;
    int last = 1;
    for (int n = 0; n < syndromes.length; n++) {
      int off = syndromes[n];
      for (int i = 1; i < locator.length && i <= n; i++) {
        off ^= times(locator[i], syndromes[n - i]);
      }
      if (off == 0) {
        gap++;
        continue;
      }
      int factor = times(off, powers[255 - logs[last]]);
      int[] next = Arrays.copyOf(locator, Math.max(locator.length, before.length + gap));
      for (int i = 0; i < before.length; i++) {
        next[i + gap] ^= times(factor, before[i]);
      }
      if (2 * errors <= n) {
        errors = n + 1 - errors;
        before = locator;
        last = off;
        gap = 1;
      } else {
        gap++;
      }
      locator = next;
    }
    int degree = locator.length - 1;
    while (degree > 0 && locator[degree] == 0) {
      degree--;
    }
    return Arrays.copyOf(locator, degree + 1);
  }

  /** A polynomial's value at α to the power of {@code log}. */
  private int at(int[] polynomial, int log) {
    int sum = 0;
    for (int i = polynomial.length - 1; i >= 0; i--) {
      sum = times(sum, powers[log]) ^ polynomial[i];
    }
    return sum;
  }

  private int times(int a, int b) {
    return a == 0 || b == 0 ? 0 : powers[logs[a] + logs[b]];
  }
}
