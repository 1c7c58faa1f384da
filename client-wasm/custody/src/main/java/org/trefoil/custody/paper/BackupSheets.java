package org.trefoil.custody.paper;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.trefoil.core.keys.KeyRole;
import org.trefoil.custody.entropy.Entropy;

/** Prints the two backup sheets as one PDF. */
public final class BackupSheets {
  private static final int COLUMNS = 4;
  private static final double ROW = 17.2;

  private BackupSheets() {}

  /**
   * Renders sheet A and sheet B.
   *
   * <p>The same content gives the same bytes; with a password they also depend on the entropy. The
   * bytes hold the backup key's words in clear unless a password is given: wipe them after use.
   *
   * @param password encrypts the file (AES-256); printable ASCII, 1 to 127 characters, not wiped
   *     here; null for a file that opens without. Refused with {@code pdf-password-length} or
   *     {@code pdf-password-character}; how good it is must be judged before, since the format's
   *     own stretch is weak.
   * @param entropy asked only when there is a password
   * @return a PDF 1.7 file (with a password: plus the security handler of PDF 2.0)
   */
  public static byte[] render(
      BackupSheetContent content, char @Nullable [] password, Entropy entropy) {
    PdfEncryption encryption = password == null ? null : new PdfEncryption(password, entropy);
    List<PdfPage> pages = new ArrayList<>();
    try (PdfDocument document = new PdfDocument(encryption)) {
      WalletFacts wallet = content.wallet();
      QrDrawing descriptor = new QrDrawing(wallet.descriptor());
      String descriptorForm = document.form(descriptor);
      QrDrawing sealed = new QrDrawing(content.sealed().text());
      String sealedForm = document.form(sealed);
      pages.addAll(sheetA(content, descriptorForm, descriptor.side()));
      pages.addAll(sheetB(content, descriptorForm, descriptor.side(), sealedForm, sealed.side()));
      byte[] id = password == null ? null : entropy.bytes(16);
      return document.finish(pages, "Trefoil backup: " + wallet.name(), wallet.date(), id);
    } finally {
      for (PdfPage page : pages) {
        page.close();
      }
    }
  }

  private static List<PdfPage> sheetA(BackupSheetContent content, String qr, int units) {
    char[][] words = content.words();
    WalletFacts wallet = content.wallet();
    SheetLayout layout = new SheetLayout("SHEET A");
    SheetParts parts = parts(layout, content);
    parts.masthead("SHEET A", "keep at place one", "Sheet 1 of 2");
    parts.facts();
    if (words == null) {
      coldKey(layout, wallet);
    } else {
      words(layout, wallet, words);
    }
    parts.keys();
    parts.descriptor(qr, units, true);
    parts.recovery();
    parts.byHand(
        words == null
            ? List.of("Device and its own backup put away", "Sheet B kept in another place")
            : List.of(
                "Words typed back into Trefoil",
                "Sheet B kept in another place",
                "No photo taken"));
    return layout.finish(footer(wallet), "Sheet A");
  }

  private static List<PdfPage> sheetB(
      BackupSheetContent content, String qr, int units, String sealedQr, int sealedUnits) {
    SheetLayout layout = new SheetLayout("SHEET B");
    SheetParts parts = parts(layout, content);
    parts.masthead("SHEET B", "keep at a second place", "Sheet 2 of 2");
    parts.facts();
    sealedKey(layout, content.sealed(), sealedQr, sealedUnits);
    parts.keys();
    parts.descriptor(qr, units, false);
    parts.recovery();
    parts.byHand(List.of("Sheet A kept in another place", "Passcode remembered, not written here"));
    return layout.finish(footer(content.wallet()), "Sheet B");
  }

  private static SheetParts parts(SheetLayout layout, BackupSheetContent content) {
    WalletFacts wallet = content.wallet();
    return new SheetParts(layout, wallet, new SheetText(wallet, content.words() == null));
  }

