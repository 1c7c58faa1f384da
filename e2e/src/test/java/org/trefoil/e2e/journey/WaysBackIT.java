package org.trefoil.e2e.journey;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.WebElement;
import org.trefoil.e2e.harness.Totp;

/**
 * What a person loses of her account, and how she gets it back: password, second factor (by both
 * keys, and by the user key alone), e-mail address. The wait is set to nothing here; that it is
 * kept is shown by the server's own tests, with a clock that is moved.
 */
final class WaysBackIT extends PracticeVisit {
  private static final String NEW_PASSWORD = "brave-kettle-77-sings-at-dusk";

  @Override
  PracticeWorld world() {
    return new PracticeWorld("--factor-delay-hours", "0");
  }

  /** Opens the newest practice mail with a link to {@code page}, and the link. */
  private void opensMail(String page) {
    browser.until(
        () -> {
          browser.go(at("/practice/mail"));
          for (WebElement link : browser.all("letter-link")) {
            String to = String.valueOf(link.getAttribute("href"));
            if (to.contains("/" + page + "/")) {
              browser.go(to);
              return true;
            }
          }
          return null;
        },
        "a mail with a link to " + page);
  }

  /** Enrols the app that the page shows, and goes on to the wallets. */
  private void enrolsAnew() {
    Totp app = new Totp(browser.read("totp-secret").replace(" ", ""));
    browser.shot("new-factor");
    browser.type("totp-code", app.freshCode());
    browser.click("submit");
    assertThat(List.of(browser.read("recovery-codes").split("\\s+"))).hasSize(10);
    ada.hasApp(app);
    browser.click("codes-saved");
    browser.go(at("/wallets"));
    browser.see("create-wallet");
  }

  private void givesPasscode() {
    browser.see("key-statement");
    browser.shot("prove-keys");
    browser.type("passcode", ada.passcode());
    browser.click("vault-submit");
    browser.leaveVault();
  }

  @Test
  @Order(1)
  void aForgottenPasswordIsReplacedByALinkAndACode() {
    ada.makesWallet("Savings");
    ada.signsOut();
    browser.go(at("/signin"));
    browser.click("forgot");
    browser.shot("forgot");
    browser.type("email", ada.email());
    browser.click("submit");
    browser.see("forgot-sent");
    browser.click("practice-mail");
    browser.shot("practice-mail");
    opensMail("new-password");
    ada.givesCode(ada.totp().freshCode());
    browser.enterVault();
    browser.type("password", NEW_PASSWORD);
    browser.type("password-again", NEW_PASSWORD);
    browser.click("vault-submit");
    browser.leaveVault();
    browser.see("password-set");
    browser.shot("password-set");
    ada.hasPassword(NEW_PASSWORD);
    ada.signsIn();
  }

  @Test
  @Order(2)
  void sheetAAndPasscodeReplaceALostFactorAtOnce() {
    ada.signsOut();
    ada.givesPassword(ada.password());
    browser.click("factor-lost");
    browser.shot("factor-lost");
    browser.click("lost-with-paper");
    browser.enterVault();
    List<String> words = ada.paper().words();
    for (int i = 1; i <= words.size(); i++) {
      browser.type("paper-word-" + i, i == 7 ? "zzzz" : words.get(i - 1));
    }
    browser.click("paper-submit");
    assertThat(browser.refusal("word-unknown")).contains("7");
    browser.see("paper-word-7").clear();
    browser.type("paper-word-7", words.get(6));
    browser.click("paper-submit");
    givesPasscode();
    enrolsAnew();
    ada.signsOut();
    ada.signsIn();
  }

  @Test
  @Order(3)
  void thePasscodeAloneWaitsForEverybodyToSeeAndCanBeCancelled() {
    ada.signsOut();
    ada.givesPassword(ada.password());
    browser.click("factor-lost");
    browser.click("lost-with-passcode");
    browser.enterVault();
    givesPasscode();
    browser.see("factor-reset");
    browser.shot("factor-reset");
    browser.click("cancel-reset");
    browser.see("totp-code");
    assertThat(browser.sees("factor-reset")).isFalse();
    browser.click("factor-lost");
    browser.click("lost-with-passcode");
    browser.enterVault();
    givesPasscode();
    browser.see("factor-reset");
    opensMail("new-factor");
    enrolsAnew();
  }

  @Test
  @Order(4)
  void anotherAddressIsConfirmedByItsLink() {
    browser.go(at("/account"));
    browser.click("change-email");
    browser.type("email", "countess@example.org");
    browser.shot("email");
    browser.click("email-with-wallet");
    browser.enterVault();
    givesPasscode();
    browser.type("totp-code", ada.totp().freshCode());
    browser.click("email-submit");
    browser.see("email-pending");
    opensMail("new-email");
    browser.shot("new-email");
    browser.click("link-submit");
    ada.hasEmail("countess@example.org");
    ada.signsOut();
    ada.signsIn();
  }
}
