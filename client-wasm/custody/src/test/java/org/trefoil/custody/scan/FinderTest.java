package org.trefoil.custody.scan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The squares in the corners of codes: which are seen, where, and how large. */
class FinderTest {
  private static final int SIDE = 160;

  private final byte[] grey = new byte[SIDE * SIDE];

  FinderTest() {
    Arrays.fill(grey, (byte) 220);
  }

  /** Rings around a middle, as far as these distances in turn: dark, light, dark. */
  private void rings(double x, double y, double degrees, double... ends) {
    double cos = Math.cos(Math.toRadians(degrees));
    double sin = Math.sin(Math.toRadians(degrees));
    for (int row = 0; row < SIDE; row++) {
      for (int column = 0; column < SIDE; column++) {
        double dx = column + 0.5 - x;
        double dy = row + 0.5 - y;
        double away = Math.max(Math.abs(dx * cos + dy * sin), Math.abs(dy * cos - dx * sin));
        int ring = 0;
        while (ring < ends.length && away > ends[ring]) {
          ring++;
        }
        if (ring < ends.length) {
          grey[row * SIDE + column] = (byte) (ring % 2 == 0 ? 10 : 220);
        }
      }
    }
  }

  private void square(double x, double y, double module, double degrees) {
    rings(x, y, degrees, 1.5 * module, 2.5 * module, 3.5 * module);
  }

  private List<Finder> seen() {
    return Finder.in(new DarkPicture(new GreyPicture(SIDE, SIDE, grey), 60));
  }

  @ParameterizedTest
  @CsvSource({
    "80,80,2,0",
    "31,100,3,0",
    "80,60,5,20",
    "100,90,4,45",
    "70.5,70.5,7,90",
    "60,61,9,-30"
  })
  void aSquareIsSeenWithItsMiddleAndItsSize(double x, double y, double module, double degrees) {
    square(x, y, module, degrees);
    List<Finder> seen = seen();
    assertThat(seen).hasSize(1);
    Finder only = seen.get(0);
    assertThat(only.x()).isCloseTo(x, within(0.75));
    assertThat(only.y()).isCloseTo(y, within(0.75));
    // Turned, a row of pixels crosses it in a longer way.
    double turned = Math.toRadians(Math.abs(degrees) % 90);
    double longer = 1 / Math.max(Math.cos(turned), Math.sin(turned));
    assertThat(only.module()).isCloseTo(module * longer, within(0.12 * module + 0.2));
    // As far away as its side is small.
    assertThat(only.depth())
        .isCloseTo(1 / Math.cbrt(49 * only.module() * only.module()), within(0.01));
  }

  @Test
  void squaresThatTouchThePicturesEdgeAreSeenAndThoseThatItCutsAreNot() {
    double[][] places = {{17.5, 80}, {80, 17.5}, {SIDE - 17.5, 80}, {80, SIDE - 17.5}};
    for (double[] place : places) {
      square(place[0], place[1], 5, 0);
    }
    assertThat(seen()).hasSize(4);
    for (double[] cut : new double[][] {{10, 80}, {80, 10}, {SIDE - 10, 80}, {80, SIDE - 10}}) {
      Arrays.fill(grey, (byte) 220);
      square(cut[0], cut[1], 5, 0);
      assertThat(seen()).isEmpty();
    }
  }

  @Test
  void otherRingsAreNoSquares() {
    double[][] others = {
      {5, 8, 18}, {4, 15, 20}, {8, 9, 18}, {8, 17, 18}, {3, 12, 21}, {15, 18, 21}, {15}, {3, 5}
    };
    for (double[] ends : others) {
      Arrays.fill(grey, (byte) 220);
      rings(80, 80, 0, ends);
      assertThat(seen()).as(Arrays.toString(ends)).isEmpty();
    }
  }

  @Test
  void ringsThatAreTwiceAsWideAsHighAreNoSquare() {
    for (int[] stretched : new int[][] {{3, 1}, {1, 3}}) {
      Arrays.fill(grey, (byte) 220);
      for (int row = 0; row < SIDE; row++) {
        for (int column = 0; column < SIDE; column++) {
          double dx = Math.abs(column + 0.5 - 80) / stretched[0];
          double dy = Math.abs(row + 0.5 - 80) / stretched[1];
          double away = Math.max(dx, dy);
          if (away < 4.5 || (away > 7.5 && away < 10.5)) {
            grey[row * SIDE + column] = 10;
          }
        }
      }
      assertThat(seen()).isEmpty();
    }
  }

  @Test
  void ofManySquaresTheTwentyFourThatAreCrossedMostOftenAreKeptTheLargestFirst() {
    for (int i = 0; i < 36; i++) {
      square(14 + 25 * (i % 6), 14 + 25 * (i / 6), i == 20 ? 3 : i % 2 == 0 ? 2 : 1.5, 0);
    }
    List<Finder> seen = seen();
    assertThat(seen).hasSize(24);
    assertThat(seen.get(0).x()).isCloseTo(64, within(1.0));
    assertThat(seen.get(0).y()).isCloseTo(89, within(1.0));
    assertThat(seen.get(0).module()).isCloseTo(3, within(0.2));
    assertThat(seen.subList(0, 18)).allMatch(each -> each.module() > 1.8);
  }

  @Test
  void twoSquaresAreAsFarApartAsTheirMiddles() {
    square(40, 50, 4, 0);
    square(100, 130, 4, 0);
    List<Finder> seen = seen();
    assertThat(seen).hasSize(2);
    assertThat(seen.get(0).distance(seen.get(1))).isCloseTo(100, within(1.0));
    assertThat(seen.get(0).distance(seen.get(0))).isZero();
  }
}
