package org.trefoil.custody.scan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the correction of a block mends, and what it says of the rest. */
class ReedSolomonTest {
  /** ISO 18004, annex I: "01234567" as version 1-M, 16 codewords of data and 10 of correction. */
  private static final int[] STANDARDS = {
    0x10, 0x20, 0x0c, 0x56, 0x61, 0x80, 0xec, 0x11, 0xec, 0x11, 0xec, 0x11, 0xec, 0x11, 0xec, 0x11,
    0xa5, 0x24, 0xd4, 0xc1, 0xed, 0x36, 0xc7, 0x87, 0x2c, 0x55
  };

  private final ReedSolomon code = new ReedSolomon();

  @Test
  void theStandardsOwnBlockIsRightAndComesBackFromAnyCodewordThatIsWrong() {
    int[] right = STANDARDS.clone();
    assertThat(code.correct(right, 10)).isTrue();
    assertThat(right).isEqualTo(STANDARDS);
    for (int place = 0; place < STANDARDS.length; place++) {
      for (int flip : new int[] {1, 2, 0x80, 0xff, 0x1d}) {
        int[] bent = STANDARDS.clone();
        bent[place] ^= flip;
        assertThat(code.correct(bent, 10)).isTrue();
        assertThat(bent).isEqualTo(STANDARDS);
      }
    }
  }

  /** All lengths of correction that ISO 18004 has, with blocks as long as its longest. */
  @ParameterizedTest
  @ValueSource(ints = {7, 10, 13, 15, 16, 17, 18, 20, 22, 24, 26, 28, 30})
  void halfAsManyAsAreForCorrectionAreMended(int check) {
    Random random = new Random(check);
    for (int data : new int[] {9, 46, 153 - check}) {
      int[] right = encoded(random, data, check);
      for (int errors = 0; errors <= check / 2; errors++) {
        int[] bent = bent(right, errors, random);
        assertThat(code.correct(bent, check)).as(errors + " of " + right.length).isTrue();
        assertThat(bent).isEqualTo(right);
      }
    }
  }

  /** For fewer codewords of correction one block in a few thousand would be mended to another. */
  @ParameterizedTest
  @ValueSource(ints = {16, 17, 18, 20, 22, 24, 26, 28, 30})
  void oneMoreIsRefused(int check) {
    Random random = new Random(check);
    for (int errors : new int[] {check / 2 + 1, check / 2 + 2, check, check + 1}) {
      int[] right = encoded(random, 60, check);
      assertThat(code.correct(bent(right, errors, random), check)).isFalse();
    }
  }

  @ParameterizedTest
  @CsvSource({"2,1", "4,2", "7,3", "10,5"})
  void whatIsMendedIsACodewordAlways(int check, int most) {
    Random random = new Random(check);
    int refused = 0;
    for (int i = 0; i < 200; i++) {
      int[] bent = bent(encoded(random, 20, check), most + 1, random);
      int[] before = bent.clone();
      if (code.correct(bent, check)) {
        assertThat(Arrays.equals(bent, encoded(bent, 20, check))).isTrue();
        int changed = 0;
        for (int k = 0; k < bent.length; k++) {
          changed += bent[k] == before[k] ? 0 : 1;
        }
        assertThat(changed).isBetween(1, most);
      } else {
        refused++;
      }
    }
    assertThat(refused).isGreaterThan(20);
  }

  private static int[] bent(int[] right, int errors, Random random) {
    int[] bent = right.clone();
    for (int left = errors; left > 0; ) {
      int place = random.nextInt(bent.length);
      if (bent[place] == right[place]) {
        bent[place] ^= 1 + random.nextInt(255);
        left--;
      }
    }
    return bent;
  }

  private static int[] encoded(Random random, int data, int check) {
    int[] block = new int[data + check];
    for (int i = 0; i < data; i++) {
      block[i] = random.nextInt(256);
    }
    return encoded(block, data, check);
  }

  /** The rest of a long division, without tables: (x - α⁰) (x - α¹) … divide every block. */
  private static int[] encoded(int[] block, int data, int check) {
    int[] generator = {1};
    int root = 1;
    for (int i = 0; i < check; i++) {
      int[] next = Arrays.copyOf(generator, i + 2);
      for (int k = 0; k <= i; k++) {
        next[k + 1] ^= times(generator[k], root);
      }
      generator = next;
      root = times(root, 2);
    }
    int[] rest = Arrays.copyOf(block, data + check);
    Arrays.fill(rest, data, data + check, 0);
    for (int i = 0; i < data; i++) {
      int lead = rest[i];
      for (int k = 0; k <= check; k++) {
        rest[i + k] ^= times(generator[k], lead);
      }
    }
    System.arraycopy(block, 0, rest, 0, data);
    return rest;
  }

  /** In GF(256), bit by bit. */
  private static int times(int a, int b) {
    int product = 0;
    for (int bit = 7; bit >= 0; bit--) {
      product = product << 1 ^ (product >> 7) * 0x11d ^ (b >> bit & 1) * a;
    }
    return product;
  }
}
