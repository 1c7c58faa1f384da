package org.trefoil.custody.scan;

/** A picture in black and white: a pixel is dark when it is darker than its surroundings. */
final class DarkPicture {
  /** So much darker than the mean around it, in percent, that grain on white paper is not. */
  private static final int DARKER = 6;

  private final int width;
  private final int height;
  private final boolean[] dark;

  /**
   * Compares each pixel with the mean of a square around it.
   *
   * @param radius from the pixel to the square's edge
   */
  DarkPicture(GreyPicture picture, int radius) {
    width = picture.width();
    height = picture.height();
    dark = new boolean[width * height];
    int[] sums = sums(picture);
    int wide = width + 1;
    for (int y = 0; y < height; y++) {
      int top = Math.max(0, y - radius);
      int bottom = Math.min(height, y + radius + 1);
      for (int x = 0; x < width; x++) {
        int left = Math.max(0, x - radius);
        int right = Math.min(width, x + radius + 1);
        int sum =
            sums[bottom * wide + right]
                - sums[top * wide + right]
                - sums[bottom * wide + left]
                + sums[top * wide + left];
        int mean = sum / ((bottom - top) * (right - left));
        dark[y * width + x] = 100 * picture.grey(x, y) < (100 - DARKER) * mean;
      }
    }
  }

  /** Of each corner, the sum of all that is above and to the left of it. */
  private static int[] sums(GreyPicture picture) {
    int wide = picture.width() + 1;
    int[] sums = new int[wide * (picture.height() + 1)];
    for (int y = 0; y < picture.height(); y++) {
      int row = 0;
      for (int x = 0; x < picture.width(); x++) {
        row += picture.grey(x, y);
        sums[(y + 1) * wide + x + 1] = sums[y * wide + x + 1] + row;
      }
    }
    return sums;
  }

  int width() {
    return width;
  }

  int height() {
    return height;
  }

  /** What is outside of the picture is light. */
  boolean dark(int x, int y) {
    return x >= 0 && y >= 0 && x < width && y < height && dark[y * width + x];
  }

  boolean dark(double x, double y) {
    return dark((int) Math.floor(x), (int) Math.floor(y));
  }
}
