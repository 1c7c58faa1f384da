package org.trefoil.e2e.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.trefoil.e2e.harness.Browser;
import org.trefoil.e2e.harness.RunningServer;
import org.trefoil.e2e.person.Person;

/**
 * axe finds nothing to fault on any page, in light and dark, on a desktop and on a phone; nor does
 * the Nu Html Checker in what the server sent for it.
 */
final class AccessibilityIT {
  private static final List<String> PAGES =
      List.of(
          "/",
          "/recovery",
          "/launched",
          "/signup",
          "/signin",
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

  @Test
  void noPageHasAViolationOrFaultyMarkup() {
    try (RunningServer server = RunningServer.start();
        Browser browser = Browser.open()) {
      List<String> found = new ArrayList<>();
      for (String page : List.of("/", "/signup", "/signin")) {
        look(browser, server.origin() + page, found);
      }
      Person person = new Person(browser, server.origin(), "axe@example.org");
      person.signsUp().makesWallet("Savings");
      person.receives();
      browser.click("practice-coins");
      for (String page : PAGES) {
        look(browser, server.origin() + page, found);
      }
      for (String page : WALLET_PAGES) {
        look(browser, server.origin() + person.wallet() + page, found);
      }
      browser.go(server.origin() + "/vault");
      found.addAll(Sent.faults(browser, "vault"));
      assertThat(found).isEmpty();
    }
  }

  private static void look(Browser browser, String url, List<String> found) {
    String path = url.replaceFirst("http://[^/]*", "").replaceAll("[0-9a-f]{32}", "id");
    String name = "page" + path.replace('/', '-');
    browser.go(url);
    found.addAll(Looks.at(browser, name));
  }
}
