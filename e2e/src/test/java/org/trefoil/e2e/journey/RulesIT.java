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
    assertThat(browser.text()).containsPattern("All rules, as version [1-9]");
    browser.see(how);
    browser.type("passcode", ada.passcode());
    browser.click("vault-submit");
    browser.leaveVault();
    world.server().pass(Duration.ofMinutes(2)); // the app has another code then
    ada.givesCode(ada.totp().freshCode());
    browser.enterVault();
    browser.see("rules-held");
    browser.leaveVault();
    browser.click("rules-done");
  }

  /** What whoever co-signs holds, by the vault's own question. */
  private void asksTheCoSigner(String shot) {
    browser.click("check-held");
    browser.enterVault();
    browser.see("rules-held");
    for (boolean phone : new boolean[] {true, false}) {
      for (boolean dark : new boolean[] {true, false}) {
        browser.leaveVault();
        browser.look(phone, dark);
        browser.shot(shot + (phone ? "-phone" : "-desktop") + (dark ? "-dark" : ""));
      }
    }
    browser.look(false, false);
    browser.enterVault();
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
    String send = browser.url();
    assertThat(browser.read("left")).as("the countdown").matches(", in 2[34] h \\d+ min");
    showsHeldCoins();
    browser.go(send);
    browser.click("send-cancel");
    statusIs("cancelled");
    balanceIs("0.05000000");
    assertThat(browser.sees("balance-reserved")).isFalse();
  }

  /** The whole coin of a send that waits, on the wallet's page and where the next one is made. */
  private void showsHeldCoins() {
    browser.go(at(ada.wallet()));
    assertThat(browser.read("balance-reserved")).isEqualTo("0.05000000");
    assertThat(browser.text()).contains("0.05000000 BTC held by a send that waits");
    assertThat(browser.read("waiting-send")).contains("0.0015");
    for (boolean phone : new boolean[] {true, false}) {
      browser.look(phone, !phone);
      browser.shot("overview-held-coins-" + (phone ? "phone" : "dark"));
    }
    browser.look(false, false);
    ada.prepares(FOREIGN, "0.001");
    browser.refusal("insufficient-funds");
    browser.leaveVault();
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
    asksTheCoSigner("held-waiting");
    assertThat(browser.read("held-waiting")).contains("hold within 2 days");
    assertThat(browser.read("held-waiting-changes"))
        .contains("New: At most 0.02000000 BTC", "Gone: At most 0.00200000 BTC");
    browser.see("held-open");
    browser.leaveVault();
    browser.click("rules-cancel");
    browser.until(() -> browser.sees("rules-waiting") ? null : true, "nothing waits any more");
    rulesSay("At most 0.00200000 BTC in one send");
    assertThat(browser.read("rule-versions"))
        .matches("(?s).*Version 3.*cancelled.*Version 2.*holds.*Version 1.*over.*");
  }

  private void sees(String rows, int number) {
    browser.until(() -> browser.all(rows).size() == number ? true : null, number + " " + rows);
  }

  private void types(String field, int row, String text) {
    browser.all(field).get(row).clear();
    browser.all(field).get(row).sendKeys(text);
  }

  private void asks(String form) {
    browser.click(form);
    browser.enterVault();
  }

  /** Every limit of one kind is shown, changed by itself, and taken away by itself. */
  @Test
  @Order(6)
  void severalLimitsWithinATimeHoldBesideEachOther() {
    ada.makesWallet("Limits");
    opensRules();
    browser.type("rule-amount", "0.01");
    for (int more = 1; more < 5; more++) {
      browser.click("rule-amount-add");
    }
    sees("rule-amount-row", 5);
    assertThat(browser.see("rule-amount-add").isEnabled()).isFalse();
    types("rule-amount", 1, "0.03");
    types("rule-amount-hours", 1, "168");
    types("rule-amount", 3, "0.004");
    types("rule-amount-hours", 3, "1.5");
    browser.type("rule-count", "4");
    browser.click("rule-count-add");
    types("rule-count", 1, "9");
    types("rule-count-hours", 1, "48");
    signs("change-limits", "At most 0.00400000 BTC in any 90 minutes", "rules-at-once");
    rulesSay("At most 0.03000000 BTC in any 7 days");
    rulesSay("At most 9 sends in any 2 days");
    opensRules();
    sees("rule-amount-row", 3);
    sees("rule-count-row", 2);
    for (boolean phone : new boolean[] {true, false}) {
      for (boolean dark : new boolean[] {true, false}) {
        browser.look(phone, dark);
        browser.driver().executeScript("arguments[0].scrollIntoView()", browser.see("rule-fee"));
        browser
            .driver()
            .executeScript("arguments[0].scrollIntoView()", browser.see("rule-per-send"));
        browser.shot("rule-limits-" + (phone ? "phone" : "desktop") + (dark ? "-dark" : ""));
      }
    }
    browser.type("rule-fee", "5");
    asks("change-limits");
    assertThat(browser.read("rule-changes"))
        .isEqualTo("New: The fee is at most 5 % of what is paid.");
    opensRules();
    browser.click("rule-amount-remove");
    sees("rule-amount-row", 2);
    asks("change-limits");
    assertThat(browser.read("rule-changes"))
        .isEqualTo("Gone: At most 0.01000000 BTC in any 24 hours.");
    opensRules();
    sees("rule-amount-row", 3);
    types("rule-amount-hours", 1, "200");
    asks("change-limits");
    assertThat(browser.read("rule-changes"))
        .contains("Gone: At most 0.03000000 BTC in any 7 days.", "BTC in any 200 hours.")
        .doesNotContain("sends", "90 minutes");
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
    assertThat(browser.read("rules-held")).contains("holds version 4 of your rules");
    assertThat(browser.read("held-waiting-changes")).contains("New: At most 0.02000000 BTC");
    browser.leaveVault();
    browser.look(true, false);
    browser.shot("review-held-waiting-phone");
    browser.look(false, true);
    browser.shot("review-held-waiting-dark");
    browser.look(false, false);
    browser.enterVault();
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
    asksTheCoSigner("held-open");
    browser.see("held-open");
    browser.leaveVault();
    browser.click("freeze");
    browser.see("frozen");
    asksTheCoSigner("held-stopped");
    assertThat(browser.read("held-stopped")).contains("has stopped this wallet");
    browser.leaveVault();
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
