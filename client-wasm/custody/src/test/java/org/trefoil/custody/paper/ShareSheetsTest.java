package org.trefoil.custody.paper;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.trefoil.core.keys.Cosigners;
import org.trefoil.core.keys.ScriptType;
import org.trefoil.core.units.Network;

/** The sheets of a split backup key as poppler, zbar and qpdf see them. */
class ShareSheetsTest {
  @TempDir Path folder;
  private PaperTools tools;

  @BeforeEach
  void tools() {
    tools = new PaperTools(folder);
  }

  private Path sheets(Network network, ScriptType type, int threshold, int count) {
    Cosigners cosigners = SheetFixture.cosigners(network, type);
    WalletFacts facts =
        WalletFacts.of(
            cosigners, "Household", SheetFixture.DATE, SheetFixture.HEIGHT, SheetFixture.RECOVERY);
    try (BackupSheetContent content =
        BackupSheetContent.withShares(
            facts, SheetFixture.sealed(), threshold, SheetFixture.shares(threshold, count))) {
      return tools.file("shares.pdf", BackupSheets.render(content, null, SheetFixture.none()));
    }
  }

  private static String joined(char[][] words) {
    List<String> text = new ArrayList<>();
    for (char[] word : words) {
      text.add(new String(word));
    }
    return String.join(" ", text);
  }

  @ParameterizedTest
  @CsvSource({
    "MAINNET,P2WSH,2,3",
    "REGTEST,P2WSH,3,5",
    "REGTEST,P2SH_P2WSH,2,2",
    "SIGNET,P2SH,16,16"
  })
  void eachShareIsOnePageOfItsOwnThatQpdfFindsValid(
      Network network, ScriptType type, int threshold, int count) {
    Path pdf = sheets(network, type, threshold, count);
    PaperTools.Run check = tools.run("qpdf", "--check", pdf.toString());
    assertThat(check.status()).as(check.out()).isZero();
    assertThat(tools.pages(pdf)).isEqualTo(count + 1);
    String descriptor = SheetFixture.cosigners(network, type).descriptor();
    assertThat(tools.scan(pdf, count, 150)).containsExactly(descriptor);
    assertThat(tools.scan(pdf, count + 1, 150))
        .containsExactlyInAnyOrder(descriptor, SheetFixture.sealed().text());
  }

  @Test
  void eachSheetHasItsOwnShareAndNoOther() {
    char[][][] shares = SheetFixture.shares(2, 3);
    Path pdf = sheets(Network.REGTEST, ScriptType.P2WSH, 2, 3);
    for (int page = 1; page <= 4; page++) {
      String text = tools.text(pdf, page);
      for (int share = 1; share <= 3; share++) {
        String words = joined(shares[share - 1]);
        if (share == page) {
          assertThat(text.lines()).contains(words);
        } else {
          assertThat(text).doesNotContain(words.substring(words.length() - 60));
        }
      }
      assertThat(text)
          .doesNotContain(String.join(" ", SheetFixture.words()))
          .contains("Sheet " + page + " of 4", "any 2 of sheets A1 to A3");
      assertThat(text.contains("SLIP-0039")).isEqualTo(page < 4);
      assertThat(text.contains("trefoil1:")).isEqualTo(page == 4);
    }
    WalletFacts facts = SheetFixture.facts(Network.REGTEST, "Household");
    assertThat(tools.text(pdf, 2))
        .contains("SHEET A2", "Share 2 of the backup key: 33 words", "2 of 3 shares make the key")
        .contains(facts.descriptor(), facts.firstAddress(), String.join(" ", facts.words()))
        .contains("Household", "This sheet alone.", "fewer than 2 shares say nothing")
        .doesNotContain("24 words on sheet A");
  }

  @Test
  void allTextStaysWhereA4AndLetterBothPrint() {
    Path pdf = sheets(Network.REGTEST, ScriptType.P2WSH, 3, 5);
    Matcher word =
        Pattern.compile(
                "xMin=\"([\\d.]+)\" yMin=\"([\\d.]+)\" xMax=\"([\\d.]+)\" yMax=\"([\\d.]+)\">([^<]*)")
            .matcher(tools.run("pdftotext", "-bbox", pdf.toString(), "-").out());
    int seen = 0;
    while (word.find()) {
      if (!word.group(5).equals("fold")) {
        seen++;
        assertThat(Double.parseDouble(word.group(1))).isGreaterThanOrEqualTo(51);
        assertThat(Double.parseDouble(word.group(3)))
            .as(word.group(5))
            .isLessThanOrEqualTo(PdfPage.WIDTH - 50.5);
        assertThat(Double.parseDouble(word.group(2))).isGreaterThanOrEqualTo(50);
        assertThat(Double.parseDouble(word.group(4))).isLessThanOrEqualTo(PdfPage.HEIGHT - 49);
      }
    }
    assertThat(seen).isGreaterThan(1_000);
  }

  @Test
  void theContentWipesEveryShare() {
    WalletFacts facts = SheetFixture.facts(Network.REGTEST, "Household");
    BackupSheetContent content =
        BackupSheetContent.withShares(facts, SheetFixture.sealed(), 2, SheetFixture.shares(2, 3));
    char[][] second = content.share(2);
    assertThat(second[9]).doesNotContain('\0');
    content.close();
    for (char[] word : second) {
      assertThat(word).containsOnly('\0');
    }
  }
}
