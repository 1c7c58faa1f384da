package org.trefoil.e2e.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.trefoil.e2e.harness.Browser;
import org.trefoil.e2e.harness.RunningServer;
import org.trefoil.e2e.person.Person;

/**
 * axe finds nothing to fault on any page nor on the vault's main screens, in light and dark; nor
 * does the Nu Html Checker in what the server sent for it.
 */
final class AccessibilityIT {
  private static final List<String> PAGES =
      List.of(
          "/recovery",
          "/launched",
          "/forgot",
          "/wallets",
          "/wallets/new",
          "/account",
          "/account/email",
          "/account/activity",
          "/account/passkeys",
          "/account/mail",
          "/factor-lost",
          "/nothing-here");
  private static final List<String> WALLET_PAGES =
      List.of(
          "",
          "/receive",
          "/send",
          "/addresses",
          "/export",
          "/safety",
          "/rules",
          "/members",
          "/passcode",
          "/replace",
          "/check");

  /** What the vault shows on pages of a wallet, by something that is on its screen. */
  private static final Map<String, String> SCREENS =
      Map.of("/receive", "receive-address", "/send", "send-to", "/check", "paper-submit");

  @Test
  void noPageHasAViolationOrFaultyMarkup() {
    try (RunningServer server =
            RunningServer.start("--operator-port", "0", "--practice-block-seconds", "0");
        Browser browser = Browser.open()) {
      List<String> found = new ArrayList<>();
      for (String page : List.of("/", "/signup", "/signin")) {
        look(browser, server.origin() + page, found);
      }
      browser.type("email", "nobody@example.org");
      browser.click("submit");
      browser.enterVault();
      vault(browser, "password", found);
      Person person = new Person(browser, server.origin(), "axe@example.org");
      person.beginsAccount();
      found.addAll(Looks.at(browser, "page-signup-factor"));
      person.enrols();
      found.addAll(Looks.at(browser, "page-signup-codes"));
      browser.click("codes-saved");
      browser.see("create-wallet");
      makesWallet(person, found);
      person.receives();
      browser.click("practice-coins");
      for (String page : PAGES) {
        look(browser, server.origin() + page, found);
      }
      for (String page : WALLET_PAGES) {
        look(browser, server.origin() + person.wallet() + page, found);
      }
      SCREENS.forEach(
          (page, testId) -> {
            browser.go(server.origin() + person.wallet() + page);
            browser.enterVault();
            vault(browser, testId, found);
            browser.leaveVault();
          });
      sends(person, server, found);
      browser.go(operator(server));
      found.addAll(Looks.at(browser, "page-operator"));
      person.signsOut();
      person.givesPassword(person.password());
      browser.see("totp-code");
      found.addAll(Looks.at(browser, "page-signin-factor"));
      browser.go(server.origin() + "/vault");
      found.addAll(Sent.faults(browser, "vault"));
      assertThat(found).isEmpty();
    }
  }

  /** The ceremony, screen by screen. */
  private static void makesWallet(Person person, List<String> found) {
    Browser browser = person.browser();
    person.beginsWallet("Savings");
    vault(browser, "backup-here", found);
    browser.click("backup-here");
    vault(browser, "passcode", found);
    person.typesPasscodeTwice();
    vault(browser, "download-pdf", found);
    person.downloadsPaper();
    vault(browser, "paper-submit", found);
    person.answersPaperCheck();
    vault(browser, "wallet-active", found);
    person.opensActiveWallet();
  }

  /** A send that waits, its faster one, and the transaction. */
  private static void sends(Person person, RunningServer server, List<String> found) {
    Browser browser = person.browser();
    person.mines();
    browser.until(() -> person.balance().contains("0.05") ? true : null, "the coins are there");
    person.prepares("bcrt1qw508d6qejxtdg4y5r3zarvary0c5xw7kygt080", "0.001");
    vault(browser, "sign", found);
    person.signs();
    String txid = person.confirms();
    found.addAll(Looks.at(browser, "page-send-status"));
    browser.click("speed-up");
    browser.enterVault();
    vault(browser, "review", found);
    browser.leaveVault();
    found.addAll(Looks.at(browser, "page-bump"));
    browser.go(server.origin() + person.wallet() + "/tx/" + txid);
    found.addAll(Looks.at(browser, "page-transaction"));
  }

  /** The vault's screen on which {@code testId} is; the vault was entered. */
  private static void vault(Browser browser, String testId, List<String> found) {
    browser.see(testId);
    found.addAll(Looks.inside(browser, "vault-" + testId));
  }

  private static String operator(RunningServer server) {
    Matcher port =
        Pattern.compile("The operator reads on 127.0.0.1 port (\\d+)").matcher(server.log());
    assertThat(port.find()).as(server.log()).isTrue();
    return "http://127.0.0.1:" + port.group(1) + "/";
  }

  private static void look(Browser browser, String url, List<String> found) {
    String path = url.replaceFirst("http://[^/]*", "").replaceAll("[0-9a-f]{32}", "id");
    String name = "page" + path.replace('/', '-');
    browser.go(url);
    found.addAll(Looks.at(browser, name));
  }
}
