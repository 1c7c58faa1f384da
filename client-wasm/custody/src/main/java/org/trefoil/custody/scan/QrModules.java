package org.trefoil.custody.scan;

import org.jspecify.annotations.Nullable;

/**
 * The modules of one code, read as ISO 18004 lays them out: format, mask, codewords in their
 * zigzag, blocks with their correction.
 */
final class QrModules {
  private static final int FORMAT_MASK = 0x5412;
  private static final int FORMAT_GENERATOR = 0x537;
  private static final int MOST_FORMAT_ERRORS = 3;

  /** Check codewords a block, and blocks, of versions 1 to 40, plus 40: levels M, L, H, Q. */
  private static final String[] CHECKS = {
    "28B:@8:>>BF>>@@DDBBBBDDDDDDDDDDDDDDDDDDD",
    "/27<B:<@F:<@BF>@DFDDDDFFBDFFFFFFFFFFFFFF",
    "9D>8>DBB@D@D>@@FDDBDF@FFFFFFFFFFFFFFFFFF",
    "5>:B:@:><@DB@<F@DDBFDFFFFDFFFFFFFFFFFFFF"
  };

  private static final String[] BLOCKS = {
    ")))**,,,---01122356899:<=?ABDEGIKMNPSUWY",
    ")))))****,,,,,..../0011244456789:;;<=>@A",
    "))*,,,-.003388:8;=AAAJFHKMPRUX[^adgjnruy",
    "))**,,..000248498:=<??ACEJJKNPSUX[]`cfil"
  };

  private static final int ZERO = 40;

  private final boolean[] modules;
  private final int version;
  private final int side;
  private final boolean[] function;

  private QrModules(boolean[] modules, int version) {
    this.modules = modules;
    this.version = version;
    this.side = 17 + 4 * version;
    this.function = new boolean[side * side];
  }

  /**
   * The corrected data codewords; null when the modules are no readable code.
   *
   * @param modules row by row, {@code 17 + 4 * version} each way; dark is true
   */
  static byte @Nullable [] data(boolean[] modules, int version) {
    QrModules code = new QrModules(modules, version);
    int format = code.format();
    if (format < 0) {
      return null;
    }
    code.markFunctions();
    return code.corrected(code.codewords(format & 7), format >> 3);
  }

  private boolean dark(int x, int y) {
    return modules[y * side + x];
  }

  /** Level and mask, the nearest to either copy; -1 when both are too far off. */
  private int format() {
    int one = 0;
    int two = 0;
    for (int i = 0; i < 15; i++) {
      // From the left edge along row 8, around the corner and up column 8; row and column 6 are
      // timing.
      int x = i < 6 ? i : i == 6 ? 7 : 8;
      int y = i < 8 ? 8 : i == 8 ? 7 : 14 - i;
      one = one << 1 | (dark(x, y) ? 1 : 0);
      boolean set = i < 7 ? dark(8, side - 1 - i) : dark(side - 15 + i, 8);
      two = two << 1 | (set ? 1 : 0);
    }
    int best = -1;
    int least = MOST_FORMAT_ERRORS + 1;
    for (int data = 0; data < 32; data++) {
      int rest = data;
      for (int i = 0; i < 10; i++) {
        rest = rest << 1 ^ (rest >> 9) * FORMAT_GENERATOR;
      }
      int code = (data << 10 | rest) ^ FORMAT_MASK;
      int errors = Math.min(Integer.bitCount(code ^ one), Integer.bitCount(code ^ two));
      if (errors < least) {
        least = errors;
        best = data;
      }
    }
    return best;
  }

  private void markFunctions() {
    mark(0, 0, 9, 9);
    mark(side - 8, 0, 8, 9);
    mark(0, side - 8, 9, 8);
    mark(6, 0, 1, side);
    mark(0, 6, side, 1);
    int count = version == 1 ? 0 : version / 7 + 2;
    for (int i = 0; i < count; i++) {
      for (int k = 0; k < count; k++) {
        boolean finder = (i == 0 && (k == 0 || k == count - 1)) || (i == count - 1 && k == 0);
        if (!finder) {
          mark(alignment(i, count) - 2, alignment(k, count) - 2, 5, 5);
        }
      }
    }
    if (version >= 7) {
      mark(side - 11, 0, 3, 6);
      mark(0, side - 11, 6, 3);
    }
  }

  /** The middle of an alignment square: evenly from the far edge, the first at 6. */
  private int alignment(int number, int count) {
    int step = (version * 8 + count * 3 + 5) / (count * 4 - 4) * 2;
    return number == 0 ? 6 : side - 7 - (count - 1 - number) * step;
  }

  private void mark(int left, int top, int width, int height) {
    for (int y = top; y < top + height; y++) {
      for (int x = left; x < left + width; x++) {
        function[y * side + x] = true;
      }
    }
  }

  /** All codewords: columns in pairs from the right, up and down in turn. */
  private byte[] codewords(int mask) {
    int free = 0;
    for (boolean taken : function) {
      free += taken ? 0 : 1;
    }
    byte[] out = new byte[free / 8];
    int bits = 0;
    boolean up = true;
    for (int right = side - 1; right > 0; right -= 2) {
      if (right == 6) {
        right--;
      }
      for (int step = 0; step < side; step++) {
        int y = up ? side - 1 - step : step;
        for (int x = right; x >= right - 1; x--) {
          if (!function[y * side + x] && bits < out.length * 8) {
            if (dark(x, y) != masked(mask, x, y)) {
              out[bits >> 3] |= (byte) (0x80 >> (bits & 7));
            }
            bits++;
          }
        }
      }
      up = !up;
    }
    return out;
  }

  private static boolean masked(int mask, int x, int y) {
    return switch (mask) {
          case 0 -> (x + y) % 2;
          case 1 -> y % 2;
          case 2 -> x % 3;
          case 3 -> (x + y) % 3;
          case 4 -> (y / 2 + x / 3) % 2;
          case 5 -> x * y % 2 + x * y % 3;
          case 6 -> (x * y % 2 + x * y % 3) % 2;
          default -> ((x + y) % 2 + x * y % 3) % 2;
        }
        == 0;
  }

  /** The data of all blocks in order, after correction; null when a block cannot be corrected. */
  private byte @Nullable [] corrected(byte[] codewords, int level) {
    int check = CHECKS[level].charAt(version - 1) - ZERO;
    int count = BLOCKS[level].charAt(version - 1) - ZERO;
    int shorter = codewords.length / count - check;
    int firstLonger = count - codewords.length % count;
    int[][] parts = new int[count][];
    for (int b = 0; b < count; b++) {
      parts[b] = new int[shorter + (b < firstLonger ? 0 : 1) + check];
    }
    int at = 0;
    for (int i = 0; i <= shorter + check; i++) {
      for (int b = 0; b < count; b++) {
        // Data first, in which the shorter blocks skip the last turn; then the check codewords.
        boolean skipped = i == shorter && b < firstLonger;
        int place = i > shorter && b < firstLonger ? i - 1 : i;
        if (!skipped) {
          parts[b][place] = codewords[at++] & 255;
        }
      }
    }
    byte[] data = new byte[codewords.length - count * check];
    int to = 0;
    ReedSolomon code = new ReedSolomon();
    for (int[] part : parts) {
      if (!code.correct(part, check)) {
        return null;
      }
      for (int i = 0; i < part.length - check; i++) {
        data[to++] = (byte) part[i];
      }
    }
    return data;
  }
}
