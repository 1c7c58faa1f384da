package org.trefoil.custody.scan;

import java.util.ArrayList;
import java.util.List;

/**
 * The middle of one of the three squares by which a code is found: dark, light, three times dark,
 * light, dark, in whatever direction it is crossed.
 */
final class Finder {
  private static final int MOST = 24;
  private static final int ROUNDS = 20;

  private double x;
  private double y;
  private double module;
  private double area;
  private int seen = 1;

  private Finder(double x, double y, double module, double area) {
    this.x = x;
    this.y = y;
    this.module = module;
    this.area = area;
  }

  double x() {
    return x;
  }

  double y() {
    return y;
  }

  /** The size of a module along a row of pixels: larger than the module's where it is turned. */
  double module() {
    return module;
  }

  /**
   * How far away the square is, in a unit of its own: a plane that is seen at a slant is smaller by
   * its distance across and by the distance's square along the slant.
   */
  double depth() {
    double root = module;
    for (int i = 0; i < ROUNDS; i++) {
      root -= (root * root * root - area) / (3 * root * root); // Newton's cube root of the area
    }
    return 1 / root;
  }

  double distance(Finder other) {
    return Math.sqrt((x - other.x) * (x - other.x) + (y - other.y) * (y - other.y));
  }

  /** All that are crossed by more than one row, those crossed most often first. */
  static List<Finder> in(DarkPicture picture) {
    List<Finder> all = new ArrayList<>();
    int[] runs = new int[5];
    for (int y = 0; y < picture.height(); y++) {
      int known = 0;
      int from = 0;
      for (int x = 1; x <= picture.width(); x++) {
        if (x < picture.width() && picture.dark(x, y) == picture.dark(x - 1, y)) {
          continue;
        }
        System.arraycopy(runs, 1, runs, 0, 4);
        runs[4] = x - from;
        from = x;
        known++;
        if (known >= 5 && picture.dark(x - 1, y) && isSquare(runs)) {
          take(picture, x - runs[4] - runs[3] - runs[2] / 2.0, y, all);
        }
      }
    }
    List<Finder> found = new ArrayList<>();
    for (Finder each : all) {
      int at = found.size();
      while (at > 0 && found.get(at - 1).seen < each.seen) {
        at--;
      }
      if (each.seen > 1) {
        found.add(at, each);
      }
    }
    return found.size() > MOST ? found.subList(0, MOST) : found;
  }

  /** Crosses the place upright and then level again; what stands both is a square. */
  private static void take(DarkPicture picture, double x, int row, List<Finder> all) {
    int[] runs = new int[5];
    double y = crossed(picture, (int) x, row, 0, 1, runs);
    if (Double.isNaN(y)) {
      return;
    }
    double height = sum(runs);
    double again = crossed(picture, (int) x, (int) y, 1, 0, runs);
    double width = sum(runs);
    if (Double.isNaN(again) || height > 2 * width || width > 2 * height) {
      return;
    }
    double module = width / 7;
    for (Finder known : all) {
      boolean near = Math.abs(known.x - again) < 2 * module && Math.abs(known.y - y) < 2 * module;
      if (near && known.module < 1.5 * module && module < 1.5 * known.module) {
        known.x = (known.x * known.seen + again) / (known.seen + 1);
        known.y = (known.y * known.seen + y) / (known.seen + 1);
        known.module = (known.module * known.seen + module) / (known.seen + 1);
        known.area = (known.area * known.seen + width * height) / (known.seen + 1);
        known.seen++;
        return;
      }
    }
    all.add(new Finder(again, y, module, width * height));
  }

  /**
   * Walks from a dark pixel both ways and fills in the five runs; the middle of the third along the
   * way, or NaN when they are not those of a square.
   */
  private static double crossed(DarkPicture picture, int x, int y, int dx, int dy, int[] runs) {
    int forward = walk(picture, x, y, dx, dy, runs, 1);
    int back = walk(picture, x - dx, y - dy, -dx, -dy, runs, -1);
    if (forward < 0 || back < 0) {
      return Double.NaN;
    }
    runs[2] = forward + back;
    int start = dx == 0 ? y : x;
    return isSquare(runs) ? start + (forward - back) / 2.0 : Double.NaN;
  }

  /** The run in the middle, and the two behind it into their places; -1 at the picture's edge. */
  private static int walk(DarkPicture picture, int x, int y, int dx, int dy, int[] runs, int side) {
    int middle = 0;
    int at = 0;
    for (int run = 0; run < 3; run++) {
      int length = 0;
      boolean dark = run != 1;
      while (picture.dark(x + at * dx, y + at * dy) == dark) {
        int px = x + at * dx;
        int py = y + at * dy;
        if (px < 0 || py < 0 || px >= picture.width() || py >= picture.height()) {
          return -1;
        }
        at++;
        length++;
      }
      if (run == 0) {
        middle = length;
      } else {
        runs[2 + side * run] = length;
      }
    }
    return middle;
  }

  private static int sum(int[] runs) {
    return runs[0] + runs[1] + runs[2] + runs[3] + runs[4];
  }

  private static boolean isSquare(int[] runs) {
    double module = sum(runs) / 7.0;
    double off = module * 0.6;
    return module >= 1
        && Math.abs(runs[0] - module) < off
        && Math.abs(runs[1] - module) < off
        && Math.abs(runs[2] - 3 * module) < 3 * off
        && Math.abs(runs[3] - module) < off
        && Math.abs(runs[4] - module) < off;
  }
}
