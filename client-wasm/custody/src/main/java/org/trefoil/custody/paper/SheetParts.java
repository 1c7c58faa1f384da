package org.trefoil.custody.paper;

import java.util.ArrayList;
import java.util.List;
import org.trefoil.core.export.ElectrumKey;
import org.trefoil.core.keys.KeyRole;
import org.trefoil.core.keys.ScriptType;

/** The parts that both sheets share, drawn into one sheet's layout. */
final class SheetParts {
  private static final double TEXT = 8;
  private static final double CODE = 7.3;
  private static final double DIGEST = 7;
  private static final double GAP = 12;

  /** Width of the first column of facts. */
  private static final double FACT = 178;

  /** Width of one of the two columns of steps. */
  private static final double COLUMN = (SheetLayout.WIDTH - 18) / 2;

  private static final double BY_HAND = 36;

  private final SheetLayout layout;
  private final WalletFacts wallet;
  private final SheetText text;

  SheetParts(SheetLayout layout, WalletFacts wallet, SheetText text) {
    this.layout = layout;
    this.wallet = wallet;
    this.text = text;
  }

  /** Mark, title, the bar of practice networks. */
  void masthead(String sheet, String place, String ordinal) {
    masthead(layout, sheet, place, ordinal, text.practice());
  }

  /** The same of any sheet; {@code practice} is empty for real money. */
  static void masthead(
      SheetLayout layout, String sheet, String place, String ordinal, String practice) {
    PdfPage page = layout.page();
    double y = layout.y();
    trefoil(page, SheetLayout.LEFT + 6.5, y + 5);
    page.text(PdfFont.BOLD, 10, SheetLayout.LEFT + 18, y + 8.5, "Trefoil");
    page.text(PdfFont.SANS, 10, SheetLayout.LEFT + 56, y + 8.5, "wallet backup");
    page.textTo(PdfFont.SANS, 8, SheetLayout.RIGHT, y + 8.5, ordinal);
    double right = SheetLayout.LEFT + PdfFont.BOLD.width(sheet, 22);
    page.text(PdfFont.BOLD, 22, SheetLayout.LEFT, y + 36, sheet);
    page.text(PdfFont.SANS, 22, right, y + 36, " \u2014 " + place);
    page.rule(SheetLayout.LEFT, SheetLayout.RIGHT, y + 46, 2);
    layout.down(47);
    if (!practice.isEmpty()) {
      page.bar(SheetLayout.LEFT, y + 46, SheetLayout.WIDTH, 18);
      page.whiteText(PdfFont.BOLD, 10, SheetLayout.LEFT + 7, y + 58.6, practice);
      String worth = "Coins of this network are worth nothing.";
      double from = SheetLayout.RIGHT - 7 - PdfFont.SANS.width(worth, 8);
      page.whiteText(PdfFont.SANS, 8, from, y + 58.4, worth);
      layout.down(18);
    }
    layout.down(GAP);
  }

  private static void trefoil(PdfPage page, double x, double y) {
    page.disc(x, y - 2.9, 2.9);
    page.disc(x - 3.3, y + 2, 2.9);
    page.disc(x + 3.3, y + 2, 2.9);
    page.bar(x - 0.7, y, 1.4, 7.4);
  }

  /** What tells this wallet from others. */
  void facts() {
    PdfPage page = layout.page();
    double y = layout.y();
    double left = SheetLayout.LEFT;
    String name = WinAnsi.printable(wallet.name());
    fact(layout, left, y, text.nameLabel(), PdfFont.BOLD.cut(name, 10, FACT));
    fact(layout, left + 190, y, "Made on", wallet.date() + ", block " + wallet.birthHeight());
    fact(layout, left + 322, y, "Network", text.network());
    fact(layout, left + 420, y, "To spend", text.quorum() + " keys");
    fact(layout, left, y + 27, "Key set words", String.join(" ", wallet.words()));
    layout.label(left + 190, y + 33, "First address");
    page.text(PdfFont.MONO_BOLD, addressSize(), left + 190, y + 44, wallet.firstAddress());
    layout.down(53);
  }

