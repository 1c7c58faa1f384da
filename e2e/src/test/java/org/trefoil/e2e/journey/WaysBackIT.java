package org.trefoil.e2e.journey;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.WebElement;
import org.trefoil.e2e.audit.Looks;

/**
 * What a person loses of her account, and how she gets it back: password, second factor (by both
 * keys, by the user key alone after its wait, by a recovery code), e-mail address. The server's
 * clock is moved over what has to be waited for.
 */
final class WaysBackIT extends PracticeVisit {
  private static final String NEW_PASSWORD = "brave-kettle-77-sings-at-dusk";
  private static final String OLD_ADDRESS = "ada@example.org";
  private static final String NEW_ADDRESS = "countess@example.org";

  @Override
  PracticeWorld world() {
    return PracticeWorld.steered();
  }

  private void pass(Duration time) {
    world.server().pass(time);
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

  /** Waits for a mail to {@code recipient} with this subject. */
  private void isMailed(String recipient, String subject) {
    browser.until(
        () -> {
          browser.go(at("/practice/mail"));
          return browser.texts("letter").stream()
                  .anyMatch(text -> text.startsWith(subject) && text.contains("To " + recipient))
              ? true
              : null;
        },
        "a mail to " + recipient + ": " + subject);
  }

  /** Cancels by the link of the newest mail that has one. */
  private void cancelsByMail() {
    opensMail("cancel");
    browser.click("link-submit");
    browser.until(() -> browser.sees("link-submit") ? null : true, "it is cancelled");
    assertThat(browser.read("link-text")).contains("who began this");
  }

  /** Enrols the app that the page shows, and goes on to the wallets. */
  private void enrolsAnew() {
    browser.see("totp-secret");
    assertThat(Looks.at(browser, "page-new-factor")).isEmpty();
    ada.enrols();
    assertThat(ada.recoveryCodes()).hasSize(10);
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

  private void asksForPassword() {
    browser.go(at("/signin"));
    browser.click("forgot");
    browser.shot("forgot");
    browser.type("email", ada.email());
    browser.click("submit");
    browser.see("forgot-sent");
  }

  @Test
  @Order(1)
  void aForgottenPasswordIsReplacedByALinkInTimeAndTheRightCode() {
    ada.makesWallet("Savings");
    ada.signsOut();
    asksForPassword();
    browser.click("practice-mail");
    browser.shot("practice-mail");
    opensMail("new-password");
    String late = browser.url();
    pass(Duration.ofMinutes(31));
    browser.go(late);
    browser.refusal("link-dead");
    asksForPassword();
    browser.until(
        () -> {
          opensMail("new-password");
          return browser.sees("totp-code") ? true : null;
        },
        "the newer link has come");
    assertThat(Looks.at(browser, "page-new-password-code")).isEmpty();
    ada.givesCode(ada.totp().wrongCode());
    browser.refusal("code-wrong");
    ada.givesCode(ada.totp().freshCode());
    browser.enterVault();
    browser.see("password");
    browser.leaveVault();
    assertThat(Looks.at(browser, "page-new-password")).isEmpty();
    browser.enterVault();
    browser.type("password", NEW_PASSWORD);
    browser.type("password-again", NEW_PASSWORD);
    browser.click("vault-submit");
    browser.leaveVault();
    browser.see("password-set");
    browser.shot("password-set");
    ada.hasPassword(NEW_PASSWORD);
    ada.signsIn();
    isMailed(OLD_ADDRESS, "Your Trefoil password is changed");
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

  /** The password, and then the passcode in place of the second factor. */
  private void beginsTheWait() {
    ada.givesPassword(ada.password());
    browser.click("factor-lost");
    browser.click("lost-with-passcode");
    browser.enterVault();
    givesPasscode();
    browser.see("factor-reset");
  }

  @Test
  @Order(3)
  void thePasscodeAloneWaitsForEverybodyToSeeAndCanBeCancelledFromTheMail() {
    ada.signsOut();
    beginsTheWait();
    browser.shot("factor-reset");
    isMailed(OLD_ADDRESS, "Your second factor is to be replaced");
    cancelsByMail();
    pass(Duration.ofHours(73));
    ada.givesPassword(ada.password());
    browser.see("totp-code");
    assertThat(browser.sees("factor-reset")).isFalse();
    browser.go(at("/practice/mail"));
    assertThat(browser.text()).doesNotContain("can be replaced now");
    assertThat(browser.text()).contains("Your second factor stays as it is");
  }

  @Test
  @Order(4)
  void threeDaysAfterThePasscodeAloneALinkComesAndNotBefore() {
    beginsTheWait();
    pass(Duration.ofHours(71));
    isMailed(OLD_ADDRESS, "Your second factor is still to be replaced");
    assertThat(browser.text()).doesNotContain("can be replaced now");
    ada.givesPassword(ada.password());
    assertThat(browser.read("factor-reset")).contains("is to be replaced after");
    pass(Duration.ofHours(1));
    isMailed(OLD_ADDRESS, "Your second factor can be replaced now");
    ada.givesPassword(ada.password());
    assertThat(browser.read("factor-reset")).contains("can be replaced now");
    opensMail("new-factor");
    enrolsAnew();
    isMailed(OLD_ADDRESS, "Your second factor is replaced");
  }

  @Test
  @Order(5)
  void aRecoveryCodeStandsInForTheAppOnce() {
    ada.signsOut();
    ada.givesPassword(ada.password());
    ada.givesCode(ada.recoveryCodes().get(3));
    browser.see("create-wallet");
    ada.signsOut();
    ada.givesPassword(ada.password());
    ada.givesCode(ada.recoveryCodes().get(3));
    browser.refusal("code-used");
    ada.givesCode(ada.totp().freshCode());
    browser.see("create-wallet");
  }

  private void asksForNewAddress() {
    browser.go(at("/account"));
    browser.click("change-email");
    browser.type("email", NEW_ADDRESS);
    browser.shot("email");
    browser.click("email-with-wallet");
    browser.enterVault();
    givesPasscode();
    browser.type("totp-code", ada.totp().freshCode());
    browser.click("email-submit");
    browser.see("email-pending");
  }

  @Test
  @Order(6)
  void anotherAddressIsConfirmedByItsLinkUnlessTheOldOneCancels() {
    asksForNewAddress();
    isMailed(OLD_ADDRESS, "Your Trefoil account is to get another address");
    opensMail("new-email");
    String cancelled = browser.url();
    cancelsByMail();
    browser.go(cancelled);
    browser.refusal("link-dead");
    pass(Duration.ofMinutes(1)); // the app has other codes then
    asksForNewAddress();
    opensMail("new-email");
    assertThat(Looks.at(browser, "page-link")).isEmpty();
    browser.click("link-submit");
    browser.until(() -> browser.sees("link-submit") ? null : true, "it is confirmed");
    isMailed(OLD_ADDRESS, "Your Trefoil account has another address");
    ada.hasEmail(NEW_ADDRESS);
    ada.signsOut();
    ada.signsIn();
  }

  @Test
  @Order(7)
  void theRecordTellsInPlainWordsWhatHappened() {
    browser.go(at("/account"));
    assertThat(browser.texts("session-row")).anyMatch(row -> row.contains("this browser"));
    browser.shot("account");
    browser.until(
        () -> {
          browser.go(at("/account/activity"));
          return browser.texts("happening").stream()
                  .anyMatch(line -> line.startsWith("The e-mail address was changed"))
              ? true
              : null;
        },
        "the record tells of the new address");
    browser.shot("activity");
  }
}
