package org.trefoil.server.http;

import io.nayuki.qrcodegen.QrCode;

/**
 * A QR code as one SVG path, with its quiet zone.
 *
 * @param size width and height in modules
 * @param path of the dark modules
 */
public record QrPicture(int size, String path) {
  private static final int QUIET = 4;

  static QrPicture of(QrCode code) {
    StringBuilder path = new StringBuilder();
    for (int y = 0; y < code.size; y++) {
      for (int x = 0; x < code.size; x++) {
        if (code.getModule(x, y)) {
          path.append('M').append(x + QUIET).append(' ').append(y + QUIET).append("h1v1h-1z");
        }
      }
    }
    return new QrPicture(code.size + 2 * QUIET, path.toString());
  }
}
