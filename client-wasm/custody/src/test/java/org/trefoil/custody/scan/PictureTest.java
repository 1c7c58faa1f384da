package org.trefoil.custody.scan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Pictures in grey and in black and white, and planes that are seen in them. */
class PictureTest {
  private static GreyPicture random(int width, int height, int seed) {
    byte[] grey = new byte[width * height];
    new Random(seed).nextBytes(grey);
    return new GreyPicture(width, height, grey);
  }

  @Test
  void aPictureHasAsManyPixelsAsItsSides() {
    for (int[] wrong : new int[][] {{0, 5, 0}, {5, 0, 0}, {-1, -4, 4}, {2, 3, 5}, {2, 3, 7}}) {
      assertThatThrownBy(() -> new GreyPicture(wrong[0], wrong[1], new byte[wrong[2]]))
          .isInstanceOf(IllegalArgumentException.class);
    }
    GreyPicture picture = new GreyPicture(3, 2, new byte[] {0, 1, 127, (byte) 128, -1, 5});
    assertThat(picture.longestSide()).isEqualTo(3);
    assertThat(new GreyPicture(1, 4, new byte[4]).longestSide()).isEqualTo(4);
    assertThat(picture.grey(0, 1)).isEqualTo(128);
    assertThat(picture.grey(1, 1)).isEqualTo(255);
    assertThat(picture.grey(2, 0)).isEqualTo(127);
  }

  @Test
  void ofAPictureThatIsHalvedEachPixelIsTheMeanOfFour() {
    GreyPicture picture = random(9, 6, 1);
    GreyPicture half = picture.halved();
    assertThat(new int[] {half.width(), half.height()}).containsExactly(4, 3);
    for (int y = 0; y < 3; y++) {
      for (int x = 0; x < 4; x++) {
        int sum = 0;
        for (int i = 0; i < 4; i++) {
          sum += picture.grey(2 * x + i % 2, 2 * y + i / 2);
        }
        assertThat(half.grey(x, y)).isEqualTo(sum / 4);
      }
    }
    GreyPicture line = new GreyPicture(1, 3, new byte[] {10, 20, 60}).halved();
    assertThat(new int[] {line.width(), line.height(), line.grey(0, 0)}).containsExactly(1, 1, 15);
    GreyPicture row = new GreyPicture(3, 1, new byte[] {10, 20, 60}).halved();
    assertThat(new int[] {row.width(), row.height(), row.grey(0, 0)}).containsExactly(1, 1, 15);
  }

  @Test
  void aPixelIsDarkWhenItIsDarkerThanTheSquareAroundItByMoreThanSixPercent() {
    for (int[] size : new int[][] {{17, 11, 2}, {6, 13, 3}, {5, 4, 9}, {8, 8, 0}}) {
      GreyPicture picture = random(size[0], size[1], 2);
      DarkPicture dark = new DarkPicture(picture, size[2]);
      for (int y = 0; y < size[1]; y++) {
        for (int x = 0; x < size[0]; x++) {
          assertThat(dark.dark(x, y))
              .isEqualTo(100 * picture.grey(x, y) < 94 * mean(picture, x, y, size[2]));
        }
      }
    }
    // A mean of exactly 100: 94 is not darker by more than six percent, 93 is, and makes it 99.
    byte[] grey = {94, 106};
    assertThat(new DarkPicture(new GreyPicture(2, 1, grey), 5).dark(0, 0)).isFalse();
    grey[0] = 93;
    assertThat(new DarkPicture(new GreyPicture(2, 1, grey), 5).dark(0, 0)).isTrue();
    assertThat(new DarkPicture(new GreyPicture(2, 1, grey), 5).dark(1, 0)).isFalse();
  }

