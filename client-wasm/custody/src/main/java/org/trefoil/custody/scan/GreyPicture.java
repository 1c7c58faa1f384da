package org.trefoil.custody.scan;

/** A picture in shades of grey: rows from the top, 0 black to 255 white. */
public final class GreyPicture {
  private final int width;
  private final int height;
  private final byte[] grey;

  /**
   * Takes {@code grey} over.
   *
   * @param grey {@code width} times {@code height} bytes
   */
  public GreyPicture(int width, int height, byte[] grey) {
    if (width <= 0 || height <= 0 || grey.length != width * height) {
      throw new IllegalArgumentException("not a picture of that size");
    }
    this.width = width;
    this.height = height;
    this.grey = grey;
  }

  int width() {
    return width;
  }

  int height() {
    return height;
  }

  int longestSide() {
    return Math.max(width, height);
  }

  int grey(int x, int y) {
    return grey[y * width + x] & 255;
  }

  /** The picture at half its size, each pixel the mean of four. */
  GreyPicture halved() {
    int w = Math.max(1, width / 2);
    int h = Math.max(1, height / 2);
    byte[] half = new byte[w * h];
    for (int y = 0; y < h; y++) {
      for (int x = 0; x < w; x++) {
        int right = Math.min(width - 1, 2 * x + 1);
        int below = Math.min(height - 1, 2 * y + 1);
        int sum = grey(2 * x, 2 * y) + grey(right, 2 * y) + grey(2 * x, below) + grey(right, below);
        half[y * w + x] = (byte) (sum / 4);
      }
    }
    return new GreyPicture(w, h, half);
  }
}
