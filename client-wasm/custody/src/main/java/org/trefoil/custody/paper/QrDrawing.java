package org.trefoil.custody.paper;

import io.nayuki.qrcodegen.QrCode;
import java.nio.charset.StandardCharsets;

/**
 * A QR code as filled rectangles: sharp at every resolution, on every printer.
 *
 * <p>One module is one unit; the four modules of quiet zone around the code belong to the drawing.
 * Dark runs that repeat in the rows below are drawn as one rectangle, and all rectangles are one
 * path, so no viewer paints seams between them.
 */
final class QrDrawing {
  private static final int QUIET = 4;

  private final QrCode code;

  /** Encodes an ASCII text in byte mode with error correction M or better. */
  QrDrawing(String text) {
    code = QrCode.encodeBinary(text.getBytes(StandardCharsets.US_ASCII), QrCode.Ecc.MEDIUM);
  }

  /** Modules from edge to edge, quiet zone included. */
  int side() {
    return code.size + 2 * QUIET;
  }

  /** The entries that make a stream of {@link #path()} a form that pages can place. */
  String formEntries() {
    return "/Type /XObject /Subtype /Form /BBox [0 0 " + side() + " " + side() + "]";
  }

  /** The drawing operators, lower left corner at the origin. */
  byte[] path() {
    PdfBytes out = new PdfBytes();
    boolean[][] drawn = new boolean[code.size][code.size];
    for (int y = 0; y < code.size; y++) {
      for (int x = 0; x < code.size; x++) {
        if (code.getModule(x, y) && !drawn[y][x]) {
          rectangle(x, y, drawn, out);
        }
      }
    }
    return out.put("f").toByteArray();
  }

  private void rectangle(int left, int top, boolean[][] drawn, PdfBytes out) {
    int right = left;
    while (free(right, top, drawn)) {
      right++;
    }
    int bottom = top;
    while (bottom < code.size && rowFree(left, right, bottom, drawn)) {
      for (int x = left; x < right; x++) {
        drawn[bottom][x] = true;
      }
      bottom++;
    }
    out.number(QUIET + left).number(QUIET + code.size - bottom);
    out.number(right - left).number(bottom - top).put("re\n");
  }

  private boolean rowFree(int left, int right, int y, boolean[][] drawn) {
    for (int x = left; x < right; x++) {
      if (!free(x, y, drawn)) {
        return false;
      }
    }
    return true;
  }

  private boolean free(int x, int y, boolean[][] drawn) {
    return x < code.size && code.getModule(x, y) && !drawn[y][x];
  }
}
