package org.trefoil.custody.scan;

import com.google.zxing.LuminanceSource;

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

  /** Of four bytes a pixel: red, green, blue, opacity; what is transparent counts as white. */
  public static GreyPicture ofRgba(int width, int height, byte[] rgba) {
    byte[] grey = new byte[width * height];
    for (int i = 0; i < grey.length; i++) {
      int at = 4 * i;
      // The weights of Rec. 601 in 1,024ths.
      int luma =
          306 * (rgba[at] & 255) + 601 * (rgba[at + 1] & 255) + 117 * (rgba[at + 2] & 255) >> 10;
      int opacity = rgba[at + 3] & 255;
      grey[i] = (byte) ((luma * opacity + 255 * (255 - opacity)) / 255);
    }
    return new GreyPicture(width, height, grey);
  }

  int longestSide() {
    return Math.max(width, height);
  }

  /** The picture at half its size, each pixel the mean of four. */
  GreyPicture halved() {
    int w = width / 2;
    int h = height / 2;
    byte[] half = new byte[w * h];
    for (int y = 0; y < h; y++) {
      for (int x = 0; x < w; x++) {
        int at = 2 * y * width + 2 * x;
        int sum =
            (grey[at] & 255)
                + (grey[at + 1] & 255)
                + (grey[at + width] & 255)
                + (grey[at + width + 1] & 255);
        half[y * w + x] = (byte) (sum / 4);
      }
    }
    return new GreyPicture(w, h, half);
  }

  LuminanceSource source() {
    return new LuminanceSource(width, height) {
      @Override
      public byte[] getRow(int y, byte[] row) {
        byte[] out = row != null && row.length >= width ? row : new byte[width];
        System.arraycopy(grey, y * width, out, 0, width);
        return out;
      }

      @Override
      public byte[] getMatrix() {
        return grey;
      }
    };
  }
}
