package org.trefoil.e2e.journey;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.By;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.support.ui.Select;
import org.openqa.selenium.virtualauthenticator.VirtualAuthenticator;
import org.trefoil.e2e.audit.Looks;
import org.trefoil.e2e.harness.Browser;
import org.trefoil.e2e.person.Person;

/** A second person in a second browser is asked to a wallet, and says yes to one of its sends. */
final class MembersIT extends PracticeVisit {
  private static final String FOREIGN = "bcrt1qw508d6qejxtdg4y5r3zarvary0c5xw7kygt080";

  private Browser second;
  private Person bob;
  private String send;

  @Override
  PracticeWorld world() {
    return PracticeWorld.steered();
  }

  @AfterAll
  void closeSecond() {
    if (second != null) {
      second.close();
    }
  }

  private void shots(Browser at, String name) {
    for (boolean phone : new boolean[] {true, false}) {
      at.look(phone, !phone);
      at.shot(name + (phone ? "-phone" : "-dark"));
    }
    at.look(false, false);
  }

  @Test
  @Order(1)
  void somebodyIsAskedByMailSignsUpAndBecomesAMember() {
    ada.makesWallet("Savings");
    isPaid();
    browser.go(at(ada.wallet() + "/rules"));
    browser.click("members");
    browser.type("invite-email", "bob@example.org");
    browser.click("role-approver");
    world.server().pass(Duration.ofMinutes(2));
    browser.type("totp-code", ada.totp().freshCode());
    browser.click("invite");
    assertThat(browser.read("invited-row")).contains("bob@example.org", "as approver");
    second = Browser.open();
    bob = new Person(second, world.origin(), world.server().clock(), "bob@example.org");
    String link = invitation();
    second.go(link);
    assertThat(second.read("asked-text")).contains("ada@example.org", "approver", "Savings");
    second.see("asked-signup");
    bob.signsUp();
    second.go(link);
    assertThat(Looks.at(second, "page-invitation")).isEmpty();
    second.click("accept");
    assertThat(second.read("your-role")).contains("you are approver");
    assertThat(second.read("balance")).isEqualTo("0.05000000");
    for (String tab : new String[] {"nav-receive", "nav-send", "nav-safety"}) {
      assertThat(second.sees(tab)).as(tab).isFalse();
    }
    shots(second, "member-overview");
    second.go(at("/wallets"));
    assertThat(second.read("shared-link")).contains("Savings", "you are approver");
    shots(second, "wallets-of-others");
    browser.go(at(ada.wallet() + "/members"));
    assertThat(browser.texts("member-row")).hasSize(2).anyMatch(row -> row.contains("bob@"));
    browser.click("member-change");
    shots(browser, "members");
  }

  private String invitation() {
    return browser.until(
        () -> {
          second.go(at("/practice/mail"));
          for (WebElement link : second.all("letter-link")) {
            String to = String.valueOf(link.getAttribute("href"));
            if (to.contains("/invitations/")) {
              return to;
            }
          }
          return null;
        },
        "a mail with an invitation");
  }

  @Test
  @Order(2)
  void aRuleHasASendWaitForTheYesOfAnother() {
    browser.go(at(ada.wallet() + "/rules"));
    browser.type("rule-yes-above", "0.001");
    for (WebElement box : browser.all("rule-yes-by")) {
      if ("bob@example.org".equals(box.getAttribute("data-name"))) {
        box.click();
      }
    }
    shots(browser, "rule-approvals");
    browser.click("change-approvals");
    browser.enterVault();
    assertThat(browser.read("rule-changes"))
        .contains("takes the yes of 1 of these within 72 hours", "bob@example.org");
    browser.type("passcode", ada.passcode());
    browser.click("vault-submit");
    browser.leaveVault();
    world.server().pass(Duration.ofMinutes(2));
    ada.givesCode(ada.totp().freshCode());
    browser.click("rules-done");
    browser.until(
        () -> browser.read("rules-now").contains("takes the yes of 1") ? true : null,
        "the rule holds");
    asksForAYes();
    shots(browser, "waits-for-a-yes");
    browser.go(at(ada.wallet()));
    assertThat(browser.read("waiting-send")).contains("for a yes of others, until");
    shots(browser, "overview-waits-for-a-yes");
  }

  /** Ada sends, and the rule has it wait for Bob. */
  private void asksForAYes() {
    ada.prepares(FOREIGN, "0.0015");
    browser.see("digest-words");
    browser.leaveVault();
    assertThat(browser.read("verdict")).contains("It will wait", "bob@example.org");
    browser.enterVault();
    ada.signs();
    world.server().pass(Duration.ofMinutes(2));
    ada.givesCode(ada.totp().freshCode());
    assertThat(browser.read("held")).contains("It waits for a yes", "bob@example.org", "not yet");
    assertThat(browser.read("send-status")).isEqualTo("Waiting for a yes of others");
    assertThat(browser.sees("say-yes")).isFalse();
    send = browser.url();
  }