  private double addressSize() {
    double atOne = PdfFont.MONO_BOLD.width(wallet.firstAddress(), 1);
    return Math.min(9, (SheetLayout.WIDTH - 190) / atOne);
  }

  /** A label, and below it what it names. */
  static void fact(SheetLayout layout, double x, double y, String label, String value) {
    layout.label(x, y + 6, label);
    double size = Math.min(10, FACT / PdfFont.BOLD.width(value, 1));
    layout.page().text(PdfFont.BOLD, Math.floor(size * 100) / 100, x, y + 17.5, value);
  }

  /**
   * Keeps what follows on one page: descriptor, steps and the lines to fill in. Where not all fits
   * here, a next page with all of it reads better than one with a few lines.
   */
  void restTogether(int units, boolean sheetA) {
    double side = side(units);
    double width = SheetLayout.RIGHT - SheetLayout.LEFT - side - 4;
    double beside =
        descriptorLines(width).size() * 9.2
            + 11
            + SheetLayout.height("This sheet alone.", TEXT, width, text.alone(sheetA))
            + SheetLayout.height("Together.", TEXT, width, text.together());
    double descriptor = 21.5 + Math.max(side - 10, beside + 2) + 6;
    layout.room(descriptor + 21.5 + recoveryHeight() + BY_HAND);
  }

  private static double side(int units) {
    return Math.min(210, Math.max(120, units * 1.52));
  }

  /** The descriptor as code and text, and what this sheet is worth alone. */
  void descriptor(String qr, int units, boolean sheetA) {
    double side = side(units);
    double x = SheetLayout.LEFT + side + 4;
    double width = SheetLayout.RIGHT - x;
    List<String> lines = descriptorLines(width);
    double textHeight = lines.size() * 9.2 + 72;
    layout.heading(
        "Descriptor",
        "Shows every address and the balance in any descriptor wallet; cannot spend.",
        Math.max(side, textHeight));
    double top = layout.y();
    layout.page().form(qr, units, SheetLayout.LEFT - 6, top - 4, side);
    double y = top + 2;
    y += layout.typewriter(wallet.descriptor(), lines, CODE, x, y) + 8;
    y += layout.paragraph("This sheet alone.", TEXT, x, y, width, text.alone(sheetA)) + 3;
    y += layout.paragraph("Together.", TEXT, x, y, width, text.together());
    layout.moveTo(Math.max(top + side - 10, y) + 6);
  }

  /** One key a line where it fits, so that the parts can be told apart by eye. */
  private List<String> descriptorLines(double width) {
    List<String> lines = new ArrayList<>();
    String rest = wallet.descriptor();
    for (KeyFacts key : wallet.keys()) {
      int start = rest.indexOf(key.expression());
      if (start > 0) {
        lines.addAll(PdfFont.MONO.chop(rest.substring(0, start), CODE, width));
        rest = rest.substring(start);
      }
      int comma = rest.indexOf(",[");
      if (comma > 0) {
        lines.addAll(PdfFont.MONO.chop(rest.substring(0, comma + 1), CODE, width));
        rest = rest.substring(comma + 1);
      }
    }
    lines.addAll(PdfFont.MONO.chop(rest, CODE, width));
    return lines;
  }

  /** The public keys, each on a line that can be copied. */
  void keys() {
    layout.heading("The keys", text.quorum() + " sign \u00B7 " + text.scriptType(), 23);
    for (KeyFacts key : wallet.keys()) {
      String origin = key.origin();
      keyLine(text.title(key), origin, text.keptWhere(key), key.xpub());
    }
    for (KeyFacts key : wallet.keys()) {
      if (key.role() == KeyRole.SERVER && wallet.scriptType() != ScriptType.P2SH) {
        String form = ElectrumKey.of(key.xpub(), wallet.scriptType(), wallet.realMoney());
        keyLine(text.title(key), "Electrum form", "the same key, spelled for Electrum", form);
      }
    }
    layout.down(6);
  }

