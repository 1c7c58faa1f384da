package org.trefoil.e2e.journey;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bitcoinj.base.BitcoinNetwork;
import org.bitcoinj.crypto.ChildNumber;
import org.bitcoinj.crypto.DeterministicKey;
import org.bitcoinj.crypto.HDKeyDerivation;
import org.bitcoinj.crypto.MnemonicCode;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.trefoil.e2e.harness.Tool;
import org.trefoil.e2e.harness.Typist;
import org.trefoil.e2e.person.BackupPaper;

/**
 * The downloaded file as other programs see it: with a password, as a printer would show it, and as
 * the program reads it that opens sheet B on the day there is no server.
 */
final class EncryptedPaperIT extends PracticeVisit {
  private static final String PASSWORD = "for the mail by 7 lanterns";

  private BackupPaper paper;
  private String sealed;

  @BeforeAll
  void reachThePaper() {
    ada.beginsWallet("Savings");
    browser.click("backup-here");
    ada.typesPasscodeTwice();
  }

  @Test
  @Order(1)
  void theFileOpensWithItsPasswordOnly() {
    browser.type("pdf-password", "password1234");
    browser.click("download-pdf");
    assertThat(browser.refusal("password-weak-common")).contains("thieves");
    browser.type("pdf-password", "für die Post 7 lanterns");
    browser.click("download-pdf");
    assertThat(browser.refusal("pdf-password-character")).contains("plain keyboard");
    browser.type("pdf-password", PASSWORD);
    browser.click("download-pdf");
    String file = browser.download(".pdf").toString();
    assertThat(file).endsWith("-backup-encrypted.pdf");
    assertThat(Tool.run(List.of("pdftotext", file, "-")).exit()).isNotZero();
    assertThat(Tool.run(List.of("pdftotext", "-upw", "wrong", file, "-")).exit()).isNotZero();
    assertThat(Tool.output("pdftotext", "-upw", PASSWORD, file, "-")).contains("SHEET A");
    assertThat(Tool.run(List.of("qpdf", "--check", file)).exit()).isNotZero();
    assertThat(Tool.output("qpdf", "--password=" + PASSWORD, "--show-encryption", file))
        .contains("AESv3");
  }

  @Test
  @Order(2)
  void theCodesOnThePaperScan() throws IOException {
    browser.type("pdf-password", "");
    browser.click("download-pdf");
    Path file = browser.download(".pdf");
    paper = BackupPaper.read(file);
    sealed = paper.sealed();
    Path pages = Files.createTempDirectory("trefoil-pages");
    Tool.output("pdftoppm", "-r", "150", "-gray", "-png", file.toString(), pages + "/page");
    assertThat(scanned(pages, 1)).containsExactly(paper.descriptor());
    assertThat(scanned(pages, 2)).containsExactlyInAnyOrder(paper.descriptor(), sealed);
  }

  @Test
  @Order(3)
  void sheetBOpensWithoutAnyServer() throws IOException, InterruptedException {
    String screen;
    try (Typist typist = Typist.at("java -jar " + System.getProperty("trefoil.recover"))) {
      typist.answers("Sealed key (trefoil1:...): ", sealed);
      typist.answers("Network on the sheet (mainnet, regtest, ...): ", "regtest");
      typist.answers("Descriptor on the sheet: ", paper.descriptor());
      typist.answers("Passcode (not shown): ", ada.passcode());
      screen = typist.screenAtTheEnd();
    }
    assertThat(screen)
        .contains(String.join(" ", paper.checkWords()))
        .doesNotContain(ada.passcode());
    Matcher first = Pattern.compile("First address: (bcrt1\\S+)").matcher(screen);
    assertThat(first.find()).isTrue();
    assertThat(paper.text()).contains(first.group(1));
    Matcher words = Pattern.compile("(?:[a-z]{3,8} ){5}[a-z]{3,8}\n").matcher(screen);
    StringBuilder all = new StringBuilder();
    while (words.find()) {
      all.append(words.group().replace('\n', ' '));
    }
    assertThat(paper.descriptor()).contains(accountKey(all.toString().strip().split(" ")));
  }

  /** As any BIP-0039 wallet makes it from words: BIP-0048, account 0, a test network. */
  private static String accountKey(String[] words) {
    assertThat(words).hasSize(24);
    byte[] seed = MnemonicCode.toSeed(List.of(words), "");
    DeterministicKey key = HDKeyDerivation.createMasterPrivateKey(seed);
    for (int step : new int[] {48, 1, 0, 2}) {
      key = HDKeyDerivation.deriveChildKey(key, new ChildNumber(step, true));
    }
    return key.serializePubB58(BitcoinNetwork.REGTEST);
  }

  private static List<String> scanned(Path pages, int number) {
    String codes = Tool.output("zbarimg", "--raw", "-q", pages + "/page-" + number + ".png");
    return codes.lines().toList();
  }
}
