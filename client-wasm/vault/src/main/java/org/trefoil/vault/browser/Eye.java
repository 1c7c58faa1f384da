package org.trefoil.vault.browser;

import org.teavm.jso.JSObject;
import org.trefoil.custody.scan.GreyPicture;

/** Turns what the browser can draw into a grey picture, no larger than a code needs it. */
final class Eye {
  /** Longer pictures are drawn smaller: a printed sheet's codes are still sharp. */
  private static final int MOST_SIDE = 2_000;

  private Eye() {}

  /** Looks at a picture or a video of this size. */
  static GreyPicture look(JSObject picture, int width, int height) {
    int longer = Math.max(width, height);
    int shownWidth = longer > MOST_SIDE ? Math.max(1, width * MOST_SIDE / longer) : width;
    int shownHeight = longer > MOST_SIDE ? Math.max(1, height * MOST_SIDE / longer) : height;
    Element canvas = Globals.document().createElement("canvas");
    canvas.setWidth(shownWidth);
    canvas.setHeight(shownHeight);
    Canvas drawing = canvas.getContext("2d");
    drawing.drawImage(picture, 0, 0, shownWidth, shownHeight);
    Int32Array pixels =
        new Int32Array(drawing.getImageData(0, 0, shownWidth, shownHeight).getData().getBuffer());
    byte[] grey = new byte[shownWidth * shownHeight];
    for (int i = 0; i < grey.length; i++) {
      grey[i] = grey(pixels.get(i));
    }
    return new GreyPicture(shownWidth, shownHeight, grey);
  }

  /** Opacity, blue, green, red from the highest byte; what is transparent is paper. */
  private static byte grey(int pixel) {
    if (pixel >>> 24 < 128) {
      return (byte) 255;
    }
    int red = pixel & 255;
    int green = pixel >> 8 & 255;
    int blue = pixel >> 16 & 255;
    return (byte) ((red * 77 + green * 151 + blue * 28) >> 8);
  }
}