  private void keyLine(String title, String origin, String remark, String xpub) {
    layout.room(22);
    PdfPage page = layout.page();
    double y = layout.y();
    double x = SheetLayout.LEFT;
    page.text(PdfFont.BOLD, TEXT, x, y + 7, title);
    x += 56;
    page.text(PdfFont.MONO, CODE, x, y + 7, origin);
    page.textTo(PdfFont.SANS, 7.5, SheetLayout.RIGHT, y + 7, remark);
    double size = Math.min(7.4, SheetLayout.WIDTH / PdfFont.MONO.width(xpub, 1));
    page.text(PdfFont.MONO, Math.floor(size * 100) / 100, SheetLayout.LEFT, y + 16, xpub);
    layout.down(20.8);
  }

  /** The numbered steps, in two columns. */
  void recovery() {
    List<SheetText.Step> steps = text.recovery();
    int half = (steps.size() + 1) / 2;
    double height = recoveryHeight();
    layout.heading("If Trefoil is gone", "", height);
    double top = layout.y();
    boolean launcher = !wallet.launcherDigest().isEmpty();
    digest(top - (launcher ? 12 : 7.5), "sha256sum recovery.html", wallet.recoveryDigest());
    if (launcher) {
      digest(top - 4, "sha256sum launcher.html", wallet.launcherDigest());
    }
    column(steps, 0, half, SheetLayout.LEFT, top, COLUMN);
    column(steps, half, steps.size(), SheetLayout.LEFT + COLUMN + 18, top, COLUMN);
    layout.moveTo(top + height);
  }

  private double recoveryHeight() {
    List<SheetText.Step> steps = text.recovery();
    int half = (steps.size() + 1) / 2;
    double left = columnHeight(steps.subList(0, half), COLUMN);
    return Math.max(left, columnHeight(steps.subList(half, steps.size()), COLUMN));
  }

  /** What tells a file that people keep from a forged one, beside the heading. */
  private void digest(double baseline, String name, String digest) {
    double x = SheetLayout.RIGHT - PdfFont.MONO.width(digest, DIGEST);
    layout.page().text(PdfFont.MONO, DIGEST, x, baseline, digest);
    layout.page().textTo(PdfFont.SANS, 7.5, x - 4, baseline, name);
  }

  private void column(
      List<SheetText.Step> steps, int from, int to, double x, double top, double width) {
    double y = top;
    for (int i = from; i < to; i++) {
      SheetText.Step step = steps.get(i);
      layout.page().text(PdfFont.BOLD, TEXT, x, y + TEXT * 0.76, Integer.toString(i + 1));
      y += layout.paragraph(step.lead(), TEXT, x + 12, y, width - 12, step.text()) + 3;
    }
  }

  private static double columnHeight(List<SheetText.Step> steps, double width) {
    double height = 0;
    for (SheetText.Step step : steps) {
      height += SheetLayout.height(step.lead(), TEXT, width - 12, step.text()) + 3;
    }
    return height;
  }

  /** Boxes to tick and lines to fill in by hand. */
  void byHand(List<String> boxes) {
    byHand(layout, boxes, text.thirdLine());
  }

  /** The same of any sheet. */
  static void byHand(SheetLayout layout, List<String> boxes, String thirdLine) {
    layout.roomAtBottom(BY_HAND);
    layout.page().rule(SheetLayout.LEFT, SheetLayout.RIGHT, layout.y(), 0.6);
    double y = layout.y() + 14;
    double x = SheetLayout.LEFT;
    for (String box : boxes) {
      x = layout.tickBox(x, y, box) + 20;
    }
    double third = (SheetLayout.WIDTH - 28) / 3;
    double line = y + 20;
    List<String> labels = List.of("Put away on", "Kept where", thirdLine);
    for (int i = 0; i < labels.size(); i++) {
      double from = SheetLayout.LEFT + i * (third + 14);
      layout.writeLine(from, from + third, line, labels.get(i));
    }
    layout.down(BY_HAND);
  }
}
