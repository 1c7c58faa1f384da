package org.trefoil.custody.scan;

import com.google.zxing.common.BitMatrix;
import com.google.zxing.common.reedsolomon.GenericGF;
import com.google.zxing.common.reedsolomon.ReedSolomonDecoder;
import com.google.zxing.common.reedsolomon.ReedSolomonException;
import com.google.zxing.qrcode.decoder.ErrorCorrectionLevel;
import com.google.zxing.qrcode.decoder.Version;
import org.jspecify.annotations.Nullable;

/**
 * The modules of one code, read as ISO 18004 lays them out: format, mask, codewords in their
 * zigzag, blocks with their Reed-Solomon correction.
 */
final class QrModules {
  private static final int FORMAT_MASK = 0x5412;
  private static final int FORMAT_GENERATOR = 0x537;
  private static final int MOST_FORMAT_ERRORS = 3;

  private final BitMatrix modules;
  private final int side;
  private final Version version;
  private final boolean[] function;

  private QrModules(BitMatrix modules) {
    this.modules = modules;
    this.side = modules.getWidth();
    this.version = Version.getVersionForNumber((side - 17) / 4);
    this.function = new boolean[side * side];
  }

  /** The corrected data codewords; null when the modules are no readable code. */
  static byte @Nullable [] data(BitMatrix modules) {
    int side = modules.getWidth();
    if (modules.getHeight() != side || side < 21 || side > 177 || side % 4 != 1) {
      return null;
    }
    QrModules code = new QrModules(modules);
    int format = code.format();
    if (format < 0) {
      return null;
    }
    code.markFunctions();
    return code.corrected(code.codewords(format & 7), ErrorCorrectionLevel.forBits(format >> 3));
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
      one = one << 1 | (modules.get(x, y) ? 1 : 0);
      boolean set = i < 7 ? modules.get(8, side - 1 - i) : modules.get(side - 15 + i, 8);
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
    int[] centres = version.getAlignmentPatternCenters();
    int last = centres.length - 1;
    for (int i = 0; i <= last; i++) {
      for (int k = 0; k <= last; k++) {
        boolean finder = (i == 0 && (k == 0 || k == last)) || (i == last && k == 0);
        if (!finder) {
          mark(centres[i] - 2, centres[k] - 2, 5, 5);
        }
      }
    }
    if (version.getVersionNumber() >= 7) {
      mark(side - 11, 0, 3, 6);
      mark(0, side - 11, 6, 3);
    }
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
    byte[] out = new byte[version.getTotalCodewords()];
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
            if (modules.get(x, y) != masked(mask, x, y)) {
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
  private byte @Nullable [] corrected(byte[] codewords, ErrorCorrectionLevel level) {
    Version.ECBlocks blocks = version.getECBlocksForLevel(level);
    int check = blocks.getECCodewordsPerBlock();
    int count = blocks.getNumBlocks();
    int[] lengths = new int[count];
    int n = 0;
    for (Version.ECB group : blocks.getECBlocks()) {
      for (int i = 0; i < group.getCount(); i++) {
        lengths[n++] = group.getDataCodewords();
      }
    }
    int longest = lengths[count - 1];
    int[][] parts = new int[count][];
    for (int b = 0; b < count; b++) {
      parts[b] = new int[lengths[b] + check];
    }
    int at = 0;
    for (int i = 0; i < longest + check; i++) {
      for (int b = 0; b < count; b++) {
        // Data first, in which the shorter blocks skip the last turn; then the check codewords.
        int place = i < longest ? i : lengths[b] + i - longest;
        if (i >= longest || i < lengths[b]) {
          parts[b][place] = codewords[at++] & 255;
        }
      }
    }
    byte[] data = new byte[version.getTotalCodewords() - count * check];
    int to = 0;
    ReedSolomonDecoder decoder = new ReedSolomonDecoder(GenericGF.QR_CODE_FIELD_256);
    for (int b = 0; b < count; b++) {
      try {
        decoder.decode(parts[b], check);
      } catch (ReedSolomonException e) {
        return null;
      }
      for (int i = 0; i < lengths[b]; i++) {
        data[to++] = (byte) parts[b][i];
      }
    }
    return data;
  }
}
