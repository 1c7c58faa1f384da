package org.trefoil.e2e.journey;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.trefoil.e2e.harness.Tool;

/** A backup key on three sheets, any two of which are enough. */
final class SplitBackupIT extends PracticeVisit {
  @Test
  @Order(1)
  void eachShareHasItsOwnSheetAndEachIsReadBack() {
    ada.beginsWallet("Household");
    browser.click("backup-split");
    browser.type("split-needed", "4");
    browser.click("vault-submit");
    assertThat(browser.refusal("split-numbers")).contains("16");
    browser.type("split-needed", "2");
    browser.shot("split-choice");
    ada.typesPasscodeTwice();
    String file = ada.downloadsPaper().toString();
    assertThat(Tool.output("pdfinfo", file)).containsPattern("Pages: +4\n");
    assertThat(Tool.output("qpdf", "--check", file)).contains("No syntax");
    assertThat(ada.paper().share(1)).isNotEqualTo(ada.paper().share(2));
    assertThat(ada.asked()).hasSize(7);
    ada.answersPaperCheck();
    ada.opensActiveWallet();
    assertThat(ada.receives()).startsWith("bcrt1q");
  }

  @Test
  @Order(2)
  void whatCouldBeLostCountsTheSheets() {
    browser.go(at(ada.wallet() + "/safety"));
    assertThat(browser.read("backup-kind")).contains("A1 to A3", "any 2");
    assertThat(browser.read("opens-backup")).startsWith("2 of sheets A1 to A3");
    assertThat(browser.read("split-loss")).contains("The others still make the backup key");
    browser.shot("safety-split");
    browser.look(true, true);
    browser.shot("safety-split-phone-dark");
    browser.look(false, false);
  }

  @Test
  @Order(3)
  void twoOfThreeSheetsAreReadBackInADrill() {
    browser.go(at(ada.wallet() + "/check"));
    browser.enterVault();
    ada.typesShares("paper-submit", 3, 2);
    browser.click("paper-submit");
    ada.answersSheetB(ada.paper().checkWords());
    browser.see("paper-fine");
  }

  @Test
  @Order(4)
  void twoSheetsAndThePasscodeReplaceALostSecondFactor() {
    ada.signsOut();
    ada.givesPassword(ada.password());
    browser.click("factor-lost");
    browser.click("lost-with-paper");
    browser.enterVault();
    ada.typesShares("paper-submit", 1, 3);
    browser.click("paper-submit");
    browser.type("passcode", ada.passcode());
    browser.click("vault-submit");
    browser.leaveVault();
    ada.enrols();
    browser.click("codes-saved");
  }

  @Test
  @Order(5)
  void twoSheetsMakeNewKeysWhenThePasscodeIsLost() {
    browser.go(at(ada.wallet() + "/replace"));
    browser.click("begin-replacement");
    browser.enterVault();
    browser.click("other-way");
    ada.typesShares("old-key-submit", 2, 1);
    browser.look(true, true);
    browser.shot("shares-phone-dark");
    browser.look(false, false);
    browser.click("old-key-submit");
    newKeysComeIntoUse("backup-split");
  }

  @Test
  @Order(6)
  void aBirthThatWasBrokenOffGoesOnWithTwoOfItsThreeSheets() {
    ada.beginsWallet("Rent");
    browser.click("backup-split");
    ada.typesPasscodeTwice();
    ada.downloadsPaper();
    browser.go(at("/wallets"));
    browser.click("wallet-link");
    browser.enterVault();
    List<String> third = ada.paper().share(3);
    List<String> wrong = new ArrayList<>(third);
    wrong.set(20, "trefoil");
    browser.type("share-word-1", String.join(" ", wrong));
    browser.click("paper-submit");
    assertThat(browser.refusal("share-word-unknown")).contains("share 1", "21");
    browser.type("share-word-1", String.join(" ", third));
    browser.click("paper-submit");
    assertThat(browser.read("shares-read")).startsWith("1 of 2");
    browser.type("share-word-1", String.join(" ", ada.paper().share(1)));
    browser.click("paper-submit");
    ada.answersPaperCheck();
    ada.opensActiveWallet();
    assertThat(ada.receives()).startsWith("bcrt1q");
  }
}
