package org.trefoil.custody.paper;

import java.util.ArrayList;
import java.util.List;
import org.trefoil.core.units.Splitter;

/**
 * The four standard fonts the sheets are set in, with their widths in WinAnsi order.
 *
 * <p>Widths are thousandths of the size, from Adobe's Core 14 metrics; every viewer has these fonts
 * or ones of the same widths, so nothing is embedded.
 */
enum PdfFont {
  SANS("/F0", "Helvetica", 32, 718, 88, Widths.SANS),
  BOLD("/F1", "Helvetica-Bold", 32, 718, 140, Widths.BOLD),
  MONO("/F2", "Courier", 33, 562, 51, new int[0]),
  MONO_BOLD("/F3", "Courier-Bold", 33, 562, 106, new int[0]);

  private final String resource;
  private final String postScriptName;
  private final int flags;
  private final int capHeight;
  private final int stem;

  @SuppressWarnings("ImmutableEnumChecker") // never handed out nor written
  private final int[] widths;

  PdfFont(
      String resource, String postScriptName, int flags, int capHeight, int stem, int[] widths) {
    this.resource = resource;
    this.postScriptName = postScriptName;
    this.flags = flags;
    this.capHeight = capHeight;
    this.stem = stem;
    this.widths = widths;
  }

  /** The name of this font in the resources of every page. */
  String resource() {
    return resource;
  }

  /** The font dictionary; {@code descriptor} is the object number of {@link #descriptor()}. */
  String dictionary(int descriptor) {
    StringBuilder out = new StringBuilder("<< /Type /Font /Subtype /Type1 /BaseFont /");
    out.append(postScriptName).append(" /Encoding /WinAnsiEncoding /FirstChar 32 /LastChar 255");
    out.append(" /FontDescriptor ").append(descriptor).append(" 0 R /Widths [");
    for (int code = 32; code <= 255; code++) {
      out.append(code == 32 ? "" : " ").append(codeWidth(code));
    }
    return out.append("] >>").toString();
  }

  /** The font descriptor that PDF 2.0 asks for even of a standard font. */
  String descriptor() {
    return "<< /Type /FontDescriptor /FontName /"
        + postScriptName
        + " /Flags "
        + flags
        + " /FontBBox [-170 -250 1010 970] /ItalicAngle 0 /Ascent 718 /Descent -207 /CapHeight "
        + capHeight
        + " /StemV "
        + stem
        + " >>";
  }

  private int width(char character) {
    int code = WinAnsi.code(character);
    return codeWidth(code < 0 ? '?' : code);
  }

  private int codeWidth(int code) {
    return widths.length == 0 ? 600 : widths[code - 32];
  }

  /** The width of a printable text in points. */
  double width(String text, double size) {
    long thousandths = 0;
    for (int i = 0; i < text.length(); i++) {
      thousandths += width(text.charAt(i));
    }
    return thousandths * size / 1000;
  }

  /**
   * Breaks a text at spaces into lines no wider than {@code width}; a single word that is wider is
   * broken where it must be. The first line is narrower by {@code indent}.
   */
  List<String> wrap(String text, double size, double width, double indent) {
    List<String> lines = new ArrayList<>();
    String line = "";
    double room = width - indent;
    for (String word : Splitter.split(text, " ")) {
      String longer = line.isEmpty() ? word : line + " " + word;
      if (width(longer, size) <= room) {
        line = longer;
        continue;
      }
      if (!line.isEmpty()) {
        lines.add(line);
        room = width;
      }
      line = word;
      while (width(line, size) > room) {
        int fit = fitting(line, size, room);
        lines.add(line.substring(0, fit));
        line = line.substring(fit);
        room = width;
      }
    }
    lines.add(line);
    return lines;
  }

  /** How many characters of the text fit into the width; at least one. */
  int fitting(String text, double size, double width) {
    double left = width * 1000 / size;
    int count = 0;
    while (count < text.length()) {
      left -= width(text.charAt(count));
      if (left < 0 && count > 0) {
        break;
      }
      count++;
    }
    return count;
  }

  /** The text, cut with an ellipsis when it is wider than {@code width}. */
  String cut(String text, double size, double width) {
    if (width(text, size) <= width) {
      return text;
    }
    return text.substring(0, fitting(text, size, width - width("\u2026", size))) + "\u2026";
  }

  /** The text in lines of as many characters as fit, for text without spaces. */
  List<String> chop(String text, double size, double width) {
    List<String> lines = new ArrayList<>();
    String rest = text;
    while (!rest.isEmpty()) {
      int fit = fitting(rest, size, width);
      lines.add(rest.substring(0, fit));
      rest = rest.substring(fit);
    }
    return lines;
  }

  /** The metrics, apart from the constants because those are made first. */
  private static final class Widths {
    static final int[] SANS = {
      278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278,
      556, 556, 556, 556, 556, 556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556,
      1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833, 722, 778,
      667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556,
      333, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556,
      556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584, 0,
      556, 0, 222, 556, 333, 1000, 556, 556, 333, 1000, 667, 333, 1000, 0, 611, 0,
      0, 222, 222, 333, 333, 350, 556, 1000, 333, 1000, 500, 333, 944, 0, 500, 667,
      278, 333, 556, 556, 556, 556, 260, 556, 333, 737, 370, 556, 584, 333, 737, 333,
      400, 584, 333, 333, 333, 578, 537, 278, 333, 333, 365, 556, 834, 834, 834, 611,
      667, 667, 667, 667, 667, 667, 1000, 722, 667, 667, 667, 667, 278, 278, 278, 278,
      722, 722, 778, 778, 778, 778, 778, 584, 778, 722, 722, 722, 722, 667, 667, 611,
      556, 556, 556, 556, 556, 556, 889, 500, 556, 556, 556, 556, 278, 278, 278, 278,
      556, 556, 556, 556, 556, 556, 556, 584, 611, 556, 556, 556, 556, 500, 556, 500
    };
    static final int[] BOLD = {
      278, 333, 474, 556, 556, 889, 722, 238, 333, 333, 389, 584, 278, 333, 278, 278,
      556, 556, 556, 556, 556, 556, 556, 556, 556, 556, 333, 333, 584, 584, 584, 611,
      975, 722, 722, 722, 722, 667, 611, 778, 722, 278, 556, 722, 611, 833, 722, 778,
      667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 333, 278, 333, 584, 556,
      333, 556, 611, 556, 611, 556, 333, 611, 611, 278, 278, 556, 278, 889, 611, 611,
      611, 611, 389, 556, 333, 611, 556, 778, 556, 556, 500, 389, 280, 389, 584, 0,
      556, 0, 278, 556, 500, 1000, 556, 556, 333, 1000, 667, 333, 1000, 0, 611, 0,
      0, 278, 278, 500, 500, 350, 556, 1000, 333, 1000, 556, 333, 944, 0, 500, 667,
      278, 333, 556, 556, 556, 556, 280, 556, 333, 737, 370, 556, 584, 333, 737, 333,
      400, 584, 333, 333, 333, 611, 556, 278, 333, 333, 365, 556, 834, 834, 834, 611,
      722, 722, 722, 722, 722, 722, 1000, 722, 667, 667, 667, 667, 278, 278, 278, 278,
      722, 722, 778, 778, 778, 778, 778, 584, 778, 722, 722, 722, 722, 667, 667, 611,
      556, 556, 556, 556, 556, 556, 889, 556, 556, 556, 556, 556, 278, 278, 278, 278,
      611, 611, 611, 611, 611, 611, 611, 584, 611, 611, 611, 611, 611, 556, 611, 556
    };
  }
}