  @Test
  @Order(3)
  void theOtherSaysYesWithACodeOfTheirOwnAndItGoesOut() {
    second.go(at("/wallets"));
    second.click("shared-link");
    assertThat(second.read("waiting-send")).contains("for your yes or no, until");
    second.go(send);
    assertThat(second.read("begun-by")).isEqualTo("ada@example.org");
    shots(second, "asked-for-a-yes");
    second.type("yes-code", bob.totp().wrongCode());
    second.click("say-yes");
    second.refusal("code-wrong");
    world.server().pass(Duration.ofMinutes(2));
    second.type("yes-code", bob.totp().freshCode());
    second.click("say-yes");
    isOut(second);
    browser.go(send);
    isOut(browser);
  }

  @Test
  @Order(4)
  void theOtherSaysYesWithAPasskeyAndWithNoCode() {
    VirtualAuthenticator device = PasskeysIT.deviceOf(second);
    second.go(at("/account"));
    second.click("passkeys");
    second.type("new-passkey-name", "Phone");
    world.server().pass(Duration.ofMinutes(2));
    second.type("totp-code", bob.totp().freshCode());
    second.click("submit");
    assertThat(second.read("passkey-row")).contains("Phone", "not used yet");
    world.mines(ada);
    asksForAYes();
    second.go(send);
    device.setUserVerified(false);
    second.click("yes-by-passkey");
    assertThat(second.refusal("passkey-not-given")).contains("code of your app");
    browser.go(send);
    assertThat(browser.read("send-status")).startsWith("Waiting");
    device.setUserVerified(true);
    second.click("yes-by-passkey");
    isOut(second);
    second.go(at("/account/passkeys"));
    assertThat(second.read("passkey-row")).contains("Phone").doesNotContain("not used yet");
    browser.go(send);
    isOut(browser);
  }

  @Test
  @Order(5)
  void theOtherSaysNoWithoutACodeAndThatIsTheEnd() {
    world.mines(ada);
    asksForAYes();
    second.go(send);
    for (boolean phone : new boolean[] {true, false}) {
      for (boolean dark : new boolean[] {true, false}) {
        second.look(phone, dark);
        second.driver().executeScript("arguments[0].scrollIntoView(false)", second.see("say-no"));
        second.shot("asked-for-a-no-" + (phone ? "phone" : "desktop") + (dark ? "-dark" : ""));
      }
    }
    second.look(false, false);
    second.click("say-no");
    second.until(
        () -> second.read("send-status").startsWith("Cancelled") ? true : null, "it is cancelled");
    browser.go(send);
    assertThat(browser.read("send-status")).startsWith("Cancelled");
  }

  /** What is signed of a member stays, and is shown, when the page no longer offers that member. */
  @Test
  @Order(6)
  void aMemberHasSeveralLimitsWhichStayWhenTheMemberBecomesAViewer() {
    hasBob("administrator");
    browser.go(at(ada.wallet() + "/rules"));
    limits(0, "0.001", "24");
    browser.click("rule-each-add");
    limits(1, "0.003", "168");
    shots(browser, "rule-limits-of-a-member");
    browser.click("change-members");
    browser.enterVault();
    browser.type("passcode", ada.passcode());
    browser.click("vault-submit");
    browser.leaveVault();
    world.server().pass(Duration.ofMinutes(2));
    ada.givesCode(ada.totp().freshCode());
    browser.click("rules-done");
    browser.until(
        () ->
            browser
                    .read("rules-now")
                    .contains("0.00300000 BTC in any 7 days in sends that bob@example.org begins")
                ? true
                : null,
        "the limits hold");
    hasBob("viewer");
    browser.go(at(ada.wallet() + "/rules"));
    browser.until(() -> browser.all("rule-each-row").size() == 2 ? true : null, "both are shown");
    browser.click("rule-each-remove");
    browser.click("change-members");
    browser.enterVault();
    assertThat(browser.read("rule-changes"))
        .isEqualTo(
            "Gone: At most 0.00100000 BTC in any 24 hours in sends that bob@example.org begins.");
    browser.leaveVault();
  }

  private void hasBob(String role) {
    browser.go(at(ada.wallet() + "/members"));
    browser.click("member-change");
    browser
        .driver()
        .findElement(By.cssSelector("form[data-part=member] [data-testid=role-" + role + "]"))
        .click();
    world.server().pass(Duration.ofMinutes(2));
    browser.type("change-code", ada.totp().freshCode());
    browser.click("member-save");
    browser.until(
        () ->
            browser.texts("member-row").stream()
                    .anyMatch(row -> row.contains("bob@") && row.contains(role))
                ? true
                : null,
        "Bob is " + role);
  }

  private void limits(int row, String amount, String hours) {
    new Select(browser.all("rule-each-by").get(row)).selectByVisibleText("bob@example.org");
    browser.all("rule-each").get(row).sendKeys(amount);
    browser.all("rule-each-hours").get(row).clear();
    browser.all("rule-each-hours").get(row).sendKeys(hours);
  }

  /** The network has the send, in a block or not: the practice chain makes one when it likes. */
  private static void isOut(Browser at) {
    at.until(
        () -> at.read("send-status").matches("(?s)(Sent|Confirmed).*") ? true : null,
        "the send is out");
  }
}
