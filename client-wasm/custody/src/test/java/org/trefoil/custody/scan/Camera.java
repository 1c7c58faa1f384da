package org.trefoil.custody.scan;

import io.nayuki.qrcodegen.QrCode;
import java.util.Arrays;
import java.util.Random;

/** Sees a QR code: enlarged, turned, with soft edges, uneven light and grain from a fixed seed. */
final class Camera {
  private static final int QUIET = 4;

  private final boolean[][] dark;
  private final double scale;
  private final double cos;
  private final double sin;
  private final int noise;
  private double tilt;

  Camera(QrCode code, double scale, double degrees, int noise) {
    dark = new boolean[code.size][code.size];
    for (int y = 0; y < code.size; y++) {
      for (int x = 0; x < code.size; x++) {
        dark[y][x] = code.getModule(x, y);
      }
    }
    this.scale = scale;
    this.cos = Math.cos(Math.toRadians(degrees));
    this.sin = Math.sin(Math.toRadians(degrees));
    this.noise = noise;
  }

  /** With this many white blots of three by three modules on it, away from the corners. */
  Camera blotted(Random random, int blots) {
    int side = dark.length;
    for (int i = 0; i < blots; i++) {
      int left = 9 + random.nextInt(side - 21);
      int top = 9 + random.nextInt(side - 21);
      for (int y = top; y < top + 3; y++) {
        Arrays.fill(dark[y], left, left + 3, false);
      }
    }
    return this;
  }

  /** Seen at a slant: the far edge is by this part narrower than the near one. */
  Camera tilted(double part) {
    tilt = part;
    return this;
  }

  GreyPicture picture() {
    int modules = dark.length + 2 * QUIET;
    double turned = Math.abs(sin) + Math.abs(cos);
    int side = (int) Math.ceil(modules * scale * turned) + 20;
    byte[] grey = new byte[side * side];
    Random random = new Random(99);
    for (int y = 0; y < side; y++) {
      for (int x = 0; x < side; x++) {
        int light = 0;
        for (int sub = 0; sub < 4; sub++) {
          light += white(x + sub % 2 / 2.0, y + sub / 2 / 2.0, side) ? 60 : 8;
        }
        int shade = noise == 0 ? 0 : 40 * x / side;
        int grain = noise == 0 ? 0 : random.nextInt(2 * noise + 1) - noise;
        grey[y * side + x] = (byte) Math.max(0, Math.min(255, light - shade + grain));
      }
    }
    return new GreyPicture(side, side, grey);
  }

  private boolean white(double x, double y, int side) {
    double slant = 1 / (1 + tilt * (y / side - 0.5));
    double dx = (x - side / 2.0) * slant;
    double dy = (y - side / 2.0) * slant;
    int column = (int) Math.floor((dx * cos + dy * sin) / scale + dark.length / 2.0);
    int row = (int) Math.floor((dy * cos - dx * sin) / scale + dark.length / 2.0);
    boolean inside = column >= 0 && row >= 0 && column < dark.length && row < dark.length;
    return !inside || !dark[row][column];
  }

  /** One picture above the other, on white. */
  static GreyPicture below(GreyPicture one, GreyPicture two) {
    int wide = Math.max(one.width(), two.width());
    byte[] grey = new byte[wide * (one.height() + two.height())];
    Arrays.fill(grey, (byte) 240);
    for (int y = 0; y < one.height() + two.height(); y++) {
      GreyPicture part = y < one.height() ? one : two;
      for (int x = 0; x < part.width(); x++) {
        grey[y * wide + x] = (byte) part.grey(x, y < one.height() ? y : y - one.height());
      }
    }
    return new GreyPicture(wide, one.height() + two.height(), grey);
  }
}
