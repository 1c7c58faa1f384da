package org.trefoil.e2e.journey;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.trefoil.core.keys.KeyRole;
import org.trefoil.e2e.audit.Looks;
import org.trefoil.e2e.evil.KeySetLies;
import org.trefoil.e2e.harness.ManInTheMiddle;
import org.trefoil.e2e.person.BackupPaper;

/**
 * A passcode is changed, a sheet is seen, a passcode is lost: each has its way back, and the coins
 * come along. Years pass by the server's clock, which is moved.
 */
final class LosingKeysIT extends PracticeVisit {
  private static final String NEWER = "amber kites over 14 quiet harbours";
  private static final String NEWEST = "sixteen slow barges carry 3 bells";
  private static final String FOREIGN = "bcrt1qw508d6qejxtdg4y5r3zarvary0c5xw7kygt080";

  private String first = "";
  private String oldAddress = "";
  private List<String> checkWords = List.of();

  @Override
  PracticeWorld world() {
    return PracticeWorld.steered();
  }

  @Test
  @Order(1)
  void aNewPasscodeSealsTheSameKeyAndSheetBIsPrintedAnew() {
    ada.makesWallet("Savings");
    oldAddress = isPaid();
    BackupPaper before = ada.paper();
    browser.go(at(ada.wallet() + "/passcode"));
    browser.click("change-passcode");
    browser.enterVault();
    browser.type("old-passcode", ada.passcode());
    browser.type("passcode", ada.passcode());
    browser.type("passcode-again", ada.passcode());
    browser.click("vault-submit");
    browser.refusal("passcode-same");
    browser.type("old-passcode", ada.passcode());
    browser.type("passcode", NEWER);
    browser.type("passcode-again", NEWER);
    browser.click("vault-submit");
    browser.leaveVault();
    ada.givesCode(ada.totp().freshCode());
    browser.see("passcode-changed");
    browser.enterVault();
    String words = browser.read("sheet-words");
    browser.click("download-pdf");
    Path file = browser.download("sheet-b.pdf");
    browser.click("sheet-done");
    browser.see("sheet-finished");
    browser.leaveVault();
    BackupPaper sheet = BackupPaper.read(file);
    assertThat(String.join(" ", sheet.checkWords())).isEqualTo(words);
    assertThat(sheet.checkWords()).isNotEqualTo(before.checkWords());
    assertThat(sheet.descriptor()).isEqualTo(before.descriptor());
    ada.prepares(FOREIGN, "0.001");
    browser.type("passcode", ada.passcode());
    browser.click("sign");
    browser.refusal("passcode-wrong");
    ada.passcodeIs(NEWER);
    ada.signs();
    browser.leaveVault();
  }

  @Test
  @Order(2)
  void aSheetWasSeenSoNewKeysTakeThePlaceOfTheOld() {
    first = ada.wallet();
    browser.go(at(first + "/safety"));
    browser.click("replace-keys");
    browser.click("begin-replacement");
    browser.enterVault();
    browser.type("passcode", ada.passcode());
    browser.click("old-key-submit");
    newKeysComeIntoUse("backup-here");
    browser.go(at("/wallets"));
    assertThat(browser.all("wallet-link")).hasSize(1);
    assertThat(browser.read("wallet-link")).contains("Savings", "0.05000000 BTC under older keys");
    assertThat(ada.receives()).startsWith("bcrt1q");
  }

  @Test
  @Order(3)
  void aServerThatNamesAnotherSuccessorIsRefused() {
    try (ManInTheMiddle middle = ManInTheMiddle.inFrontOf(world.server().origin())) {
      middle.tell(
          ManInTheMiddle.replace(
              "POST", ".*/heirs", "\"address\":\"[a-z0-9]+\"", "\"address\":\"" + FOREIGN + "\""));
      browser.go(middle.origin() + first + "/move");
      browser.enterVault();
      browser.refusal("address-not-ours");
      browser.leaveVault();
      middle.stopLying();
      ManInTheMiddle.Lie swapped = KeySetLies.oneKey(KeyRole.BACKUP);
      middle.tell(
          (method, path, body) ->
              path.endsWith("/heirs") ? swapped.instead(method, path, body) : null);
      browser.go(middle.origin() + first + "/move");
      browser.enterVault();
      browser.refusal("endorsement-wrong");
      browser.leaveVault();
      assertThat(middle.liesTold()).isGreaterThanOrEqualTo(2);
    }
  }

