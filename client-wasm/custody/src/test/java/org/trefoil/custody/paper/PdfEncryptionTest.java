package org.trefoil.custody.paper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.trefoil.core.RefusedException;
import org.trefoil.core.units.Network;
import org.trefoil.custody.entropy.Entropy;
import org.trefoil.custody.entropy.EntropyMissing;

/** The encrypted form opens with its password and with nothing else. */
class PdfEncryptionTest {
  private static final String PASSWORD = "seven (quiet) \\ herons";

  @TempDir Path folder;
  private PaperTools tools;

  @BeforeEach
  void tools() {
    tools = new PaperTools(folder);
  }

  private static byte[] render(String password, Entropy entropy) {
    BackupSheetContent content = SheetFixture.withWords(Network.REGTEST, "Holiday savings");
    return BackupSheets.render(content, password.toCharArray(), entropy);
  }

  @Test
  void opensWithThePasswordOnly() {
    String file = tools.file("sealed.pdf", render(PASSWORD, SheetFixture.counting())).toString();
    for (String wrong : new String[] {"", "seven (quiet) \\ heron", "Seven (quiet) \\ herons"}) {
      assertThat(tools.run("qpdf", "--check", "--password=" + wrong, file).status()).isNotZero();
      assertThat(tools.run("pdftotext", "-upw", wrong, file, "-").status()).isNotZero();
      assertThat(tools.run("pdftotext", "-opw", wrong, file, "-").status()).isNotZero();
    }
    assertThat(tools.run("pdftotext", file, "-").status()).isNotZero();
    PaperTools.Run check = tools.run("qpdf", "--check", "--password=" + PASSWORD, file);
    assertThat(check.status()).as(check.out()).isZero();
    assertThat(check.out())
        .contains("R = 6", "Supplied password is user password")
        .contains("stream encryption method: AESv3", "string encryption method: AESv3");
    assertThat(tools.run("pdftotext", "-upw", PASSWORD, file, "-").out())
        .contains(String.join(" ", SheetFixture.words()), SheetFixture.sealed().text());
    assertThat(tools.run("pdfinfo", "-upw", PASSWORD, file).out())
        .contains("Trefoil backup: Holiday savings");
  }

  @Test
  void decryptedItIsTheSheetThatOpensWithout() {
    Path sealed = tools.file("sealed.pdf", render(PASSWORD, SheetFixture.counting()));
    String open = folder.resolve("open.pdf").toString();
    tools.run("qpdf", "--decrypt", "--password=" + PASSWORD, sealed.toString(), open);
    Path plain =
        tools.file(
            "plain.pdf",
            BackupSheets.render(
                SheetFixture.withWords(Network.REGTEST, "Holiday savings"),
                null,
                SheetFixture.none()));
    for (int page = 1; page <= 2; page++) {
      assertThat(tools.text(Path.of(open), page)).isEqualTo(tools.text(plain, page));
      assertThat(tools.scan(Path.of(open), page, 150)).isEqualTo(tools.scan(plain, page, 150));
    }
  }

  @Test
  void nothingReadableIsLeftInTheFile() {
    String bytes =
        new String(render(PASSWORD, SheetFixture.counting()), StandardCharsets.ISO_8859_1);
    assertThat(bytes)
        .doesNotContain("Helvetica 9", " Tj", " re\n", "ActualText", "sortedmulti", "tpub")
        .doesNotContain("feff005400720065", PASSWORD, "D:2026");
    for (String word : SheetFixture.words()) {
      if (word.length() > 4) {
        assertThat(bytes).doesNotContain(word);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 15, 16, 17, 48, 126, 127})
  void everyLengthOfPasswordOpens(int length) {
    String password = "p~ 9".repeat(32).substring(0, length);
    String file = tools.file("sealed.pdf", render(password, SheetFixture.counting())).toString();
    assertThat(tools.run("qpdf", "--check", "--password=" + password, file).status()).isZero();
  }

  @Test
  void oneFileAfterAnotherOpens() {
    Entropy shared = SheetFixture.counting();
    for (int i = 0; i < 12; i++) {
      String password = "herons" + i;
      String file = tools.file("sealed.pdf", render(password, shared)).toString();
      assertThat(tools.run("qpdf", "--check", "--password=" + password, file).status()).isZero();
      assertThat(tools.run("pdfinfo", "-upw", password, file).status()).isZero();
    }
  }

  @Test
  void otherEntropyGivesOtherBytesAndTheSameTheSame() {
    Entropy shared = SheetFixture.counting();
    byte[] first = render(PASSWORD, shared);
    assertThat(render(PASSWORD, shared)).isNotEqualTo(first).hasSameSizeAs(first);
    assertThat(render(PASSWORD, SheetFixture.counting())).isEqualTo(first);
  }

  @Test
  void withoutEntropyThereIsNoFile() {
    Entropy broken =
        n -> {
          throw new EntropyMissing("no generator");
        };
    assertThatThrownBy(() -> render(PASSWORD, broken)).isInstanceOf(EntropyMissing.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "LONG"})
  void aPasswordOfNoOrTooManyCharactersIsRefused(String password) {
    String typed = password.isEmpty() ? "" : "x".repeat(128);
    assertThatThrownBy(() -> render(typed, SheetFixture.none()))
        .isInstanceOfSatisfying(
            RefusedException.class,
            refused -> assertThat(refused.refusal().token()).isEqualTo("pdf-password-length"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"caf\u00E9 noir", "tab\there", "\u043F\u0430\u0440\u043E\u043B\u044C", "\u007F"})
  void aPasswordThatProgramsWouldReadDifferentlyIsRefused(String password) {
    assertThatThrownBy(() -> render(password, SheetFixture.none()))
        .isInstanceOfSatisfying(
            RefusedException.class,
            refused -> assertThat(refused.refusal().token()).isEqualTo("pdf-password-character"));
  }
}
