package org.trefoil.e2e.journey;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.trefoil.core.descriptor.Descriptors;
import org.trefoil.core.export.ExportForm;
import org.trefoil.core.keys.Cosigners;
import org.trefoil.core.keys.KeyRole;
import org.trefoil.core.proposal.FinalTx;
import org.trefoil.core.psbt.Psbt;
import org.trefoil.core.units.Network;
import org.trefoil.core.ur.PsbtText;
import org.trefoil.e2e.harness.Tool;
import org.trefoil.e2e.person.ColdSigner;

/**
 * PSBT doors both ways: a send leaves the vault unsigned, by code, file and text, and comes back
 * signed by the backup key; another leaves half-signed and needs no server any more.
 */
@EnabledIfSystemProperty(
    named = "trefoil.bitcoind",
    matches = ".+",
    disabledReason = "NO BITCOIND: run e2e/verify, which installs one and runs this journey")
final class SignedElsewhereIT extends Visit<BitcoindWorld> {
  private ColdSigner device;

  @Override
  BitcoindWorld world() {
    return new BitcoindWorld();
  }

  @BeforeAll
  void depositArrives() {
    ada.makesWallet("Savings");
    world.pays(ada, ada.receives(), "0.05");
    world.mines(ada);
    device = new ColdSigner(ada.paper().words());
    browser.go(world.origin() + ada.wallet());
    browser.until(
        () -> browser.read("balance").contains("0.05") ? true : null, "the deposit is there");
  }

  private String handedOut() {
    return browser.see("psbt-text").getAttribute("value");
  }

  private void takesOutUnsigned(String to, String amount) {
    ada.prepares(to, amount);
    browser.click("sign-elsewhere");
    browser.click("elsewhere-unsigned");
  }

  private void mined(String to, String txid, String amount) {
    world.judgesWaiting(txid);
    world.mines(ada);
    world.judgesMined(txid, to, amount);
  }

  @Test
  @Order(1)
  void aSendLeavesUnsignedAndComesBackSignedByTheBackupKey() {
    String to = world.foreignAddress();
    takesOutUnsigned(to, "0.01");
    assertThat(browser.see("psbt-qr").isDisplayed()).isTrue();
    browser.click("psbt-hold");
    for (boolean phone : new boolean[] {false, true}) {
      browser.look(phone, phone);
      browser.shot("sign-elsewhere" + (phone ? "-phone-dark" : ""));
    }
    browser.look(false, false);
    Psbt unsigned = Psbt.parseBase64(handedOut());
    assertThat(unsigned.inputs()).allMatch(input -> input.partialSignatures().isEmpty());
    assertThat(unsigned.inputs()).allMatch(input -> input.hasNonWitnessUtxo());
    browser.type("brought-text", handedOut());
    browser.click("brought-check");
    assertThat(browser.refusal("not-signed-yet")).contains("Sign it");
    browser.type("brought-text", device.sign(unsigned).base64());
    browser.click("brought-check");
    browser.leaveVault();
    mined(to, ada.confirms(), "0.01000000");
  }

  @Test
  @Order(2)
  void itIsBroughtBackLaterAsAFileAndAnotherOneIsRefusedMeanwhile() throws Exception {
    String to = world.foreignAddress();
    takesOutUnsigned(to, "0.005");
    browser.click("psbt-save");
    Path file = browser.download(".psbt");
    assertThat(file.getFileName().toString()).endsWith("-unsigned.psbt");
    Psbt signed = device.sign(PsbtText.read(Files.readAllBytes(file)));
    takesOutUnsigned(to, "0.006");
    browser.type("brought-text", signed.base64());
    browser.click("brought-check");
    assertThat(browser.refusal("other-spend")).contains("another transaction");

    Path back = Files.write(Files.createTempFile("trefoil-signed", ".psbt"), signed.serialize());
    browser.go(world.origin() + ada.wallet() + "/send");
    browser.enterVault();
    browser.click("bring");
    browser.see("brought-file").sendKeys(back.toString());
    assertThat(browser.read("review-recipient").replaceAll("\\s+", "")).contains(to);
    assertThat(browser.read("review-amount")).contains("0.005");
    browser.shot("brought-back");
    browser.click("brought-send");
    browser.leaveVault();
    mined(to, ada.confirms(), "0.00500000");
  }

