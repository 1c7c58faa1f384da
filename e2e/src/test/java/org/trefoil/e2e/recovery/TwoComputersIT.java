package org.trefoil.e2e.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.bitcoinj.core.Transaction;
import org.bitcoinj.core.TransactionOutput;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.openqa.selenium.By;
import org.trefoil.core.address.Address;
import org.trefoil.core.export.ExportForm;
import org.trefoil.core.keys.Cosigners;
import org.trefoil.core.keys.EnglishWords;
import org.trefoil.core.psbt.Psbt;
import org.trefoil.core.units.Network;
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
  private final String own = sheets.cosigners().address(Cosigners.RECEIVE, 3);
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
  @Order(1)
  void withoutACameraAndForAFileThatIsGoneTheOtherWaysAreNamed() throws IOException {
    browser.click("camera");
    assertThat(browser.refusal("camera-refused")).contains("Take a picture", "type");
    Path file = Files.write(Files.createTempFile("trefoil-gone", ".pdf"), new byte[100]);
    browser
        .driver()
        .executeScript(
            "const input = document.createElement('input');"
                + "input.type = 'file'; input.dataset.testid = 'elsewhere'; document.body.append(input)");
    browser.choose("elsewhere", file);
    Files.delete(file);
    browser
        .driver()
        .executeScript(
            "const [area, input] = arguments; const dataTransfer = new DataTransfer();"
                + "dataTransfer.items.add(input.files[0]); input.remove();"
                + "area.dispatchEvent(new DragEvent('drop', {dataTransfer, cancelable: true}))",
            browser.see("paper-file-drop"),
            browser.see("elsewhere"));
    assertThat(browser.refusal("file-unreadable")).contains("could not read");
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
  void coinsOfOthersAreNamedAndNotTaken() throws IOException {
    String other = Sheets.of("somebody else").cosigners().address(Cosigners.RECEIVE, 0);
    browser.click("recover-spend");
    browser.type("coins", Sheets.listed("11".repeat(32), 0, other, "2.0"));
    browser.click("coins-look");
    assertThat(browser.refusal("coins-none")).contains("wallet");
    assertThat(browser.read("coins-unusable")).contains(other, "another wallet");
    String coin = sheets.cosigners().address(Cosigners.RECEIVE, 33);
    Path answer = Files.createTempFile("trefoil-answer", ".json");
    Files.writeString(answer, Sheets.listed("22".repeat(32), 1, coin, "0.5"));
    browser.choose("coins-file", answer);
    assertThat(browser.read("coins-total")).isEqualTo("0.50000000 BTC");
    faults.addAll(Looks.at(browser, "recovery-3-coins"));
  }

  @Test
  @Order(5)
  void wrongWordsAreRefusedAndTheirPlacesAreMarked() {
    page.pays(own, "0.2", "2.5");
    assertThat(browser.read("self-send")).contains("yourself");
    assertThat(browser.read("review-amount")).contains("0.20000000");
    assertThat(browser.read("review-change")).contains("0.2999", "comes back");
    faults.addAll(Looks.at(browser, "recovery-4-review"));
    List<String> unknown = new ArrayList<>(sheets.words());
    unknown.set(6, "trefoil");
    browser.click("open-words");
    List<String> all = IntStream.range(0, 2048).mapToObj(EnglishWords::word).toList();
    assertThat(offered("paper-word-1")).isEqualTo(all).startsWith("abandon").endsWith("zoo");
    assertThat(offered("paper-word-24")).isEqualTo(all);
    page.types(unknown);
    assertThat(browser.refusal("word-unknown")).contains("7");
    assertThat(invalid()).containsExactly("paper-word-7");

    List<String> swapped = new ArrayList<>(sheets.words());
    Collections.swap(swapped, 2, 8);
    page.types(swapped);
    assertThat(browser.refusal("words-swapped")).contains("3 and 9");
    assertThat(invalid()).containsExactly("paper-word-3", "paper-word-9");
    faults.addAll(Looks.at(browser, "recovery-5-words"));
    List<String> begun =
        sheets.words().stream().map(word -> word.substring(0, Math.min(4, word.length()))).toList();
    page.types(begun).has("backup");
  }

  /** The words with which the browser completes what is typed. */
  @SuppressWarnings("unchecked")
  private List<String> offered(String field) {
    return (List<String>)
        browser
            .driver()
            .executeScript(
                "return [...arguments[0].list.options].map(o => o.value)", browser.see(field));
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
  void theOtherKeyCompletesItOnAnotherComputerAndItIsHandedOutInEachForm() {
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
      paysAndGivesChange(raw);
      assertThat(other.read("txid")).isEqualTo(transaction(raw).getTxId().toString());
      assertThat(CodesIT.scanned(other, "transaction-qr")).containsExactly(upper(raw));
      other.click("save-transaction");
      assertThat(other.download(".txt")).hasContent(raw);

      other.see("signed-psbt").findElement(By.tagName("summary")).click();
      byte[] finished = Psbt.parseBase64(there.text("psbt-text")).serialize();
      assertThat(HexFormat.of().formatHex(finished)).contains(witness(raw));
      assertThat(CodesIT.filmed(other)).isEqualTo(finished);
      other.click("psbt-save");
      assertThat(other.download("-signed.psbt")).hasBinaryContent(finished);
      faults.addAll(Looks.at(other, "recovery-8-signed"));
    }
  }

  private void paysAndGivesChange(String raw) {
    List<String> outputs =
        transaction(raw).getOutputs().stream()
            .map(TransactionOutput::getScriptBytes)
            .map(HexFormat.of()::formatHex)
            .toList();
    assertThat(outputs)
        .containsExactlyInAnyOrder(
            script(own), script(sheets.cosigners().address(Cosigners.CHANGE, 0)));
  }

  private static String script(String address) {
    return HexFormat.of().formatHex(Address.parse(address, Network.REGTEST).scriptPubKey());
  }

  private static Transaction transaction(String raw) {
    return Transaction.read(ByteBuffer.wrap(HexFormat.of().parseHex(raw)));
  }

  /** One of the signatures. */
  private static String witness(String raw) {
    return HexFormat.of().formatHex(transaction(raw).getInput(0).getWitness().getPush(1));
  }

  private static String upper(String raw) {
    return raw.toUpperCase(Locale.ROOT);
  }

  @Test
  @Order(8)
  void noStepHasAnythingThatAxeFaults() {
    assertThat(faults).isEmpty();
  }
}
