package org.trefoil.custody.paper;

import java.util.Arrays;

/**
 * One A4 page being drawn. Points, origin at the upper left corner; black unless said.
 *
 * <p>Secret when it holds the words: {@link #close()} wipes what was drawn.
 */
final class PdfPage implements AutoCloseable {
  static final double WIDTH = 595.28;
  static final double HEIGHT = 841.89;

  private final PdfBytes out = new PdfBytes();

  /** Sets a text with its baseline at {@code y}. */
  void text(PdfFont font, double size, double x, double y, String text) {
    text(font, size, x, y, text.toCharArray());
  }

  /** Sets a text that may be secret: no copy of it outlives the page. */
  void text(PdfFont font, double size, double x, double y, char[] text) {
    byte[] encoded = WinAnsi.encode(text);
    out.put("BT ").put(font.resource()).put(' ').number(size).put("Tf ");
    point(x, y).put("Td ").literal(encoded).put(" Tj ET\n");
    Arrays.fill(encoded, (byte) 0);
  }

  /** Sets a text in white, for use on a {@link #bar}. */
  void whiteText(PdfFont font, double size, double x, double y, String text) {
    out.put("q 1 g ");
    text(font, size, x, y, text);
    out.put("Q\n");
  }

  /** Sets a text that ends at {@code right}. */
  void textTo(PdfFont font, double size, double right, double y, String text) {
    text(font, size, right - font.width(text, size), y, text);
  }

  /**
   * Says what the marks set until {@link #endWhole()} are when copied: one text without breaks (ISO
   * 32000, 14.9.4). Viewers that ignore it copy the lines.
   */
  void beginWhole(char[] ascii) {
    byte[] encoded = WinAnsi.encode(ascii);
    out.put("/Span << /ActualText ").literal(encoded).put(" >> BDC\n");
    Arrays.fill(encoded, (byte) 0);
  }

  void endWhole() {
    out.put("EMC\n");
  }

  /** A horizontal line. */
  void rule(double x1, double x2, double y, double thickness) {
    out.number(thickness).put("w ");
    point(x1, y).put("m ");
    point(x2, y).put("l S\n");
  }

  /** The outline of a rectangle. */
  void frame(double x, double y, double width, double height, double thickness) {
    out.number(thickness).put("w ");
    rectangle(x, y, width, height).put("re S\n");
  }

  /** A filled rectangle. */
  void bar(double x, double y, double width, double height) {
    rectangle(x, y, width, height).put("re f\n");
  }

  /** A filled disc around a point. */
  void disc(double x, double y, double radius) {
    double bend = radius * 0.5523;
    point(x + radius, y).put("m ");
    curve(x + radius, y - bend, x + bend, y - radius, x, y - radius);
    curve(x - bend, y - radius, x - radius, y - bend, x - radius, y);
    curve(x - radius, y + bend, x - bend, y + radius, x, y + radius);
    curve(x + bend, y + radius, x + radius, y + bend, x + radius, y);
    out.put("f\n");
  }

  /**
   * Places a form of {@code units} by {@code units} as a square whose upper left corner is given.
   */
  void form(String resource, int units, double x, double y, double side) {
    double scale = side / units;
    out.put("q ").put(scaleText(scale)).put(" 0 0 ").put(scaleText(scale)).put(' ');
    point(x, y + side).put("cm ").put(resource).put(" Do Q\n");
  }

  /** Everything drawn; a secret like the page. */
  byte[] content() {
    return out.toByteArray();
  }

  private PdfBytes point(double x, double y) {
    return out.number(x).number(HEIGHT - y);
  }

  private PdfBytes rectangle(double x, double y, double width, double height) {
    return point(x, y + height).number(width).number(height);
  }

  private void curve(double x1, double y1, double x2, double y2, double x3, double y3) {
    point(x1, y1);
    point(x2, y2);
    point(x3, y3).put("c ");
  }

  /** A scale below ten with five decimals, which two would distort. */
  private static String scaleText(double scale) {
    long parts = Math.round(scale * 100_000);
    String decimals = Long.toString(100_000 + parts % 100_000).substring(1);
    return parts / 100_000 + "." + decimals;
  }

  @Override
  public void close() {
    out.close();
  }

  @Override
  public String toString() {
    return "PdfPage[redacted]";
  }
}
