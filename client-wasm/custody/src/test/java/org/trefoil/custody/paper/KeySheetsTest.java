package org.trefoil.custody.paper;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.trefoil.core.keys.Cosigners;
import org.trefoil.core.keys.KeyRole;
import org.trefoil.core.keys.ScriptType;
import org.trefoil.core.units.Network;
import org.trefoil.custody.slip39.ShareSet;

/** The sheets of a key that has no wallet yet, as poppler, zbar and qpdf see them. */
class KeySheetsTest {
  @TempDir Path folder;
  private PaperTools tools;

  @BeforeEach
  void tools() {
    tools = new PaperTools(folder);
  }

  private static KeyFacts key(Network network) {
    Cosigners cosigners = SheetFixture.cosigners(network, ScriptType.P2WSH);
    return new KeyFacts(KeyRole.BACKUP, cosigners.key(KeyRole.BACKUP).expression(), "");
  }

  private void isValid(Path pdf, int pages) {
    PaperTools.Run check = tools.run("qpdf", "--check", pdf.toString());
    assertThat(check.status()).as(check.out()).isZero();
    assertThat(tools.pages(pdf)).isEqualTo(pages);
  }

  @Test
  void theWordsAreOnOnePageWithThePublicKeyAsACode() {
    KeyFacts key = key(Network.MAINNET);
    byte[] bytes = KeySheets.ofWords(key, Network.MAINNET, SheetFixture.wordCharacters());
    Path pdf = tools.file("words.pdf", bytes);
    isValid(pdf, 1);
    assertThat(tools.scan(pdf, 1, 150)).containsExactly(key.expression());
    assertThat(tools.text(pdf, 1))
        .contains(String.join(" ", SheetFixture.words()), key.fingerprint(), key.path())
        .contains("BACKUP KEY", "Bitcoin (mainnet)", "I bring my own cold key")
        .doesNotContain("no real money");
    try (PrintedTexts read = PrintedSheets.read(bytes, null)) {
      assertThat(read.network()).isEqualTo(Network.MAINNET);
      assertThat(read.texts())
          .extracting(String::new)
          .containsExactly(String.join(" ", SheetFixture.words()), key.expression());
    }
  }

  @Test
  void eachShareIsOnAPageOfItsOwnAndNoWordOfTheKeyIsOnAny() {
    char[][][] shares = new char[3][][];
    try (ShareSet set = ShareSet.of(SheetFixture.seed("backup"), 2, 3, SheetFixture.counting())) {
      for (int i = 0; i < shares.length; i++) {
        shares[i] = set.words(i + 1);
      }
    }
    KeyFacts key = key(Network.REGTEST);
    Path pdf = tools.file("shares.pdf", KeySheets.ofShares(key, Network.REGTEST, 2, shares));
    isValid(pdf, 3);
    for (int page = 1; page <= 3; page++) {
      List<String> words = List.of(shares[page - 1]).stream().map(String::new).toList();
      assertThat(tools.text(pdf, page))
          .contains(
              "SHEET A" + page,
              "Join them with recovery.html",
              String.join(" ", words),
              "2 of 3",
              "PRACTICE")
          .doesNotContain(SheetFixture.words().get(0) + " " + SheetFixture.words().get(1));
      assertThat(tools.scan(pdf, page, 150)).containsExactly(key.expression());
    }
  }
}
