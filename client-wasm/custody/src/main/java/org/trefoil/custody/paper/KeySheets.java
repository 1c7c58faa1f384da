package org.trefoil.custody.paper;

import java.util.ArrayList;
import java.util.List;
import org.trefoil.core.units.Network;

/**
 * Prints a backup key that a person made of dice or coins, before there is a wallet: its words on
 * one sheet, or its shares on one sheet each. The bytes hold them in clear: wipe them after use.
 */
public final class KeySheets {
  private static final double TEXT = 8.5;
  private static final double SIDE = 132;

  private final KeyFacts key;
  private final Network network;
  private final BackupForm form;

  private KeySheets(KeyFacts key, Network network, BackupForm form) {
    this.key = key;
    this.network = network;
    this.form = form;
  }

  /** One sheet with the words, which are not wiped here. */
  public static byte[] ofWords(KeyFacts key, Network network, char[][] words) {
    return new KeySheets(key, network, BackupForm.WORDS).render(new char[][][] {words});
  }

  /**
   * A sheet for each share, whose words are not wiped here.
   *
   * @param threshold how many of them make the key again
   */
  public static byte[] ofShares(KeyFacts key, Network network, int threshold, char[][][] shares) {
    BackupForm form = BackupForm.shares(threshold, shares.length);
    return new KeySheets(key, network, form).render(shares);
  }

  private byte[] render(char[][][] secrets) {
    List<PdfPage> pages = new ArrayList<>();
    try (PdfDocument document = new PdfDocument(null)) {
      QrDrawing code = new QrDrawing(key.expression());
      String qr = document.form(code);
      for (int i = 0; i < secrets.length; i++) {
        pages.addAll(sheet(i + 1, secrets[i], qr, code.side()));
      }
      return document.finish(pages, "Trefoil backup key", "", null);
    } finally {
      for (PdfPage page : pages) {
        page.close();
      }
    }
  }

  private List<PdfPage> sheet(int number, char[][] words, String qr, int units) {
    String name = form.isSplit() ? "SHEET A" + number : "BACKUP KEY";
    String ordinal = form.isSplit() ? "Share " + number + " of " + form.count() : "Words";
    SheetLayout layout = new SheetLayout(name);
    SheetParts.masthead(
        layout, name, "keep at a place of its own", ordinal, SheetText.practice(network));
    double y = layout.y();
    SheetParts.fact(layout, SheetLayout.LEFT, y, "Network", SheetText.network(network));
    SheetParts.fact(layout, SheetLayout.LEFT + 190, y, "Fingerprint", key.fingerprint());
    SheetParts.fact(layout, SheetLayout.LEFT + 322, y, "Path", key.path());
    layout.down(28);
    if (form.isSplit()) {
      String join = SheetText.join("recovery.html or \u201Ctrefoil-recover.jar shares\u201D");
      WordBox.share(layout, form, number, words, join);
    } else {
      WordBox.words(layout, key.path(), words);
    }
    publicKey(layout, qr, units);
    use(layout);
    SheetParts.byHand(
        layout,
        form.isSplit()
            ? List.of("Read back from this paper", "Others kept elsewhere", "No photo taken")
            : List.of("Read back from this paper", "No photo taken"),
        "For which wallet");
    String footer = "Trefoil backup key \u00B7 " + key.fingerprint();
    return layout.finish(footer, form.isSplit() ? "Sheet A" + number : "Backup key");
  }

  private void publicKey(SheetLayout layout, String qr, int units) {
    layout.heading("Public key with its origin", "No secret: the wallet is made with it.", SIDE);
    double top = layout.y();
    layout.page().form(qr, units, SheetLayout.LEFT - 6, top - 4, SIDE);
    double x = SheetLayout.LEFT + SIDE + 4;
    List<String> lines = PdfFont.MONO.chop(key.expression(), TEXT, SheetLayout.RIGHT - x);
    layout.typewriter(key.expression(), lines, TEXT, x, top + 2);
    layout.moveTo(top + SIDE);
  }

  private void use(SheetLayout layout) {
    String whole = form.isSplit() ? form.anySheets() + " make" : "This sheet is";
    layout.heading("What it is for", "", 90);
    double y = layout.y();
    y +=
        step(
            layout,
            y,
            "Making the wallet:",
            "choose \u201CI bring my own cold key\u201D and give the public key above. The vault asks"
                + " for a signed text: recovery.html signs it with this paper.");
    y +=
        step(
            layout,
            y,
            "Afterwards:",
            "that wallet prints sheets of its own, which name it. Sheet B, its passcode and this key"
                + " spend, with or without Trefoil.");
    y +=
        step(
            layout,
            y,
            "Keep it secret:",
            whole
                + " one key of the wallet. It cannot spend alone, but whoever has it needs only one"
                + " more.");
    layout.moveTo(y);
  }

  private static double step(SheetLayout layout, double y, String lead, String text) {
    return layout.paragraph(lead, TEXT, SheetLayout.LEFT, y, SheetLayout.WIDTH, text) + 4;
  }
}
