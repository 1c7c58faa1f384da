package org.trefoil.e2e.evil;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.trefoil.core.wire.Json;
import org.trefoil.core.wire.PolicyDocument;
import org.trefoil.core.wire.PolicyView;
import org.trefoil.e2e.harness.Browser;
import org.trefoil.e2e.harness.ManInTheMiddle;
import org.trefoil.e2e.harness.RunningServer;
import org.trefoil.e2e.person.Person;

/**
 * The vault signs no version of a wallet's rules over a chain that is not what the user key signed,
 * nor over one that is shorter than this browser has seen, and says which version broke.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class LyingAboutRulesIT {
  private RunningServer server;
  private ManInTheMiddle middle;
  private Browser browser;
  private Person ada;

  @BeforeAll
  void twoVersionsAreSigned() {
    server = RunningServer.startSteered();
    middle = ManInTheMiddle.inFrontOf(server.origin());
    browser = Browser.open();
    ada = new Person(browser, middle.origin(), server.clock(), "ada@example.org");
    ada.signsUp().makesWallet("Savings");
    signs("rule-per-send", "0.002");
    signs("rule-count", "3");
  }

  @AfterAll
  void close() {
    browser.close();
    middle.close();
    server.close();
  }

  private void signs(String field, String value) {
    asksFor(field, value);
    browser.type("passcode", ada.passcode());
    browser.click("vault-submit");
    browser.leaveVault();
    server.pass(Duration.ofMinutes(2)); // the app has another code then
    ada.givesCode(ada.totp().freshCode());
    browser.until(() -> browser.sees("totp-code") ? null : true, "the version is taken");
  }

  private void asksFor(String field, String value) {
    browser.go(middle.origin() + ada.wallet() + "/rules");
    browser.type(field, value);
    browser.click("change-limits");
    browser.enterVault();
  }

  @Test
  void anEditedVersionIsRefused() {
    refusedAt(
        1,
        documents -> {
          PolicyDocument first = documents.get(0);
          String looser = first.rules().replace("200000", "900000");
          assertThat(looser).isNotEqualTo(first.rules());
          documents.set(
              0,
              new PolicyDocument(
                  1, first.previous(), first.notBefore(), looser, first.signature()));
          return documents;
        });
  }

  @Test
  void aVersionThatBeginsAtAnotherTimeIsRefused() {
    refusedAt(
        2,
        documents -> {
          PolicyDocument last = documents.get(1);
          documents.set(
              1, new PolicyDocument(2, last.previous(), 1, last.rules(), last.signature()));
          return documents;
        });
  }

  @Test
  void aVersionCutOutIsRefused() {
    refusedAt(1, documents -> documents.subList(1, 2));
  }

  @Test
  void versionsInAnotherOrderAreRefused() {
    refusedAt(1, documents -> List.of(documents.get(1), documents.get(0)));
  }

  @Test
  void anOlderVersionThanThisBrowserSignedIsRefused() {
    refusedAt(2, documents -> documents.subList(0, 1));
  }

  @Test
  void noRulesAtAllAreRefusedWhereThisBrowserSignedSome() {
    refusedAt(1, documents -> List.of());
  }

  /** What the server says of the versions is changed; the vault names the first that is wrong. */
  private void refusedAt(int version, UnaryOperator<List<PolicyDocument>> change) {
    int before = middle.liesTold();
    middle.tell(
        (method, path, body) -> {
          if (!method.equals("GET") || !path.matches("/api/wallets/[0-9a-f]{32}/policy")) {
            return null;
          }
          String text = new String(body, StandardCharsets.UTF_8);
          PolicyView honest = PolicyView.fromJson(Json.parse(text, Json.MAX_LENGTH));
          return new PolicyView(
                  change.apply(new ArrayList<>(honest.documents())),
                  honest.cancelled(),
                  honest.now())
              .toJson()
              .write()
              .getBytes(StandardCharsets.UTF_8);
        });
    try {
      asksFor("rule-fee", "5");
      assertThat(browser.refusal("policy-chain-broken"))
          .contains("Version " + version + " of this wallet's rules");
      assertThat(browser.sees("passcode")).as("a passcode is asked for").isFalse();
      assertThat(middle.liesTold()).as("answers changed").isGreaterThan(before);
    } finally {
      middle.stopLying();
      browser.leaveVault();
    }
  }
}
