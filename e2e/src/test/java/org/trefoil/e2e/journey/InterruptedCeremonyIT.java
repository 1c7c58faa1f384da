package org.trefoil.e2e.journey;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.bitcoinj.base.BitcoinNetwork;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.WindowType;
import org.trefoil.e2e.person.ColdDevice;

/**
 * The tab is closed between the sheets and the paper check: the paper can still answer. Closed
 * before that, nothing is lost but the choice.
 */
final class InterruptedCeremonyIT extends PracticeVisit {
  @Test
  @Order(1)
  void theWalletWaitsForItsPaper() {
    ada.beginsWallet("Savings");
    browser.click("backup-here");
    browser.type("passcode", ada.passcode());
    browser.type("passcode-again", ada.passcode() + "!");
    browser.click("vault-submit");
    assertThat(browser.refusal("passcode-mismatch")).contains("Type the same one twice");
    ada.typesPasscodeTwice();
    ada.downloadsPaper();
    browser.leaveVault();
    String closed = browser.driver().getWindowHandle();
    String fresh = browser.driver().switchTo().newWindow(WindowType.TAB).getWindowHandle();
    browser.driver().switchTo().window(closed).close();
    browser.driver().switchTo().window(fresh);
    browser.go(at("/wallets"));
    assertThat(browser.read("wallet-link")).contains("Savings", "paper not checked");
    browser.click("wallet-link");
    browser.until(() -> browser.url().endsWith("/check") ? true : null, "the check opens");
  }

  @Test
  @Order(2)
  void aWrongWordIsNamedByItsPosition() {
    browser.enterVault();
    List<String> words = ada.paper().words();
    for (int i = 1; i <= 24; i++) {
      browser.type("paper-word-" + i, i == 7 ? "trefoil" : words.get(i - 1));
    }
    browser.click("paper-submit");
    assertThat(browser.refusal("word-unknown")).contains("7");
    browser.type("paper-word-7", words.get(6).equals("zebra") ? "zoo" : "zebra");
    browser.click("paper-submit");
    browser.until(
        () ->
            "words-mistyped".equals(browser.see("paper-error").getAttribute("data-token"))
                ? true
                : null,
        "the place is found");
    assertThat(browser.read("paper-error")).startsWith("Word 7 ");
  }

  @Test
  @Order(3)
  void allWordsPutItIntoUse() {
    browser.type("paper-word-7", ada.paper().words().get(6));
    browser.click("paper-submit");
    ada.answersSheetB(ada.paper().checkWords());
    ada.opensActiveWallet();
    assertThat(ada.receives()).startsWith("bcrt1q");
  }

  @Test
  @Order(4)
  void withAColdKeyPasscodeSheetsAndDeviceAnswer() {
    ada.beginsWallet("Cold");
    browser.click("backup-cold");
    ColdDevice device = new ColdDevice(BitcoinNetwork.REGTEST);
    browser.type("cold-xpub", device.expression());
    ada.typesPasscodeTwice();
    ada.downloadsPaper();
    ada.answersPaperCheck();
    final String asked = browser.read("cold-proof-text");
    browser.go(at("/wallets"));
    for (WebElement link : browser.all("wallet-link")) {
      if (link.getText().contains("Cold")) {
        link.click();
        break;
      }
    }
    browser.enterVault();
    browser.type("passcode", ada.passcode());
    browser.click("vault-submit");
    ada.answersPaperCheck();
    assertThat(browser.read("cold-proof-text")).isEqualTo(asked);
    ada.provesColdKey(device);
    ada.opensActiveWallet();
    assertThat(ada.receives()).startsWith("bcrt1q");
  }

  @Test
  @Order(5)
  void beforeItsKeysWereStoredTheCeremonyBeginsAgain() {
    ada.beginsWallet("Half");
    browser.click("backup-here");
    browser.see("passcode");
    browser.go(at("/wallets"));
    for (WebElement link : browser.all("wallet-link")) {
      if (link.getText().contains("Half")) {
        link.click();
        break;
      }
    }
    assertThat(browser.see("wallet-name").getAttribute("value")).isEqualTo("Half");
    browser.click("create-wallet");
    browser.enterVault();
    browser.click("backup-here");
    ada.finishesCeremony();
    assertThat(ada.receives()).startsWith("bcrt1q");
    browser.go(at("/wallets"));
    assertThat(browser.texts("wallet-link")).filteredOn(l -> l.contains("Half")).hasSize(1);
    int finished = browser.all("wallet-link").size();
    ada.beginsWallet("Given up");
    browser.go(at("/wallets"));
    assertThat(browser.read("wallet-link")).contains("Given up", "not finished");
    browser.click("discard-wallet");
    browser.driver().switchTo().alert().accept();
    browser.until(
        () -> browser.all("wallet-link").size() == finished ? true : null, "it is off the list");
    assertThat(browser.sees("discard-wallet")).isFalse();
  }
}
