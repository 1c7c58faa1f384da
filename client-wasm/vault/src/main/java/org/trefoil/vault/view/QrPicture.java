package org.trefoil.vault.view;

import io.nayuki.qrcodegen.QrCode;

/** Draws a QR code as an SVG path: black on white in either colour scheme. */
public final class QrPicture {
  private static final int QUIET = 4;

  private QrPicture() {}

  /** A picture of {@code text} that screen readers call {@code name}. */
  public static Piece of(String text, String name) {
    QrCode code = QrCode.encodeText(text, QrCode.Ecc.MEDIUM);
    int size = code.size + 2 * QUIET;
    return Piece.svg("svg")
        .attribute("class", "qr")
        .attribute("viewBox", "0 0 " + size + " " + size)
        .attribute("role", "img")
        .attribute("aria-label", name)
        .attribute("shape-rendering", "crispEdges")
        .add(Piece.svg("path").attribute("d", path(code)));
  }

  /** Runs of dark modules, row by row. */
  static String path(QrCode code) {
    StringBuilder path = new StringBuilder();
    for (int y = 0; y < code.size; y++) {
      int x = 0;
      while (x < code.size) {
        int end = x;
        while (end < code.size && code.getModule(end, y)) {
          end++;
        }
        if (end > x) {
          int length = end - x;
          path.append('M').append(x + QUIET).append(' ').append(y + QUIET);
          path.append('h').append(length).append("v1h-").append(length).append('z');
        }
        x = end + 1;
      }
    }
    return path.toString();
  }
}
