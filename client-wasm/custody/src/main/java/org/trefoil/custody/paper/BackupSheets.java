package org.trefoil.custody.paper;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.trefoil.core.keys.KeyRole;
import org.trefoil.core.wire.KeySplit;
import org.trefoil.custody.entropy.Entropy;

/** Prints the backup sheets as one PDF: A and B, or where the backup key was split A1, A2 … B. */
public final class BackupSheets {
  private BackupSheets() {}

  /**
   * Renders all sheets.
   *
   * <p>The same content gives the same bytes; with a password they also depend on the entropy. The
   * bytes hold the backup key's words, or all its shares, in clear unless a password is given: wipe
   * them after use.
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
      for (int share = 1; share <= content.form().count(); share++) {
        pages.addAll(shareSheet(content, share, descriptorForm, descriptor.side()));
      }
      if (!content.form().isSplit()) {
        pages.addAll(sheetA(content, descriptorForm, descriptor.side()));
      }
      pages.addAll(
          sheetB(
              wallet,
              content.sealed(),
              content.form(),
              descriptorForm,
              descriptor,
              sealedForm,
              sealed));
      byte[] id = password == null ? null : entropy.bytes(16);
      return document.finish(pages, "Trefoil backup: " + wallet.name(), wallet.date(), id);
    } finally {
      for (PdfPage page : pages) {
        page.close();
      }
    }
  }

  /**
   * Renders sheet B alone, for a user key that was sealed anew: it holds nothing that would have to
   * be kept secret from who cannot open the envelope.
   *
   * @param cold whether the backup key is on a device of the person's own
   * @param split on how many sheets it was printed; null where nobody but the paper knows, so that
   *     the sheet speaks of either
   */
  public static byte[] renderSheetB(
      WalletFacts wallet, SealedKeyFacts sealed, boolean cold, @Nullable KeySplit split) {
    List<PdfPage> pages = new ArrayList<>();
    try (PdfDocument document = new PdfDocument(null)) {
      QrDrawing descriptor = new QrDrawing(wallet.descriptor());
      String descriptorForm = document.form(descriptor);
      QrDrawing envelope = new QrDrawing(sealed.text());
      String envelopeForm = document.form(envelope);
      pages.addAll(
          sheetB(
              wallet,
              sealed,
              cold ? BackupForm.COLD : BackupForm.of(split),
              descriptorForm,
              descriptor,
              envelopeForm,
              envelope));
      return document.finish(pages, "Trefoil sheet B: " + wallet.name(), wallet.date(), null);
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
    boolean several = new SheetText(wallet, content.form()).isOfSeveral();
    if (several) {
      owners(layout, wallet);
    } else if (words == null) {
      coldKey(layout, wallet);
    } else {
      WordBox.words(layout, backup(wallet).path(), words);
    }
    parts.keys();
    parts.restTogether(units, true);
    parts.descriptor(qr, units, true);
    parts.recovery();
    parts.byHand(
        several
            ? List.of("Each owner keeps a key and its backup", "Sheet B kept in another place")
            : words == null
                ? List.of("Device and its own backup put away", "Sheet B kept in another place")
                : List.of(
                    "Words typed back into Trefoil",
                    "Sheet B kept in another place",
                    "No photo taken"));
    return layout.finish(footer(wallet), "Sheet A");
  }

  private static List<PdfPage> shareSheet(
      BackupSheetContent content, int share, String qr, int units) {
    BackupForm form = content.form();
    WalletFacts wallet = content.wallet();
    String name = "SHEET A" + share;
    SheetLayout layout = new SheetLayout(name);
    SheetParts parts = parts(layout, content);
    String place = "keep at a place of its own";
    parts.masthead(name, place, "Sheet " + share + " of " + form.sheets());
    parts.facts();
    WordBox.share(layout, form, share, content.share(share), SheetText.join());
    parts.keys();
    parts.restTogether(units, true);
    parts.descriptor(qr, units, true);
    parts.recovery();
    parts.byHand(
        List.of("Words typed back into Trefoil", "Others kept elsewhere", "No photo taken"));
    return layout.finish(footer(wallet), "Sheet A" + share);
  }

  private static List<PdfPage> sheetB(
      WalletFacts wallet,
      SealedKeyFacts sealed,
      BackupForm form,
      String qr,
      QrDrawing descriptor,
      String sealedQr,
      QrDrawing sealedDrawing) {
    SheetLayout layout = new SheetLayout("SHEET B");
    SheetParts parts = new SheetParts(layout, wallet, new SheetText(wallet, form));
    int sheets = form.sheets();
    boolean two = form.isCounted() && sheets == 2;
    String place = two ? "keep at a second place" : "keep at a place of its own";
    String ordinal = form.isCounted() ? "Sheet " + sheets + " of " + sheets : "Printed again";
    parts.masthead("SHEET B", place, ordinal);
    parts.facts();
    sealedKey(layout, sealed, sealedQr, sealedDrawing.side());
    parts.keys();
    parts.restTogether(descriptor.side(), false);
    parts.descriptor(qr, descriptor.side(), false);
    parts.recovery();
    String others = two ? "Sheet A kept in another place" : "Others kept elsewhere";
    parts.byHand(List.of(others, "Passcode remembered, not written here"));
    return layout.finish(footer(wallet), "Sheet B");
  }

  private static SheetParts parts(SheetLayout layout, BackupSheetContent content) {
    WalletFacts wallet = content.wallet();
    return new SheetParts(layout, wallet, new SheetText(wallet, content.form()));
  }

  private static String footer(WalletFacts wallet) {
    return "Trefoil backup \u00B7 " + wallet.date() + " \u00B7 " + WinAnsi.printable(wallet.name());
  }

  private static void coldKey(SheetLayout layout, WalletFacts wallet) {
    KeyFacts key = backup(wallet);
    double height = 146;
    WordBox.frame(
        layout, height, "Backup key: on your own device", "Its secret is not printed", "NO SECRET");
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

  private static void owners(SheetLayout layout, WalletFacts wallet) {
    int owners = wallet.keys().size() - 2;
    String title = owners == 0 ? "No further owners" : "Keys of " + owners + " owners";
    double height = 70 + owners * 20;
    String remark = owners == 0 ? "" : "Their secrets are not printed";
    WordBox.frame(layout, height, title, remark, "NO SECRET");
    double x = SheetLayout.LEFT + 12;
    double y = layout.y() + 36;
    layout.paragraph(
        8.5,
        x,
        y,
        SheetLayout.WIDTH - 24,
        owners == 0
            ? "There are two keys: yours on sheet B, and the server\u2019s. This sheet names them, and"
                + " shows what belongs to them."
            : "Each owner brought an extended public key, listed below. Its secret stays on the"
                + " owner\u2019s device and in that device\u2019s own backup, which each keeps as carefully"
                + " as a purse. Write down who they are and how they are reached.");
    for (KeyFacts key : wallet.keys()) {
      if (key.role() != KeyRole.USER && key.role() != KeyRole.SERVER) {
        int line = key.role().ordinal() - KeyRole.OWNER_1.ordinal();
        layout.writeLine(
            x, SheetLayout.RIGHT - 12, layout.y() + 74 + line * 20, SheetText.owner(key));
      }
    }
    layout.down(height + 11);
  }

  private static void sealedKey(SheetLayout layout, SealedKeyFacts sealed, String qr, int units) {
    double side = Math.min(150, Math.max(106, units * 1.6));
    double x = SheetLayout.LEFT + side + 18;
    double width = SheetLayout.RIGHT - 10 - x;
    List<String> lines = PdfFont.MONO.chop(sealed.text(), 8.5, width);
    double height = Math.max(side + 32, 92 + lines.size() * 10.7);
    WordBox.frame(layout, height, "User key: sealed", "Opened by the passcode only", "SEALED");
    layout.page().form(qr, units, SheetLayout.LEFT + 6, layout.y() + 28.5, side);
    double y = layout.y() + 36;
    y += layout.typewriter(sealed.text(), lines, 8.5, x, y) + 8;
    layout.label(x, y + 6, "Check words: Trefoil shows the same four for an undamaged copy");
    layout.page().text(PdfFont.MONO_BOLD, 11, x, y + 20, String.join(" ", sealed.checkWords()));
    layout.down(height + 11);
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
