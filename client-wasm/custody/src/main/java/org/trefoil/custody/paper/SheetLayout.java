package org.trefoil.custody.paper;

import java.util.ArrayList;
import java.util.List;

/**
 * The pages of one sheet, filled from top to bottom; a part that does not fit starts a new page.
 *
 * <p>Made for A4. The content keeps 18 mm at the sides and above and below, so that it also prints
 * on US Letter, centred or scaled.
 */
final class SheetLayout {
  static final double LEFT = 51.1;
  static final double RIGHT = 544.2;
  static final double WIDTH = RIGHT - LEFT;
  private static final double TOP = 53;
  private static final double BOTTOM = 778;
  private static final double FOOT = 790;

  private final String running;
  private final List<PdfPage> pages = new ArrayList<>();
  private PdfPage page;
  private double y = TOP;

  /** Opens the first page; {@code running} names the sheet at the top of further pages. */
  SheetLayout(String running) {
    this.running = running;
    page = new PdfPage();
    pages.add(page);
  }

  PdfPage page() {
    return page;
  }

  /** How far down the page is filled. */
  double y() {
    return y;
  }

  void down(double points) {
    y += points;
  }

  /** Continues at a depth of the same page, below columns of different lengths. */
  void moveTo(double depth) {
    y = depth;
  }

  /** Makes sure that {@code height} points are left on the page. */
  void room(double height) {
    if (y + height > BOTTOM) {
      page = new PdfPage();
      pages.add(page);
      page.text(PdfFont.BOLD, 10, LEFT, TOP + 8, running + ", continued");
      page.rule(LEFT, RIGHT, TOP + 14, 1);
      y = TOP + 30;
    }
  }

  /** Makes room for the last {@code height} points, a little above the footer if there is space. */
  void roomAtBottom(double height) {
    room(height);
    y = Math.max(y, BOTTOM - height - 6);
  }

  /** A part's heading with a rule above and, at the right, a remark. */
  void heading(String title, String remark, double withHeight) {
    room(21.5 + withHeight);
    page.rule(LEFT, RIGHT, y, 0.6);
    page.text(PdfFont.BOLD, 11, LEFT, y + 14, title);
    page.textTo(PdfFont.SANS, 7.8, RIGHT, y + 14, remark);
    y += 21.5;
  }

  /** A small label over what it names, at the given place. */
  void label(double x, double baseline, String text) {
    page.text(PdfFont.SANS, 7, x, baseline, text);
  }

  /** A paragraph in a column; returns its height. */
  double paragraph(double size, double x, double top, double width, String text) {
    return paragraph("", size, x, top, width, text);
  }

  /** A paragraph that begins in bold; returns its height. */
  double paragraph(String lead, double size, double x, double top, double width, String text) {
    double indent = lead.isEmpty() ? 0 : PdfFont.BOLD.width(lead + " ", size);
    double leading = leading(size);
    double baseline = top + size * 0.76;
    if (!lead.isEmpty()) {
      page.text(PdfFont.BOLD, size, x, baseline, lead);
    }
    List<String> lines = PdfFont.SANS.wrap(text, size, width, indent);
    for (int i = 0; i < lines.size(); i++) {
      page.text(PdfFont.SANS, size, i == 0 ? x + indent : x, baseline + i * leading, lines.get(i));
    }
    return lines.size() * leading;
  }

  /** The height {@link #paragraph} would take. */
  static double height(String lead, double size, double width, String text) {
    double indent = lead.isEmpty() ? 0 : PdfFont.BOLD.width(lead + " ", size);
    return PdfFont.SANS.wrap(text, size, width, indent).size() * leading(size);
  }

  private static double leading(double size) {
    return Math.round(size * 12.6) / 10.0;
  }

  /**
   * Lines of typewriter text that together are {@code whole}: copied as one piece by viewers that
   * know how; returns their height.
   */
  double typewriter(String whole, List<String> lines, double size, double x, double top) {
    double leading = Math.round(size * 12.6) / 10.0;
    page.beginWhole(whole.toCharArray());
    for (int i = 0; i < lines.size(); i++) {
      page.text(PdfFont.MONO, size, x, top + size * 0.76 + i * leading, lines.get(i));
    }
    page.endWhole();
    return lines.size() * leading;
  }

  /** An empty box to tick, and what it asks. Returns the x behind it. */
  double tickBox(double x, double baseline, String text) {
    page.frame(x, baseline - 6.6, 7.4, 7.4, 0.7);
    page.text(PdfFont.SANS, 8, x + 11.5, baseline, text);
    return x + 11.5 + PdfFont.SANS.width(text, 8);
  }

  /** A line to write on behind a label, up to {@code right}. */
  void writeLine(double x, double right, double baseline, String text) {
    page.text(PdfFont.SANS, 8, x, baseline, text);
    page.rule(x + PdfFont.SANS.width(text, 8) + 4, right, baseline + 1.5, 0.5);
  }

  /** Numbers the pages and hands them over. */
  List<PdfPage> finish(String footer, String sheet) {
    for (int i = 0; i < pages.size(); i++) {
      PdfPage each = pages.get(i);
      String number = sheet + " \u00B7 page " + (i + 1) + " of " + pages.size();
      each.textTo(PdfFont.SANS, 7.5, RIGHT, FOOT, number);
      double room = WIDTH - PdfFont.SANS.width(number, 7.5) - 20;
      each.text(PdfFont.SANS, 7.5, LEFT, FOOT, PdfFont.SANS.cut(footer, 7.5, room));
      foldMark(each, 18);
      foldMark(each, PdfPage.WIDTH - 34);
      each.text(PdfFont.SANS, 6, 20.5, PdfPage.HEIGHT / 2 - 2.5, "fold");
    }
    return pages;
  }

  /** Half-way down, where the sheet is folded with the print inside. */
  private static void foldMark(PdfPage page, double x) {
    page.rule(x, x + 16, PdfPage.HEIGHT / 2, 0.5);
  }
}
