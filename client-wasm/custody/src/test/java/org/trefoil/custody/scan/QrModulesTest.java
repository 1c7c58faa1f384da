package org.trefoil.custody.scan;

import static org.assertj.core.api.Assertions.assertThat;

import io.nayuki.qrcodegen.QrCode;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Codes of another's making, module by module: whole, and with what damage does to them. */
class QrModulesTest {
  private static boolean[] modules(QrCode code) {
    boolean[] modules = new boolean[code.size * code.size];
    for (int i = 0; i < modules.length; i++) {
      modules[i] = code.getModule(i % code.size, i / code.size);
    }
    return modules;
  }

  /** A code full of random codewords; its maker refuses another number of them than the right. */
  private static QrCode code(int version, QrCode.Ecc level, int mask, byte[] data) {
    new Random(version).nextBytes(data);
    return new QrCode(version, level, data, mask);
  }

  private static byte[] room(int version, QrCode.Ecc level) {
    QrCode empty = QrCode.encodeSegments(java.util.List.of(), level, version, version, 0, false);
    return new byte[Objects.requireNonNull(QrModules.data(modules(empty), version)).length];
  }

  @ParameterizedTest
  @EnumSource
  void everyVersionAtEveryLevelGivesItsCodewords(QrCode.Ecc level) {
    for (int version = 1; version <= 40; version++) {
      byte[] data = room(version, level);
      QrCode code = code(version, level, (version + level.ordinal()) % 8, data);
      assertThat(QrModules.data(modules(code), version)).as(version + " " + level).isEqualTo(data);
    }
  }

  @ParameterizedTest
  @EnumSource
  void everyMaskIsTakenOff(QrCode.Ecc level) {
    for (int version : new int[] {1, 2, 7}) {
      byte[] data = room(version, level);
      for (int mask = 0; mask < 8; mask++) {
        QrCode code = code(version, level, mask, data);
        assertThat(QrModules.data(modules(code), version)).isEqualTo(data);
      }
    }
  }

  /** The places of the format's bits, the highest first: around a corner, and by the two others. */
  private static int[][] format(int side) {
    int[][] places = new int[30][];
    for (int i = 0; i < 15; i++) {
      int[] near = {0, 1, 2, 3, 4, 5, 7, 8};
      places[i] = i < 8 ? new int[] {near[i], 8} : new int[] {8, near[14 - i]};
      places[15 + i] = i < 7 ? new int[] {8, side - 1 - i} : new int[] {side - 15 + i, 8};
    }
    return places;
  }

  private static void flip(boolean[] modules, int side, int[] place) {
    modules[place[1] * side + place[0]] ^= true;
  }

  @ParameterizedTest
  @CsvSource({"LOW,0", "MEDIUM,5", "QUARTILE,2", "HIGH,7"})
  void threeWrongBitsInBothCopiesOfTheFormatAreMended(QrCode.Ecc level, int mask) {
    byte[] data = room(1, level);
    boolean[] right = modules(code(1, level, mask, data));
    int[][] places = format(21);
    for (int a = 0; a < 15; a++) {
      for (int b = 0; b <= a; b++) {
        for (int c = 0; c <= b; c++) {
          boolean[] bent = right.clone();
          for (int copy = 0; copy < 30; copy += 15) {
            // Where two are the same they undo each other: one wrong bit or three.
            flip(bent, 21, places[copy + a]);
            flip(bent, 21, places[copy + b]);
            flip(bent, 21, places[copy + c]);
          }
          assertThat(QrModules.data(bent, 1)).isEqualTo(data);
        }
      }
    }
  }

  @Test
  void eitherCopyOfTheFormatIsEnoughAndWithoutBothNothingIsRead() {
    byte[] data = room(2, QrCode.Ecc.QUARTILE);
    boolean[] right = modules(code(2, QrCode.Ecc.QUARTILE, 3, data));
    int[][] places = format(25);
    boolean[] neither = right.clone();
    for (int copy = 0; copy < 30; copy += 15) {
      boolean[] one = right.clone();
      for (int i = copy; i < copy + 15; i++) {
        one[places[i][1] * 25 + places[i][0]] = false;
        neither[places[i][1] * 25 + places[i][0]] = false;
      }
      assertThat(QrModules.data(one, 2)).isEqualTo(data);
    }
    assertThat(QrModules.data(neither, 2)).isNull();
  }

  /** The first twelve codewords of version 1 lie in blocks of two by four, up and down in turn. */
  private static void ruin(boolean[] modules, int codeword) {
    int right = 20 - codeword / 3 * 2;
    int part = codeword % 3;
    int top = codeword / 3 % 2 == 0 ? 17 - 4 * part : 9 + 4 * part;
    for (int y = top; y < top + 4; y++) {
      flip(modules, 21, new int[] {right, y});
      flip(modules, 21, new int[] {right - 1, y});
    }
  }

  @ParameterizedTest
  @CsvSource({"LOW,3", "MEDIUM,5", "QUARTILE,6", "HIGH,8"})
  void asManyCodewordsAsTheLevelSaysMayBeRuinedAndNoneMore(QrCode.Ecc level, int most) {
    byte[] data = room(1, level);
    for (int first = 0; first <= 12 - most; first++) {
      boolean[] bent = modules(code(1, level, 6, data));
      for (int codeword = first; codeword < first + most; codeword++) {
        ruin(bent, codeword);
      }
      assertThat(QrModules.data(bent, 1)).isEqualTo(data);
      ruin(bent, first == 0 ? most : 0);
      assertThat(QrModules.data(bent, 1)).isNull();
    }
  }

  @Test
  void aCodeInWhichAnyOneModuleIsWrongIsRead() {
    // Four blocks of two lengths, an alignment square.
    byte[] data = room(5, QrCode.Ecc.QUARTILE);
    assertThat(data).hasSize(2 * 15 + 2 * 16);
    QrCode code = code(5, QrCode.Ecc.QUARTILE, 4, data);
    boolean[] modules = modules(code);
    for (int i = 0; i < modules.length; i++) {
      modules[i] ^= true;
      assertThat(QrModules.data(modules, 5)).isEqualTo(data);
      modules[i] ^= true;
    }
  }

  @Test
  void lightAloneAndDarkAloneAreNoCode() {
    boolean[] modules = new boolean[21 * 21];
    assertThat(QrModules.data(modules, 1)).isNull();
    java.util.Arrays.fill(modules, true);
    assertThat(QrModules.data(modules, 1)).isNull();
  }
}