  @Test
  @Order(3)
  void aHalfSignedSendNeedsNoServerAnyMore() {
    Cosigners printed = printed();
    String to = world.foreignAddress();
    ada.prepares(to, "0.01");
    browser.click("sign-elsewhere");
    browser.click("elsewhere-half");
    browser.type("passcode", ada.passcode());
    browser.click("sign-out");
    browser.see("handed-out");
    browser.shot("handed-out");
    Psbt both = device.sign(Psbt.parseBase64(handedOut()));
    FinalTx whole = FinalTx.finish(both, printed);
    Tool.Result alone = world.node().call("testmempoolaccept", "[\"" + whole.hex() + "\"]");
    assertThat(alone.out()).contains("\"allowed\": true");
    world.node().cli("sendrawtransaction", whole.hex());
    mined(to, whole.txid(), "0.01000000");
    browser.leaveVault();
    browser.until(
        () -> ada.balance().contains("0.024") ? true : null, "the wallet sees what was spent");
  }

  @Test
  @Order(4)
  void theFilesForOtherSoftwareAreOfTheWalletThatThePaperNames() throws Exception {
    Cosigners printed = printed();
    browser.go(world.origin() + ada.wallet());
    browser.click("export");
    for (ExportForm form : List.of(ExportForm.BSMS, ExportForm.DESCRIPTOR, ExportForm.POLICY)) {
      browser.click("export-" + form.id());
      Path file = browser.download(form.fileName("Savings"));
      assertThat(Files.readString(file)).isEqualTo(form.write(printed, "Savings", 0));
    }
    assertThat(browser.read("first-address").replaceAll("\\s+", ""))
        .isEqualTo(printed.address(Cosigners.RECEIVE, 0));
    for (boolean phone : new boolean[] {false, true}) {
      for (boolean dark : new boolean[] {false, true}) {
        browser.look(phone, dark);
        browser.shot("export-" + (phone ? "phone" : "desktop") + (dark ? "-dark" : ""));
      }
    }
    browser.look(false, false);
  }

  @Test
  @Order(5)
  void aBrowserThatDoesNotKnowTheKeysChecksThemBeforeAnythingGoesOut() {
    browser.go(world.origin() + ada.wallet());
    browser.driver().executeScript("localStorage.clear()");
    takesOutUnsigned(world.foreignAddress(), "0.001");
    browser.see("vault-submit");
    assertThat(browser.sees("psbt-text")).isFalse();
    withoutThePasscodeThePaperDoes();
    browser.type("passcode", ada.passcode());
    browser.click("vault-submit");
    assertThat(Psbt.parseBase64(handedOut()).unsignedTx().outputs()).hasSize(2);
    browser.leaveVault();
  }

  /** Whoever lost it has another key left, and must not need this one to get at it. */
  private void withoutThePasscodeThePaperDoes() {
    List<String> words = printed().words();
    browser.click("by-paper");
    browser.type("key-set-words", words.get(0) + " trefoil " + words.get(2) + " " + words.get(3));
    browser.click("words-submit");
    assertThat(browser.refusal("paper-word-wrong")).contains("Word 2", "key set");
    browser.type("key-set-words", String.join(" ", words).toUpperCase(Locale.ROOT));
    browser.look(true, true);
    browser.shot("key-set-words-phone-dark");
    browser.look(false, false);
    browser.click("words-submit");
    assertThat(Psbt.parseBase64(handedOut()).unsignedTx().outputs()).hasSize(2);
    browser.leaveVault();
    takesOutUnsigned(world.foreignAddress(), "0.001");
    assertThat(browser.see("vault-submit").isDisplayed()).as("nothing is remembered").isTrue();
  }

  private Cosigners printed() {
    return Descriptors.parse(
        ada.paper().descriptor(),
        Network.REGTEST,
        List.of(KeyRole.USER, KeyRole.BACKUP, KeyRole.SERVER));
  }
}