  @Test
  @Order(4)
  void whatTheOldKeysHoldIsMovedWithOneClick() {
    browser.go(at(ada.wallet()));
    assertThat(browser.read("older-link")).contains("0.05000000");
    browser.click("older-link");
    reviewsTheMove();
    browser.type("passcode", ada.passcode());
    signsTheMove();
  }

  private void reviewsTheMove() {
    browser.enterVault();
    browser.click("review");
    assertThat(browser.read("heir-words")).isEqualTo(String.join(" ", ada.paper().keyWords()));
  }

  private void signsTheMove() {
    browser.click("sign");
    browser.leaveVault();
    browser.see("totp-code");
    ada.confirms();
    world.mines(ada);
    everythingIsHere();
  }

  private void everythingIsHere() {
    browser.go(at(ada.wallet()));
    browser.until(
        () -> browser.read("balance").startsWith("0.0499") ? true : null, "it has arrived");
    assertThat(browser.read("older-link")).contains("Nothing there");
    world.server().pass(Duration.ofMinutes(2)); // the app has other codes then
  }

  @Test
  @Order(5)
  void whatIsPaidToAnOldAddressLaterIsSweptWithOneClick() {
    ada.sends(oldAddress, "0.01");
    world.mines(ada);
    browser.go(at(ada.wallet()));
    browser.until(
        () -> browser.read("older-link").contains("0.01000000") ? true : null,
        "what came late is shown");
    browser.click("older-link");
    reviewsTheMove();
    browser.type("passcode", ada.passcode());
    signsTheMove();
  }

  @Test
  @Order(6)
  void aLostPasscodeComesBackBySheetA() {
    String second = ada.wallet();
    List<String> words = ada.paper().words();
    browser.go(at(second + "/safety"));
    browser.click("passcode-lost");
    browser.click("begin-replacement");
    browser.enterVault();
    browser.click("other-way");
    ada.typesWords(words);
    browser.click("old-key-submit");
    newKeysComeIntoUse("backup-here");
    browser.go(at(second));
    browser.click("move-link");
    browser.enterVault();
    browser.see("review");
    browser.leaveVault();
    assertThat(Looks.at(browser, "page-move")).isEmpty();
    reviewsTheMove();
    ada.typesWords(words);
    signsTheMove();
  }

  @Test
  @Order(7)
  void theUserKeysOwnWordsSealItAnewAtOnce() {
    List<String> words = ada.paper().userWords(ada.passcode());
    browser.go(at(ada.wallet() + "/passcode"));
    browser.click("change-passcode");
    browser.enterVault();
    browser.click("other-way");
    ada.typesWords(words);
    ada.passcodeIs(NEWEST);
    browser.type("passcode", NEWEST);
    browser.type("passcode-again", NEWEST);
    browser.click("vault-submit");
    browser.leaveVault();
    world.server().pass(Duration.ofMinutes(2));
    ada.givesCode(ada.totp().freshCode());
    browser.see("passcode-changed");
    browser.enterVault();
    checkWords = List.of(browser.read("sheet-words").split(" "));
    browser.leaveVault();
    ada.prepares(FOREIGN, "0.001");
    ada.signs();
  }

  @Test
  @Order(8)
  void aYearLaterThePageRemindsOfThePaperAndDoesNotNagTwice() {
    assertThat(drillIsDueAfter(364)).isFalse();
    assertThat(drillIsDueAfter(2)).isTrue();
    browser.click("drill-later");
    browser.until(() -> browser.sees("drill-due") ? null : true, "the reminder is put off");
    assertThat(drillIsDueAfter(363)).isFalse();
    assertThat(drillIsDueAfter(3)).isTrue();
  }

  /** Lets days pass; all sign-ins end with them. */
  private boolean drillIsDueAfter(int days) {
    world.server().pass(Duration.ofDays(days));
    ada.signsIn();
    return drillIsDue();
  }

  private boolean drillIsDue() {
    browser.go(at(ada.wallet()));
    browser.see("balance");
    return browser.sees("drill-due");
  }

  @Test
  @Order(9)
  void thePaperIsReadBackOnceMore() {
    browser.click("drill-begin");
    browser.enterVault();
    ada.typesWords(ada.paper().words());
    browser.click("paper-submit");
    ada.answersSheetB(List.of("zoo", "zoo", "zoo", "zoo"));
    assertThat(browser.refusal("paper-word-wrong")).contains("B");
    browser.see("paper-word-1").clear();
    ada.answersSheetB(checkWords);
    browser.see("paper-fine");
    assertThat(drillIsDue()).isFalse();
  }
}
