package org.trefoil.custody.scan;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds codes by three squares at right angles, guesses how many modules lie between them, and
 * keeps what can be read: a wrong guess has no timing pattern, or no codeword in it fits.
 */
final class QrFinder {
  /** How far apart two squares are at least and at most, in modules. */
  private static final double NEAREST = 10;

  private static final double FARTHEST = 200;

  private static final int MOST_TRIED = 16;

  /** Of the timing modules, in percent, as many must be right before the rest is read. */
  private static final int LEAST_TIMING = 80;

  private final DarkPicture picture;
  private final List<Corner> corners = new ArrayList<>();

  private QrFinder(DarkPicture picture) {
    this.picture = picture;
  }

  /** Three squares, and how far they are from a right angle with equal sides. */
  private record Corner(Finder corner, Finder right, Finder below, double off) {}

  /** The texts of the codes that can be read, each once. */
  static List<String> texts(DarkPicture picture) {
    QrFinder finder = new QrFinder(picture);
    finder.findCorners(Finder.in(picture));
    List<String> texts = new ArrayList<>();
    List<Finder> used = new ArrayList<>();
    int tried = 0;
    for (Corner each : finder.corners) {
      if (used.contains(each.corner) || used.contains(each.right) || used.contains(each.below)) {
        continue;
      }
      if (++tried > MOST_TRIED) {
        break;
      }
      String text = finder.text(each);
      if (text != null) {
        used.addAll(List.of(each.corner, each.right, each.below));
        if (!texts.contains(text)) {
          texts.add(text);
        }
      }
    }
    return texts;
  }

  private void findCorners(List<Finder> squares) {
    for (int a = 0; a < squares.size(); a++) {
      for (int b = a + 1; b < squares.size(); b++) {
        for (int c = b + 1; c < squares.size(); c++) {
          Corner corner = corner(squares.get(a), squares.get(b), squares.get(c));
          int at = corners.size();
          while (corner != null && at > 0 && corners.get(at - 1).off > corner.off) {
            at--;
          }
          if (corner != null) {
            corners.add(at, corner);
          }
        }
      }
    }
  }

  private static @Nullable Corner corner(Finder a, Finder b, Finder c) {
    double ab = a.distance(b);
    double bc = b.distance(c);
    double ca = c.distance(a);
    double longest = Math.max(ab, Math.max(bc, ca));
    Finder corner = longest == bc ? a : longest == ca ? b : c;
    Finder one = corner == a ? b : a;
    Finder two = corner == c ? b : c;
    // The picture's y runs down: seen from the corner, "right" turns clockwise into "below".
    double turn =
        (one.x() - corner.x()) * (two.y() - corner.y())
            - (one.y() - corner.y()) * (two.x() - corner.x());
    Finder right = turn > 0 ? one : two;
    Finder below = turn > 0 ? two : one;
    double across = corner.distance(right);
    double down = corner.distance(below);
    double sizes =
        Math.max(a.module(), Math.max(b.module(), c.module()))
            / Math.min(a.module(), Math.min(b.module(), c.module()));
    double sides = Math.max(across, down) / Math.min(across, down);
    double angle = longest * longest / (across * across + down * down);
    double modules = Math.max(across, down) / Math.min(a.module(), b.module());
    boolean plausible =
        sizes < 1.7
            && sides < 1.7
            && angle > 0.6
            && angle < 1.5
            && modules > NEAREST
            && modules < FARTHEST;
    double off = sizes + sides + Math.max(angle, 1 / angle);
    return plausible ? new Corner(corner, right, below, off) : null;
  }

  private @Nullable String text(Corner three) {
    for (int version : versions(three)) {
      int side = 17 + 4 * version;
      for (Grid grid : grids(three, side)) {
        byte[] data =
            timing(grid, side) < LEAST_TIMING ? null : QrModules.data(modules(grid, side), version);
        String text = data == null ? null : QrContent.text(data, version);
        if (text != null) {
          return text;
        }
      }
    }
    return null;
  }

  /**
   * Sizes to try: what the timing lines count, where it is near the size that the distances speak
   * for, and its neighbours.
   */
  private List<Integer> versions(Corner three) {
    int measured = Math.max(1, Math.min(40, measured(three)));
    int side = 17 + 4 * measured;
    Grid slanted = slanted(three, side);
    List<Integer> versions = new ArrayList<>();
    // A side of 17 + 4v has 1 + 4v timing modules and two changes; a slip of two is rounded.
    for (boolean across : new boolean[] {true, false}) {
      int counted = changes(slanted, side, across) / 4;
      if (Math.abs(counted - measured) <= 1 + measured / 5) {
        for (int version : new int[] {counted, counted + 1, counted - 1}) {
          if (version >= 1 && version <= 40 && !versions.contains(version)) {
            versions.add(version);
          }
        }
      }
    }
    return versions;
  }

