package org.trefoil.e2e.journey;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/**
 * Rules are signed in the vault: one refuses, one has a send wait, one gets looser and is
 * cancelled; then everything is stopped. Minutes pass by the server's clock, which is moved.
 */
final class RulesIT extends PracticeVisit {
  private static final String FOREIGN = "bcrt1qw508d6qejxtdg4y5r3zarvary0c5xw7kygt080";

  @Override
  PracticeWorld world() {
    return PracticeWorld.steered();
  }

  private void opensRules() {
    browser.go(at(ada.wallet() + "/rules"));
  }

  /** Signs what the form asks for, as the vault shows it. */
  private void signs(String form, String change, String how) {
    browser.click(form);
    browser.enterVault();
    assertThat(browser.read("rule-changes")).contains(change);
    browser.see(how);
    browser.type("passcode", ada.passcode());
    browser.click("vault-submit");
    browser.leaveVault();
    world.server().pass(Duration.ofMinutes(2)); // the app has another code then
    ada.givesCode(ada.totp().freshCode());
  }

  private void rulesSay(String line) {
    browser.until(
        () -> browser.read("rules-now").contains(line) ? true : null, "the rules say " + line);
  }

  @Test
  @Order(1)
  void aSendAgainstARuleIsRefusedWithItsReasonBeforeThePasscode() {
    ada.makesWallet("Savings");
    isPaid();
    opensRules();
    browser.type("rule-per-send", "1,000");
    browser.click("change-limits");
    assertThat(browser.refusal("amount-malformed")).contains("one point");
    browser.type("rule-per-send", "0.002");
    browser.type("rule-count", "many");
    browser.click("change-limits");
    assertThat(browser.refusal("rule-unreadable")).contains("amounts, numbers and times");
    browser.see("rule-count").clear();
    signs("change-limits", "At most 0.00200000 BTC in one send", "rules-at-once");
    rulesSay("At most 0.00200000 BTC in one send");
    ada.prepares(FOREIGN, "0.01");
    browser.see("digest-words");
    browser.leaveVault();
    assertThat(browser.read("verdict"))
        .contains("Your rules do not allow it", "at most 0.00200000 BTC out in one send");
    browser.enterVault();
    ada.signs();
    assertThat(browser.read("verdict")).contains("Your rules do not allow it");
    browser.type("totp-code", ada.totp().freshCode());
    browser.click("submit");
    browser.refusal("limit-per-send");
    browser.click("send-cancel");
    statusIs("cancelled");
  }

  @Test
  @Order(2)
  void aSendThatWaitsHoldsItsCoinsAndIsCancelled() {
    opensRules();
    browser.type("rule-hold-above", "0.001");
    signs("change-waits", "waits for 24 hours", "rules-at-once");
    rulesSay("waits for 24 hours");
    ada.prepares(FOREIGN, "0.0015");
    browser.see("digest-words");
    browser.leaveVault();
    assertThat(browser.read("verdict")).contains("It will wait");
    browser.enterVault();
    holds();
    browser.click("send-cancel");
    statusIs("cancelled");
  }

  private void holds() {
    ada.signs();
    world.server().pass(Duration.ofMinutes(2));
    browser.type("totp-code", ada.totp().freshCode());
    browser.click("submit");
    browser.see("held");
  }

  @Test
  @Order(3)
  void whatIsLooserWaitsAndIsCancelled() {
    opensRules();
    browser.type("rule-per-send", "0.02");
    signs("change-limits", "Gone: At most 0.00200000 BTC", "rules-looser");
    assertThat(browser.read("rules-waiting")).contains("0.02000000");
    rulesSay("At most 0.00200000 BTC in one send");
    browser.click("rules-cancel");
    browser.until(() -> browser.sees("rules-waiting") ? null : true, "nothing waits any more");
    rulesSay("At most 0.00200000 BTC in one send");
  }

  private void passUntil(Instant then) {
    world.server().pass(Duration.between(world.server().clock().instant(), then));
  }

  @Test
  @Order(4)
  void twoDaysLaterLooserRulesHoldAndTheSendThatWaitedIsOut() {
    opensRules();
    browser.type("rule-per-send", "0.02");
    signs("change-limits", "Gone: At most 0.00200000 BTC", "rules-looser");
    assertThat(browser.read("rules-waiting")).contains("0.02000000");
    ada.prepares(FOREIGN, "0.0015");
    browser.see("digest-words");
    holds();
    String send = browser.url();
    Instant out = world.server().clock().instant().plus(Duration.ofHours(24));
    passUntil(out.minus(Duration.ofHours(1)));
    ada.signsIn();
    browser.go(send);
    browser.see("held");
    // A jump makes what was seen of the chain old, and nothing is signed on that. So it lands
    // before the send's time, which comes when the chain was looked at again.
    passUntil(out.minusSeconds(30));
    ada.signsIn();
    world.server().pass(Duration.ofSeconds(40));
    browser.until(
        () -> {
          browser.go(send);
          return browser.read("send-status").startsWith("Sent") ? true : null;
        },
        "the send is out");
    passUntil(out.plus(Duration.ofHours(26)));
    ada.signsIn();
    opensRules();
    rulesSay("At most 0.02000000 BTC in one send");
  }

  @Test
  @Order(5)
  void oneClickStopsEverythingAndToGoOnTakesACodeAndTime() {
    opensRules();
    browser.click("freeze");
    browser.see("frozen");
    browser.go(at(ada.wallet()));
    assertThat(browser.read("stopped")).contains("This wallet is stopped", "Let it go on");
    browser.look(true, false);
    browser.shot("overview-stopped-phone");
    browser.look(false, true);
    browser.shot("overview-stopped-dark");
    browser.look(false, false);
    ada.prepares(FOREIGN, "0.0005");
    browser.see("digest-words");
    browser.leaveVault();
    assertThat(browser.read("verdict")).contains("This wallet is stopped");
    opensRules();
    browser.type("thaw-code", ada.totp().freshCode());
    browser.click("thaw");
    browser.until(() -> browser.read("frozen").contains("until") ? true : null, "it is to go on");
  }
}
