package org.trefoil.custody.scan;

import static org.assertj.core.api.Assertions.assertThat;

import io.nayuki.qrcodegen.QrCode;
import io.nayuki.qrcodegen.QrSegment;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Codes of short texts in pictures that are small: each is read in a moment. */
class SmallPicturesTest {
  private static final String TEXT = "TREFOIL 2 OF 3";

  private static QrCode code(int version, String text) {
    return QrCode.encodeSegments(
        QrSegment.makeSegments(text), QrCode.Ecc.MEDIUM, version, version, 3, false);
  }

  private static Camera camera(int version, double scale, double degrees) {
    return new Camera(code(version, TEXT), scale, degrees, 0);
  }

  private static void isRead(Camera camera) {
    assertThat(QrReader.read(camera.picture())).containsExactly(TEXT);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 6, 7, 14})
  void aCodeIsReadHoweverItIsTurned(int version) {
    for (int degrees = version; degrees < 360; degrees += 23 + version) {
      isRead(camera(version, 3.5, degrees));
    }
  }

  @ParameterizedTest
  @CsvSource({"1,1.5", "1,40", "2,2", "4,13.3", "10,2.5", "25,2", "40,2", "40,3.7"})
  void aCodeIsReadInAnySizeThatShowsItsModules(int version, double scale) {
    isRead(camera(version, scale, 0));
  }

  @ParameterizedTest
  @CsvSource({"2,0,0.4", "2,90,-0.4", "7,30,0.35", "7,200,-0.35", "15,0,0.25", "15,100,0.25"})
  void aCodeIsReadFromASlant(int version, double degrees, double tilt) {
    isRead(camera(version, 4, degrees).tilted(tilt));
  }

  /** The three corners alone do not say exactly enough where the modules of so large a code lie. */
  @ParameterizedTest
  @CsvSource({
    "7,3.5,128,0.35",
    "14,4.5,297,0.2",
    "14,4,59,0.35",
    "22,3.5,294,-0.3",
    "22,3,332,-0.3",
    "22,3.5,233,-0.25",
    "30,4,58,0.3",
    "30,4,250,-0.3",
    "30,3.5,169,-0.2"
  })
  void aLargeCodeIsReadFromASlantByItsAlignmentSquare(
      int version, double scale, double degrees, double tilt) {
    isRead(camera(version, scale, degrees).tilted(tilt));
  }

  @ParameterizedTest
  @CsvSource({"3.2,73,0.3", "3.4,351,-0.2", "4.1,209,0.15", "3.9,58,0.2"})
  void theSmallestCodeHasNoneAndIsReadFromASlantByTheSizesOfItsCorners(
      double scale, double degrees, double tilt) {
    isRead(camera(1, scale, degrees).tilted(tilt));
  }

  /** A corner that is larger than the others would be nearer, if that were all that is known. */
  @ParameterizedTest
  @CsvSource({"4,2,0", "4,2,1", "4,2,2", "6,3,0", "6,3,1", "8,2,2"})
  void aCornerInWhichTheInkHasRunIsNoSlant(int scale, int run, int corner) {
    GreyPicture clean = camera(1, scale, 0).picture();
    int side = clean.width();
    byte[] grey = new byte[side * side];
    int left = side / 2 + (corner == 1 ? 7 : -21) * scale / 2 - run;
    int top = side / 2 + (corner == 2 ? 7 : -21) * scale / 2 - run;
    int width = 7 * scale + 2 * run;
    for (int i = 0; i < grey.length; i++) {
      int x = i % side - left;
      int y = i / side - top;
      boolean inside = x >= 0 && y >= 0 && x < width && y < width;
      boolean edge = x <= run || y <= run || x >= width - 1 - run || y >= width - 1 - run;
      grey[i] = (byte) (inside && edge ? 8 : clean.grey(i % side, i / side));
    }
    assertThat(QrReader.read(new GreyPicture(side, side, grey))).containsExactly(TEXT);
  }

  @ParameterizedTest
  @CsvSource({"14,120", "20,90", "20,120"})
  void grainThatHidesTheModulesIsEvenedOut(double scale, int noise) {
    isRead(new Camera(code(1, TEXT), scale, 0, noise));
  }

  @Test
  void whatIsTooSmallOnceAWidePictureWasHalvedIsReadAtItsOwnSize() {
    GreyPicture small = camera(1, 2.5, 0).picture();
    int wide = 1_601;
    byte[] grey = new byte[wide * small.height()];
    Arrays.fill(grey, (byte) 240);
    for (int y = 0; y < small.height(); y++) {
      for (int x = 0; x < small.width(); x++) {
        grey[y * wide + x + 800] = (byte) small.grey(x, y);
      }
    }
    GreyPicture picture = new GreyPicture(wide, small.height(), grey);
    assertThat(QrReader.read(picture.halved())).isEmpty();
    assertThat(QrReader.read(picture)).containsExactly(TEXT);
  }

  @Test
  void alignmentSquaresThatAreRuinedAreDoneWithout() {
    for (int seed = 0; seed < 6; seed++) {
      isRead(camera(9, 4, 15 * seed).blotted(new Random(seed), 6));
    }
  }

  @Test
  void nothingIsReadOfACodeWithoutOneOfItsCorners() {
    GreyPicture whole = camera(2, 4, 0).picture();
    int side = whole.width();
    for (int corner = 0; corner < 4; corner++) {
      byte[] grey = new byte[side * side];
      for (int i = 0; i < grey.length; i++) {
        boolean hidden = corner == (i % side < side / 2 ? 0 : 1) + (i / side < side / 2 ? 0 : 2);
        grey[i] = (byte) (hidden ? 240 : whole.grey(i % side, i / side));
      }
      assertThat(QrReader.read(new GreyPicture(side, side, grey))).isEmpty();
    }
  }

  @Test
  void nothingIsReadOfACodeWithoutItsTiming() {
    QrCode code = code(4, TEXT);
    int scale = 4;
    int side = (code.size + 8) * scale;
    byte[] grey = new byte[side * side];
    Arrays.fill(grey, (byte) 240);
    for (int y = 0; y < code.size * scale; y++) {
      for (int x = 0; x < code.size * scale; x++) {
        int column = x / scale;
        int row = y / scale;
        boolean timing = (column == 6 || row == 6) && column + row >= 14 && column + row < 31;
        if (!timing && code.getModule(column, row)) {
          grey[(y + 4 * scale) * side + x + 4 * scale] = 8;
        }
      }
    }
    assertThat(QrReader.read(new GreyPicture(side, side, grey))).isEmpty();
  }

  @Test
  void allCodesOfAPictureAreReadAndEachTextOnce() {
    GreyPicture one = new Camera(code(2, "ONE"), 4, 0, 0).picture();
    GreyPicture two = new Camera(code(3, "TWO"), 3, 90, 0).picture();
    GreyPicture three = new Camera(code(5, "THREE"), 5, 180, 0).picture();
    GreyPicture again = new Camera(code(1, "ONE"), 6, 0, 0).picture();
    GreyPicture all = Camera.below(Camera.below(one, two), Camera.below(three, again));
    assertThat(QrReader.read(all)).containsExactlyInAnyOrder("ONE", "TWO", "THREE");
  }

  @Test
  void whatIsPaleOrInTheDarkIsRead() {
    GreyPicture picture = camera(2, 4, 10).picture();
    int side = picture.width();
    for (int[] shades : new int[][] {{200, 160}, {60, 20}, {255, 0}}) {
      byte[] grey = new byte[side * side];
      for (int i = 0; i < grey.length; i++) {
        int light = picture.grey(i % side, i / side);
        grey[i] = (byte) (shades[1] + (shades[0] - shades[1]) * light / 255);
      }
      assertThat(QrReader.read(new GreyPicture(side, side, grey))).isEqualTo(List.of(TEXT));
    }
  }
}