  /** How often a timing line changes between dark and light: once more than it has modules. */
  private int changes(Grid plane, int side, boolean across) {
    int changes = 0;
    boolean dark = false;
    for (double at = 7; at < side - 8; at += 0.2) {
      boolean next = across ? plane.dark(picture, at, 6) : plane.dark(picture, 6, at);
      changes += next == dark ? 0 : 1;
      dark = next;
    }
    return changes;
  }

  /** The size that the distances and the squares' own size speak for. */
  private static int measured(Corner three) {
    double across = three.corner.distance(three.right);
    double down = three.corner.distance(three.below);
    // A square that is turned is crossed by a row of pixels in a longer way.
    double steep =
        Math.max(
                Math.abs(three.right.x() - three.corner.x()),
                Math.abs(three.right.y() - three.corner.y()))
            / across;
    double module =
        (three.corner.module() + three.right.module() + three.below.module()) / 3 * steep;
    double side = (across + down) / 2 / module + 7;
    return (int) Math.round((side - 17) / 4);
  }

  /** The code's plane as if it were seen from straight above. */
  private static Grid flat(Corner three, int side) {
    return grid(
        three,
        side - 3.5,
        side - 3.5,
        three.right.x() + three.below.x() - three.corner.x(),
        three.right.y() + three.below.y() - three.corner.y());
  }

  /** The code's plane at the slant that the sizes of the three squares speak for. */
  private static Grid slanted(Corner three, int side) {
    double right = three.right.depth();
    double below = three.below.depth();
    double corner = three.corner.depth();
    double sum = right + below - corner;
    return grid(
        three,
        side - 3.5,
        side - 3.5,
        (three.right.x() * right + three.below.x() * below - three.corner.x() * corner) / sum,
        (three.right.y() * right + three.below.y() * below - three.corner.y() * corner) / sum);
  }

  /** Ways to lay the code's plane: by its alignment square where one is seen, and without. */
  private List<Grid> grids(Corner three, int side) {
    List<Grid> grids = new ArrayList<>(3);
    Grid slanted = slanted(three, side);
    double place = side - 6.5;
    double[] seen = side == 21 ? null : alignment(slanted, place, 3 + side / 16);
    if (seen != null) {
      grids.add(grid(three, side - 3.5, place, seen[0], seen[1]));
    }
    grids.add(flat(three, side));
    grids.add(slanted);
    return grids;
  }

  /** The plane through the three squares and one more point, at {@code place} both ways. */
  private static Grid grid(Corner three, double far, double place, double x, double y) {
    return new Grid(
        new double[] {3.5, far, 3.5, place},
        new double[] {3.5, 3.5, far, place},
        new double[] {three.corner.x(), three.right.x(), three.below.x(), x},
        new double[] {three.corner.y(), three.right.y(), three.below.y(), y});
  }

  /**
   * Where the alignment square is that belongs at {@code place} both ways: dark, light, dark, five
   * modules wide. Null when nothing within {@code reach} modules looks like one.
   */
  private double @Nullable [] alignment(Grid plane, double place, int reach) {
    int best = 21;
    double nearest = 0;
    double u = 0;
    double v = 0;
    int count = 0;
    for (double dv = -reach; dv <= reach; dv += 0.5) {
      for (double du = -reach; du <= reach; du += 0.5) {
        int score = alignmentScore(plane, place + du, place + dv);
        double away = du * du + dv * dv;
        // The places around the middle of a square score alike: their mean is the middle.
        boolean same =
            score == best
                && count > 0
                && Math.abs(place + du - u / count) < 1
                && Math.abs(place + dv - v / count) < 1;
        if (score > best || (score == best && !same && (count == 0 || away < nearest))) {
          best = score;
          nearest = away;
          u = place + du;
          v = place + dv;
          count = 1;
        } else if (same) {
          u += place + du;
          v += place + dv;
          count++;
        }
      }
    }
    return count == 0
        ? null
        : new double[] {plane.x(u / count, v / count), plane.y(u / count, v / count)};
  }

  /** How many of the 25 modules around a point are as in an alignment square. */
  private int alignmentScore(Grid plane, double u, double v) {
    int score = 0;
    for (int row = -2; row <= 2; row++) {
      for (int column = -2; column <= 2; column++) {
        boolean dark = Math.max(Math.abs(row), Math.abs(column)) != 1;
        score += plane.dark(picture, u + column - 0.5, v + row - 0.5) == dark ? 1 : 0;
      }
    }
    return score;
  }

  /** How many percent of the two timing lines are as they should be. */
  private int timing(Grid grid, int side) {
    int right = 0;
    int all = 0;
    for (int i = 8; i < side - 8; i++) {
      right += grid.dark(picture, i, 6) == (i % 2 == 0) ? 1 : 0;
      right += grid.dark(picture, 6, i) == (i % 2 == 0) ? 1 : 0;
      all += 2;
    }
    return 100 * right / all;
  }

  private boolean[] modules(Grid grid, int side) {
    boolean[] modules = new boolean[side * side];
    for (int row = 0; row < side; row++) {
      for (int column = 0; column < side; column++) {
        modules[row * side + column] = grid.dark(picture, column, row);
      }
    }
    return modules;
  }
}
