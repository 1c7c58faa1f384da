package org.trefoil.e2e.journey;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.trefoil.e2e.harness.Tool;
import org.trefoil.e2e.person.BackupPaper;

/**
 * The downloaded file as other programs see it: with a password, and as a printer would show it.
 */
final class EncryptedPaperIT extends PracticeVisit {
  private static final String PASSWORD = "for the mail only 7";
  private static final Pattern SEALED = Pattern.compile("trefoil1:[A-Za-z0-9_-]+");

  @BeforeAll
  void reachThePaper() {
    ada.beginsWallet("Savings");
    browser.click("backup-here");
    ada.typesPasscodeTwice();
  }

  @Test
  @Order(1)
  void theFileOpensWithItsPasswordOnly() {
    browser.type("pdf-password", "for the mäil");
    browser.click("download-pdf");
    assertThat(browser.refusal("pdf-password-character")).contains("plain keyboard");
    browser.type("pdf-password", PASSWORD);
    browser.click("download-pdf");
    String file = browser.download(".pdf").toString();
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
    BackupPaper paper = BackupPaper.read(file);
    Matcher sealed = SEALED.matcher(paper.page("SHEET B"));
    assertThat(sealed.find()).as("the sealed key in text").isTrue();
    Path pages = Files.createTempDirectory("trefoil-pages");
    Tool.output("pdftoppm", "-r", "150", "-gray", "-png", file.toString(), pages + "/page");
    assertThat(scanned(pages, 1)).containsExactly(paper.descriptor());
    assertThat(scanned(pages, 2)).containsExactlyInAnyOrder(paper.descriptor(), sealed.group());
  }

  private static List<String> scanned(Path pages, int number) {
    String codes = Tool.output("zbarimg", "--raw", "-q", pages + "/page-" + number + ".png");
    return codes.lines().toList();
  }
}