  private static int mean(GreyPicture picture, int x, int y, int radius) {
    int sum = 0;
    int count = 0;
    for (int row = 0; row < picture.height(); row++) {
      for (int column = 0; column < picture.width(); column++) {
        if (Math.abs(row - y) <= radius && Math.abs(column - x) <= radius) {
          sum += picture.grey(column, row);
          count++;
        }
      }
    }
    return sum / count;
  }

  @Test
  void outsideOfAPictureAllIsLightAndPlacesBetweenPixelsAreRoundedDown() {
    byte[] grey = new byte[7 * 7];
    Arrays.fill(grey, (byte) 200);
    grey[0] = 0;
    grey[48] = 0;
    DarkPicture picture = new DarkPicture(new GreyPicture(7, 7, grey), 3);
    assertThat(picture.dark(0, 0)).isTrue();
    assertThat(picture.dark(6, 6)).isTrue();
    for (int[] outside : new int[][] {{-1, 0}, {0, -1}, {7, 6}, {6, 7}, {7, 0}, {-7, 1}, {49, 0}}) {
      assertThat(picture.dark(outside[0], outside[1])).isFalse();
    }
    assertThat(picture.dark(6.0, 6.99)).isTrue();
    assertThat(picture.dark(0.99, 0.99)).isTrue();
    assertThat(picture.dark(-0.01, 0.5)).isFalse();
    assertThat(picture.dark(0.5, 1.0)).isFalse();
  }

  @Test
  void aPlaneGoesThroughItsFourPointsAndKeepsLinesStraight() {
    double[] u = {3.5, 21.5, 3.5, 18.5};
    double[] v = {3.5, 3.5, 21.5, 18.5};
    double[] x = {40, 198, 52, 160};
    double[] y = {33, 60, 177, 171};
    Grid plane = new Grid(u, v, x, y);
    for (int i = 0; i < 4; i++) {
      assertThat(plane.x(u[i], v[i])).isCloseTo(x[i], within(1e-9));
      assertThat(plane.y(u[i], v[i])).isCloseTo(y[i], within(1e-9));
    }
    double[][] lines = {{0, 0, 10, 10, 25, 25}, {2, 20, 7, 15, 20, 2}, {5, 1, 5, 9, 5, 30}};
    for (double[] line : lines) {
      double ax = plane.x(line[2], line[3]) - plane.x(line[0], line[1]);
      double ay = plane.y(line[2], line[3]) - plane.y(line[0], line[1]);
      double bx = plane.x(line[4], line[5]) - plane.x(line[0], line[1]);
      double by = plane.y(line[4], line[5]) - plane.y(line[0], line[1]);
      assertThat(ax * by - ay * bx).isCloseTo(0, within(1e-6));
      assertThat(Math.hypot(ax, ay)).isGreaterThan(1);
    }
  }

  @Test
  void aPlaneThatIsSeenFromStraightAboveIsTurnedAndEnlargedOnly() {
    // Turned by a right angle, four times as large, moved: u runs down, v runs to the left.
    Grid plane =
        new Grid(
            new double[] {0, 10, 0, 10},
            new double[] {0, 0, 10, 10},
            new double[] {100, 100, 60, 60},
            new double[] {7, 47, 7, 47});
    for (int i = -3; i < 20; i++) {
      assertThat(plane.x(i, 2 * i)).isCloseTo(100 - 8 * i, within(1e-9));
      assertThat(plane.y(i, 2 * i)).isCloseTo(7 + 4 * i, within(1e-9));
    }
    byte[] grey = new byte[120 * 60];
    Arrays.fill(grey, (byte) 200);
    // The middle of the module in column 2 and row 3: 2.5 down, 3.5 to the left.
    grey[17 * 120 + 86] = 0;
    DarkPicture picture = new DarkPicture(new GreyPicture(120, 60, grey), 20);
    assertThat(plane.dark(picture, 2, 3)).isTrue();
    assertThat(plane.dark(picture, 3, 2)).isFalse();
    assertThat(plane.dark(picture, 2, 2)).isFalse();
  }
}