  private static String footer(WalletFacts wallet) {
    return "Trefoil backup \u00B7 " + wallet.date() + " \u00B7 " + WinAnsi.printable(wallet.name());
  }

  /** The words in rows, so that they are read and copied in order. */
  private static void words(SheetLayout layout, WalletFacts wallet, char[][] words) {
    int rows = (words.length + COLUMNS - 1) / COLUMNS;
    double height = 36 + rows * ROW + 4;
    box(
        layout,
        height,
        "Backup key: " + words.length + " words",
        "BIP-0039, English, no passphrase \u00B7 path " + backup(wallet).path(),
        "SECRET");
    PdfPage page = layout.page();
    double top = layout.y() + 34;
    double column = (SheetLayout.WIDTH - 20) / COLUMNS;
    char[] whole = joined(words);
    page.beginWhole(whole);
    Arrays.fill(whole, '\0');
    for (int i = 0; i < words.length; i++) {
      double x = SheetLayout.LEFT + 10 + i % COLUMNS * column;
      int row = i / COLUMNS;
      double baseline = top + row * ROW + 12.5;
      String number = Integer.toString(i + 1);
      page.textTo(PdfFont.SANS, 8, x + 12, baseline, number);
      page.text(PdfFont.MONO_BOLD, 12.5, x + 18, baseline, words[i]);
      page.rule(x + 18, x + column - 8, baseline + 3.6, 0.3);
    }
    page.endWhole();
    layout.down(height + 11);
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

  private static void coldKey(SheetLayout layout, WalletFacts wallet) {
    KeyFacts key = backup(wallet);
    double height = 146;
    box(layout, height, "Backup key: on your own device", "Its secret is not printed", "NO SECRET");
    double x = SheetLayout.LEFT + 12;
    double width = SheetLayout.WIDTH - 24;
    double y = layout.y() + 36;
    y +=
        layout.paragraph(
                8.5,
                x,
                y,
                width,
                "You brought this key as an extended public key. Its secret stays on your device"
                    + " and in that device\u2019s own backup. Keep both as carefully as a purse: if"
                    + " this key is lost, the two that are left have no reserve.")
            + 6;
    List<String> lines = PdfFont.MONO.chop(key.expression(), 8.5, width);
    layout.typewriter(key.expression(), lines, 8.5, x, y);
    double right = SheetLayout.RIGHT - 12;
    layout.writeLine(x, right, layout.y() + 110, "Which device");
    layout.writeLine(x, right, layout.y() + 132, "Where its own backup is");
    layout.down(height + 11);
  }

  private static void sealedKey(SheetLayout layout, SealedKeyFacts sealed, String qr, int units) {
    double side = Math.min(150, Math.max(106, units * 1.6));
    double x = SheetLayout.LEFT + side + 18;
    double width = SheetLayout.RIGHT - 10 - x;
    List<String> lines = PdfFont.MONO.chop(sealed.text(), 8.5, width);
    double height = Math.max(side + 32, 92 + lines.size() * 10.7);
    box(layout, height, "User key: sealed", "Opened by the passcode only", "SEALED");
    layout.page().form(qr, units, SheetLayout.LEFT + 6, layout.y() + 28.5, side);
    double y = layout.y() + 36;
    y += layout.typewriter(sealed.text(), lines, 8.5, x, y) + 8;
    layout.label(x, y + 6, "Check words: Trefoil shows the same four for an undamaged copy");
    layout.page().text(PdfFont.MONO_BOLD, 11, x, y + 20, String.join(" ", sealed.checkWords()));
    layout.down(height + 11);
  }

  private static void box(
      SheetLayout layout, double height, String title, String remark, String tag) {
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

  private static KeyFacts backup(WalletFacts wallet) {
    for (KeyFacts key : wallet.keys()) {
      if (key.role() == KeyRole.BACKUP) {
        return key;
      }
    }
    throw new IllegalArgumentException("a wallet without a backup key has no backup sheets");
  }
}
