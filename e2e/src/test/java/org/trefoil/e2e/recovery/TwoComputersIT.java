package org.trefoil.e2e.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.openqa.selenium.By;
import org.trefoil.core.export.ExportForm;
import org.trefoil.core.keys.Cosigners;
import org.trefoil.core.psbt.Psbt;
import org.trefoil.e2e.audit.Looks;
import org.trefoil.e2e.harness.Browser;

/** Everything typed by hand, with mistakes; one key signs here, the other one elsewhere. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
final class TwoComputersIT {
  private final Sheets sheets = Sheets.of("two computers");
  private Browser browser;
  private RecoveryPage page;
  private final List<String> faults = new ArrayList<>();
  private String halfSigned;

  @BeforeAll
  void open() {
    browser = Browser.open();
    page = RecoveryPage.opened(browser);
  }

  @AfterAll
  void close() {
    browser.close();
  }

  @Test
  @Order(1)
  void aMistypedDescriptorIsRefusedAndItsPlaceIsNamed() {
    String good = sheets.cosigners().descriptor();
    char wrong = good.charAt(99) == 'a' ? 'b' : 'a';
    browser.type("descriptor", good.substring(0, 99) + wrong + good.substring(100));
    browser.click("network-regtest");
    browser.click("wallet-continue");
    assertThat(browser.refusal("descriptor-mistyped")).contains("100");
    faults.addAll(Looks.at(browser, "recovery-1-wallet"));
    Object marked =
        browser
            .driver()
            .executeScript(
                "const d = document.getElementById('descriptor');"
                    + "return d.selectionStart + '-' + d.selectionEnd");
    assertThat(marked).isEqualTo("99-100");
  }

  @Test
  @Order(2)
  void aTestNetworkIsChosenNotGuessed() {
    browser.go("about:blank");
    page = RecoveryPage.opened(browser);
    browser.type("descriptor", sheets.cosigners().descriptor());
    browser.click("wallet-continue");
    assertThat(browser.refusal("network-unchosen")).contains("sheet");
    page.goesOn();
    assertThat(browser.read("first-addresses"))
        .contains(
            sheets.cosigners().address(Cosigners.RECEIVE, 0),
            sheets.cosigners().address(Cosigners.RECEIVE, 1));
    faults.addAll(Looks.at(browser, "recovery-2-compare"));
  }

  /** The forms themselves are judged where the wallet page offers the same ones. */
  @Test
  @Order(3)
  void theWalletIsSavedInEachFormForOtherSoftware() {
    browser.see("other-software").findElement(By.tagName("summary")).click();
    for (ExportForm form : ExportForm.values()) {
      browser.click("export-" + form.id());
      assertThat(browser.download(form.fileName("recovered")))
          .content()
          .isEqualTo(form.write(sheets.cosigners(), "recovered", 0));
    }
  }

  @Test
  @Order(4)
  void coinsOfOthersAreNamedAndNotTaken() {
    String other = Sheets.of("somebody else").cosigners().address(Cosigners.RECEIVE, 0);
    browser.click("recover-spend");
    browser.type("coins", Sheets.listed("11".repeat(32), 0, other, "2.0"));
    browser.click("coins-look");
    assertThat(browser.refusal("coins-none")).contains("wallet");
    assertThat(browser.read("coins-unusable")).contains(other, "another wallet");
    String own = sheets.cosigners().address(Cosigners.RECEIVE, 33);
    browser.type("coins", Sheets.listed("22".repeat(32), 1, own, "0.5"));
    browser.click("coins-look");
    assertThat(browser.read("coins-total")).isEqualTo("0.50000000 BTC");
    faults.addAll(Looks.at(browser, "recovery-3-coins"));
  }

  @Test
  @Order(5)
  void wrongWordsAreRefusedAndTheirPlacesAreMarked() {
    page.sweeps(sheets.cosigners().address(Cosigners.RECEIVE, 3), "2.5");
    assertThat(browser.read("self-send")).contains("yourself");
    faults.addAll(Looks.at(browser, "recovery-4-review"));
    List<String> unknown = new ArrayList<>(sheets.words());
    unknown.set(6, "trefoil");
    page.opensWords(unknown);
    assertThat(browser.refusal("word-unknown")).contains("7");
    assertThat(invalid()).containsExactly("paper-word-7");

    List<String> swapped = new ArrayList<>(sheets.words());
    Collections.swap(swapped, 2, 8);
    page.types(swapped);
    assertThat(browser.refusal("words-swapped")).contains("3 and 9");
    assertThat(invalid()).containsExactly("paper-word-3", "paper-word-9");
    faults.addAll(Looks.at(browser, "recovery-5-words"));
    page.types(sheets.words()).has("backup");
  }

  @SuppressWarnings("unchecked")
  private List<String> invalid() {
    return (List<String>)
        browser
            .driver()
            .executeScript(
                "return [...document.querySelectorAll('[aria-invalid=\"true\"]')].map(e => e.id)");
  }

  @Test
  @Order(6)
  void oneKeySignsAndWhatItSignedIsTakenAway() {
    browser.click("sign");
    browser.see("half-signed");
    halfSigned = page.text("psbt-text");
    browser.see("psbt-qr");
    faults.addAll(Looks.at(browser, "recovery-6-half"));
    browser.click("psbt-save");
    assertThat(browser.download(".psbt")).isNotEmptyFile();
    Psbt psbt = Psbt.parseBase64(halfSigned);
    assertThat(psbt.inputs().get(0).partialSignatures()).hasSize(1);
  }

  @Test
  @Order(7)
  void theOtherKeyCompletesItOnAnotherComputer() {
    try (Browser other = Browser.open()) {
      RecoveryPage there = RecoveryPage.opened(other).names(sheets.cosigners());
      other.click("recover-psbt");
      other.type("psbt", halfSigned);
      other.click("psbt-continue");
      assertThat(other.read("key-backup")).contains("has signed");
      there.opensSealed(sheets.sealed(), "not the passcode at all");
      assertThat(other.refusal("passcode-wrong")).isNotBlank();
      faults.addAll(Looks.at(other, "recovery-7-passcode"));
      other.type("passcode", Sheets.PASSCODE);
      other.click("passcode-submit");
      there.has("user");
      other.click("sign");
      String raw = there.text("raw-transaction");
      other.see("transaction-qr");
      assertThat(raw).matches("02[0-9a-f]+");
      assertThat(other.read("txid")).matches("[0-9a-f]{64}");
      faults.addAll(Looks.at(other, "recovery-8-signed"));
    }
  }

  @Test
  @Order(8)
  void noStepHasAnythingThatAxeFaults() {
    assertThat(faults).isEmpty();
  }
}
