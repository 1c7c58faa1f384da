package org.trefoil.e2e.journey;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.By;
import org.openqa.selenium.WebElement;
import org.trefoil.e2e.harness.Browser;

/** The same person elsewhere: nothing is needed but what she knows and her phone. */
final class AnotherBrowserIT extends PracticeVisit {
  private Browser first;

  @AfterAll
  void closeFirst() {
    if (first != null) {
      first.close();
    }
  }

  @Test
  @Order(1)
  void anAccountHoldsSeveralWallets() {
    ada.makesWallet("Household").makesWallet("Savings");
    browser.go(at("/wallets"));
    assertThat(browser.texts("wallet-link"))
        .extracting(link -> link.lines().findFirst().orElse(""))
        .anyMatch(text -> text.contains("Household"))
        .anyMatch(text -> text.contains("Savings"))
        .hasSize(2);
    ada.signsOut();
    browser.go(at(ada.wallet()));
    assertThat(browser.url()).contains("/signin");
  }

  @Test
  @Order(2)
  void aWrongPasswordIsRefusedAndARecoveryCodeStandsInForThePhone() {
    first = browser;
    browser = Browser.open();
    ada.sitsDownAt(browser);
    browser.go(at("/signin"));
    browser.type("email", "aad@example.org");
    browser.click("submit");
    browser.enterVault();
    browser.see("password");
    browser.leaveVault();
    browser.type("email", ada.email()); // which closes the vault of the mistyped address
    assertThat(browser.driver().findElements(By.tagName("iframe"))).isEmpty();
    ada.givesPassword("quiet-otter-41-paints-brooks");
    assertThat(browser.refusal("signin-wrong")).contains("password is wrong");
    browser.enterVault(); // which asks again, without the address
    browser.type("password", ada.password());
    browser.click("vault-submit");
    browser.leaveVault();
    ada.givesCode(ada.recoveryCodes().get(0));
    browser.see("create-wallet");
  }

  @Test
  @Order(3)
  void theSamePasscodeOpensTheWalletAndIsAskedOnce() {
    browser.go(at(ada.wallet() + "/receive"));
    browser.enterVault();
    browser.type("passcode", "seven green lanterns drift south 58");
    browser.click("vault-submit");
    assertThat(browser.refusal("passcode-wrong")).contains("passcode is wrong");
    assertThat(browser.sees("receive-address")).isFalse();
    browser.leaveVault();
    assertThat(ada.receives()).startsWith("bcrt1q");
    browser.go(at(ada.wallet() + "/receive"));
    browser.enterVault();
    assertThat(browser.read("receive-address")).startsWith("bcrt");
    assertThat(browser.sees("passcode")).isFalse();
    browser.leaveVault();
  }

  @Test
  @Order(4)
  void aRecoveryCodeWorksOnce() {
    ada.signsOut();
    ada.givesPassword(ada.password());
    ada.givesCode(ada.recoveryCodes().get(0));
    assertThat(browser.refusal("code-used")).isNotBlank();
    ada.givesCode(ada.totp().freshCode());
    browser.see("create-wallet");
  }

  @Test
  @Order(5)
  void aChangedPasswordReplacesTheOld() {
    String old = ada.password();
    String fresh = "brisk-heron-77-sketches-harbours";
    browser.go(at("/account"));
    browser.click("change-password");
    ada.typesBothPasswords("quiet-otter-41-paints-brooks", fresh);
    ada.givesCode(ada.totp().wrongCode());
    assertThat(browser.refusal("password-wrong")).contains("nothing was changed");
    browser.enterVault(); // which is open again
    browser.see("old-password");
    browser.leaveVault();
    ada.changesPassword(fresh);
    ada.signsOut();
    ada.givesPassword(old);
    browser.refusal("signin-wrong");
    ada.givesPassword(ada.password());
    ada.givesCode(ada.recoveryCodes().get(1));
    browser.see("create-wallet");
    assertThat(ada.balance()).isEqualTo("0.00000000");
  }

  @Test
  @Order(6)
  void timesAreToldInThePersonsOwnZone() {
    browser
        .driver()
        .executeCdpCommand(
            "Emulation.setTimezoneOverride", Map.of("timezoneId", "Pacific/Auckland"));
    browser.go(at("/account"));
    WebElement since = browser.see("session-row").findElement(By.tagName("time"));
    assertThat(since.getText())
        .isEqualTo(
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm")
                .withZone(ZoneId.of("Pacific/Auckland"))
                .format(Instant.parse(since.getAttribute("datetime"))));
    assertThat(since.getAttribute("title")).endsWith(" UTC");
  }

  @Test
  @Order(7)
  void signingOutForgetsNoKeySet() {
    browser.go(at(ada.wallet() + "/receive"));
    browser.enterVault();
    assertThat(browser.read("receive-address")).startsWith("bcrt");
    assertThat(browser.sees("passcode")).isFalse();
    browser.leaveVault();
  }
}
