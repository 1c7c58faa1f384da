package org.trefoil.e2e.journey;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.By;
import org.openqa.selenium.WebElement;
import org.trefoil.e2e.harness.SigningProcess;

/** With a signer, what a code added signs in at once and confirms sends later, and pages say so. */
final class NewFactorsWaitIT extends PracticeVisit {
  private final SigningProcess signer = SigningProcess.start();

  @Override
  PracticeWorld world() {
    return new PracticeWorld("--signer", signer.socket());
  }

  @AfterAll
  void end() {
    signer.close();
  }

  @Test
  @Order(1)
  void aNewPasskeySaysFromWhenItConfirmsSends() {
    PasskeysIT.deviceOf(browser);
    browser.go(at("/account/passkeys"));
    browser.type("new-passkey-name", "Phone");
    browser.type("totp-code", ada.totp().freshCode());
    browser.click("submit");
    assertThat(browser.read("passkey-counts-from")).matches("confirms sends from .+ on");
    assertThat(browser.sees("passkey-vouch")).as("nothing vouches for it").isFalse();
    shots("passkey-waits");
  }

  @Test
  @Order(2)
  void itConfirmsNoneBeforeAndACodeDoes() {
    ada.makesWallet("Savings");
    isPaid();
    ada.prepares(world.foreignAddress(), "0.01");
    ada.signs();
    assertThat(browser.read("passkey-later")).matches("With a passkey of yours from .+ on: .+");
    assertThat(browser.sees("confirm-passkey")).isFalse();
    shots("passkey-too-new");
    ada.givesCode(ada.totp().freshCode());
    world.judgesWaiting(browser.read("send-txid").strip());
  }

  @Test
  @Order(3)
  void itSignsInAtOnce() {
    ada.signsOut();
    ada.givesPassword(ada.password());
    browser.click("use-passkey");
    browser.see("create-wallet");
  }

  @Test
  @Order(4)
  void newCodesSayFromWhenTheyConfirmSends() {
    browser.go(at("/account"));
    WebElement form = browser.driver().findElement(By.cssSelector("form[action='/account/codes']"));
    form.findElement(By.name("code")).sendKeys(ada.totp().freshCode());
    browser.click("renew-codes");
    assertThat(browser.read("codes-from")).contains("confirm sends and changes from");
    shots("codes-wait");
  }

  @Test
  @Order(5)
  void onePasskeyThatCountsVouchesForAnotherAndLeavesLate() {
    signer.again("--factor-delay-hours", "0");
    browser.go(at("/account/passkeys"));
    PasskeysIT.secondDeviceOf(browser);
    browser.type("new-passkey-name", "Key in the safe");
    browser.type("totp-code", ada.totp().freshCode());
    browser.click("submit");
    browser.until(() -> browser.texts("passkey-row").size() == 2 ? true : null, "two passkeys");
    signer.again();
    browser.go(at("/account/passkeys"));
    assertThat(browser.texts("passkey-vouch")).as("for the young one").hasSize(1);
    browser
        .driver()
        .executeScript("for (const each of document.querySelectorAll('details')) each.open = true");
    assertThat(browser.texts("leaves-late")).as("of the one that counts").hasSize(1);
    shots("passkey-vouch");
    browser
        .driver()
        .executeScript(
            "arguments[0].scrollIntoView({block: 'center'})", browser.see("leaves-late"));
    shots("passkey-leaves-late");
  }

  @Test
  @Order(6)
  void whoHasAPasskeyThatCountsGetsANewAppByBothKeysAlone() {
    ada.signsOut();
    ada.givesPassword(ada.password());
    browser.click("factor-lost");
    assertThat(browser.read("keys-alone")).contains("both keys do, or nothing");
    assertThat(browser.sees("lost-with-passcode")).isFalse();
    shots("factor-lost-keys-alone");
  }

  private void shots(String name) {
    for (boolean phone : new boolean[] {true, false}) {
      for (boolean dark : new boolean[] {true, false}) {
        browser.look(phone, dark);
        browser.shot(name + (phone ? "-phone" : "-desktop") + (dark ? "-dark" : ""));
      }
    }
    browser.look(false, false);
  }
}
