package org.trefoil.custody.paper;

import java.util.Arrays;

/** The framed part of a sheet that holds a key's words, or those of a share. */
final class WordBox {
  private static final int COLUMNS = 4;
  private static final int SHARE_COLUMNS = 5;
  private static final double ROW = 17.2;
  private static final double SHARE_ROW = 13.6;

  private WordBox() {}

  /** A key's words; {@code path} is what they are for. */
  static void words(SheetLayout layout, String path, char[][] words) {
    double height = 40 + rows(words, COLUMNS) * ROW;
    String remark = "BIP-0039, English, no passphrase \u00B7 path " + path;
    frame(layout, height, "Backup key: " + words.length + " words", remark, "SECRET");
    words(layout, words, COLUMNS, ROW, 12.5);
    layout.down(height + 11);
  }

  /** The words of a share, counted from 1, and how shares become words again: {@code join}. */
  static void share(SheetLayout layout, BackupForm form, int number, char[][] words, String join) {
    double height = 54 + rows(words, SHARE_COLUMNS) * SHARE_ROW;
    String title = "Share " + number + " of the backup key: " + words.length + " words";
    String quorum = form.threshold() + " of " + form.count();
    String remark = quorum + " shares make the key \u00B7 SLIP-0039, no passphrase";
    frame(layout, height, title, remark, "SECRET");
    words(layout, words, SHARE_COLUMNS, SHARE_ROW, 11.5);
    double y = layout.y() + height - 6;
    double size = Math.min(8, (SheetLayout.WIDTH - 24) / PdfFont.SANS.width(join, 1));
    PdfPage page = layout.page();
    page.text(PdfFont.SANS, Math.floor(size * 100) / 100, SheetLayout.LEFT + 12, y, join);
    layout.down(height + 11);
  }

  private static int rows(char[][] words, int columns) {
    return (words.length + columns - 1) / columns;
  }

  /** The words in rows, so that they are read and copied in order. */
  private static void words(
      SheetLayout layout, char[][] words, int columns, double leading, double size) {
    PdfPage page = layout.page();
    double top = layout.y() + 34;
    double column = (SheetLayout.WIDTH - 20) / columns;
    char[] whole = joined(words);
    page.beginWhole(whole);
    Arrays.fill(whole, '\0');
    for (int i = 0; i < words.length; i++) {
      double x = SheetLayout.LEFT + 10 + i % columns * column;
      int row = i / columns;
      double baseline = top + row * leading + size;
      String number = Integer.toString(i + 1);
      page.textTo(PdfFont.SANS, 8, x + 12, baseline, number);
      page.text(PdfFont.MONO_BOLD, size, x + 18, baseline, words[i]);
      page.rule(x + 18, x + column - 8, baseline + 0.29 * size, 0.3);
    }
    page.endWhole();
  }

  /** The words as other wallets take them: in order, with a space between. */
  private static char[] joined(char[][] words) {
    int length = words.length - 1;
    for (char[] word : words) {
      length += word.length;
    }
    char[] out = new char[length];
    Arrays.fill(out, ' ');
    int at = 0;
    for (char[] word : words) {
      System.arraycopy(word, 0, out, at, word.length);
      at += word.length + 1;
    }
    return out;
  }

  /** A frame of this height at the layout's depth, with its title and a tag. */
  static void frame(SheetLayout layout, double height, String title, String remark, String tag) {
    layout.room(height + 12);
    PdfPage page = layout.page();
    double y = layout.y();
    page.frame(SheetLayout.LEFT, y, SheetLayout.WIDTH, height, 1.4);
    page.text(PdfFont.BOLD, 12.5, SheetLayout.LEFT + 12, y + 20, title);
    double tagWidth = PdfFont.BOLD.width(tag, 8) + 10;
    double tagX = SheetLayout.RIGHT - 12 - tagWidth;
    page.bar(tagX, y + 9.5, tagWidth, 13);
    page.whiteText(PdfFont.BOLD, 8, tagX + 5, y + 18.9, tag);
    page.textTo(PdfFont.SANS, 8, tagX - 8, y + 19, remark);
    page.rule(SheetLayout.LEFT + 12, SheetLayout.RIGHT - 12, y + 27.5, 0.5);
  }
}
