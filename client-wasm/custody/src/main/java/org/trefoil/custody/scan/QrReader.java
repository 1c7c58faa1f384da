package org.trefoil.custody.scan;

import java.util.List;

/**
 * Reads the QR codes of a picture. Numbers, capital letters and bytes are read, and that is all our
 * sheets, other wallets and animated codes use; kanji and codes in parts are passed over.
 */
public final class QrReader {
  /** Larger than this, a photo shows more grain than a code has modules. */
  private static final int WIDE = 1_600;

  private static final int SMALLEST = 400;

  /** What a pixel is compared with: squares of these parts of the picture, the smallest first. */
  private static final int[] PARTS = {24, 8, 2};

  private QrReader() {}

  /**
   * The texts of the codes that are found, each once; none when there is nothing to read. Bytes are
   * UTF-8 where they can be, else ISO 8859-1.
   */
  public static List<String> read(GreyPicture picture) {
    GreyPicture larger = picture;
    GreyPicture tried = picture;
    while (tried.longestSide() > WIDE) {
      larger = tried;
      tried = tried.halved();
    }
    List<String> found = once(tried);
    if (found.isEmpty() && tried.longestSide() > SMALLEST) {
      found = once(tried.halved());
    }
    if (found.isEmpty() && larger != tried) {
      found = once(larger);
    }
    return found;
  }

  private static List<String> once(GreyPicture picture) {
    List<String> found = List.of();
    for (int i = 0; i < PARTS.length && found.isEmpty(); i++) {
      int radius = Math.max(8, picture.longestSide() / PARTS[i]);
      found = QrFinder.texts(new DarkPicture(picture, radius));
    }
    return found;
  }
}
