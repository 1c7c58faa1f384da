package org.trefoil.custody.paper;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.trefoil.core.keys.Cosigners;
import org.trefoil.core.keys.KeyRole;
import org.trefoil.core.keys.ScriptType;
import org.trefoil.core.units.Network;
import org.trefoil.core.wire.KeySplit;

/**
 * Every kind of paper that Trefoil prints: qpdf finds nothing amiss in it. It is A4, and what is on
 * it lies where Letter, which is wider and not as high, prints it as well, whole and unscaled.
 */
class EveryPaperTest {
  private static final double HEIGHT_OF_A4 = 841.89;
  private static final double HEIGHT_OF_LETTER = 792;

  /** In points; printers leave up to a quarter of an inch white at each edge. */
  private static final int WHITE = 18;

  /** Left and right of everything but the marks where the sheet is folded. */
  private static final int BESIDE = 50;

  private static final int DPI = 72;
  private static final String NAME = "Savings of the Household at the End of the Lane, No. 7";

  @TempDir Path folder;

  static List<Arguments> papers() {
    List<Arguments> papers = new ArrayList<>();
    for (ScriptType type : ScriptType.values()) {
      WalletFacts facts =
          WalletFacts.of(
                  SheetFixture.cosigners(Network.REGTEST, type),
                  NAME,
                  SheetFixture.DATE,
                  SheetFixture.HEIGHT,
                  SheetFixture.RECOVERY)
              .withLauncher(SheetFixture.LAUNCHER);
      papers.add(sheets("words " + type, words(facts)));
      papers.add(
          sheets("cold key " + type, BackupSheetContent.withColdKey(facts, SheetFixture.sealed())));
      papers.add(
          sheets(
              "shares " + type,
              BackupSheetContent.withShares(
                  facts, SheetFixture.sealed(), 3, SheetFixture.shares(3, 5))));
      papers.add(sheetB("sheet B alone, whole " + type, facts, false, KeySplit.WHOLE));
      papers.add(sheetB("sheet B alone, split " + type, facts, false, new KeySplit(3, 5)));
      papers.add(sheetB("sheet B alone, unknown " + type, facts, false, null));
      papers.add(sheetB("sheet B alone, cold " + type, facts, true, null));
    }
    papers.add(sheets("no further owner", owners(2, 2, List.of())));
    papers.add(sheets("two owners", owners(3, 4, List.of("Ann", "Bob"))));
    papers.add(sheets("five owners", owners(4, 7, List.of("Ann", "Bob", "Cleo", "Dan", "Eve"))));
    papers.add(sheets("each needed", owners(7, 7, List.of())));
    papers.add(
        sheetB(
            "sheet B alone of five owners",
            SheetFixture.several(4, 7, List.of("Ann", "Bob", "Cleo", "Dan", "Eve")),
            true,
            null));
    for (Network network : List.of(Network.MAINNET, Network.REGTEST)) {
      Cosigners cosigners = SheetFixture.cosigners(network, ScriptType.P2WSH);
      KeyFacts key = new KeyFacts(KeyRole.BACKUP, cosigners.key(KeyRole.BACKUP).expression(), "");
      papers.add(
          Arguments.of(
              "made key, words, " + network,
              KeySheets.ofWords(key, network, SheetFixture.wordCharacters())));
      papers.add(
          Arguments.of(
              "made key, shares, " + network,
              KeySheets.ofShares(key, network, 3, SheetFixture.shares(3, 5))));
      papers.add(sheets("words " + network, words(SheetFixture.facts(network, NAME))));
    }
    return papers;
  }

  private static BackupSheetContent words(WalletFacts facts) {
    return BackupSheetContent.withWords(
        facts, SheetFixture.sealed(), SheetFixture.wordCharacters());
  }

  private static BackupSheetContent owners(int threshold, int keys, List<String> names) {
    return BackupSheetContent.withColdKey(
        SheetFixture.several(threshold, keys, names), SheetFixture.sealed());
  }

  private static Arguments sheets(String kind, BackupSheetContent content) {
    return Arguments.of(kind, BackupSheets.render(content, null, SheetFixture.none()));
  }

  private static Arguments sheetB(
      String kind, WalletFacts facts, boolean cold, @Nullable KeySplit split) {
    return Arguments.of(kind, BackupSheets.renderSheetB(facts, SheetFixture.sealed(), cold, split));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("papers")
  void isValidAndFitsA4AndLetter(String kind, byte[] pdf) throws IOException {
    PaperTools tools = new PaperTools(folder);
    Path file = tools.file("paper.pdf", pdf);
    PaperTools.Run check = tools.run("qpdf", "--check", file.toString());
    assertThat(check.status()).as(check.out()).isZero();
    assertThat(check.out()).contains("No syntax or stream encoding errors found");
    assertThat(tools.info(file, "Page size")).isEqualTo("595.28 x 841.89 pts (A4)");
    for (int page = 1; page <= tools.pages(file); page++) {
      assertThat(inked(tools.image(file, page, DPI))).as("page " + page).isEqualTo("inside");
    }
  }

  /** Where ink is: inside, or the first place outside. */
  private static String inked(Path image) throws IOException {
    byte[] bytes = Files.readAllBytes(image);
    String head = new String(bytes, 0, 40, StandardCharsets.ISO_8859_1);
    Matcher size = Pattern.compile("P6\\s+(\\d+) (\\d+)\\s+255\n").matcher(head);
    assertThat(size.lookingAt()).isTrue();
    int width = Integer.parseInt(size.group(1));
    int height = Integer.parseInt(size.group(2));
    double above = (HEIGHT_OF_A4 - HEIGHT_OF_LETTER) / 2 + WHITE;
    int dark = 0;
    for (int y = 0; y < height; y++) {
      int beside = Math.abs(y - height / 2) < 10 ? WHITE - 1 : BESIDE;
      for (int x = 0; x < width; x++) {
        if ((bytes[size.end() + 3 * (y * width + x)] & 255) < 200) {
          if (x < beside || x >= width - beside || y < above || y >= height - above) {
            return x + "," + y;
          }
          dark++;
        }
      }
    }
    assertThat(dark).isGreaterThan(5_000);
    return "inside";
  }
}
