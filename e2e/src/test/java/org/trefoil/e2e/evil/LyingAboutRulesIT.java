package org.trefoil.e2e.evil;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.trefoil.core.wire.Json;
import org.trefoil.core.wire.PolicyDocument;
import org.trefoil.core.wire.PolicyView;
import org.trefoil.core.wire.RulesAndReceipt;
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
  private static final String HELD = "/api/wallets/[0-9a-f]{32}/policy/held";
  private static final String FOREIGN = "bcrt1qw508d6qejxtdg4y5r3zarvary0c5xw7kygt080";

  private byte[] lastSaid = {};
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
    browser.click("rules-done");
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

  @Test
  void rulesThatItKeepsBackAreMissedRightAfterTheyWereSigned() {
    asksFor("rule-fee", "5");
    browser.type("passcode", ada.passcode());
    browser.click("vault-submit");
    browser.leaveVault();
    server.pass(Duration.ofMinutes(2));
    middle.takesOver("/api/wallets/[0-9a-f]{32}/policy", "{}"); // as if they were taken
    ada.givesCode(ada.totp().freshCode());
    browser.enterVault();
    try {
      assertThat(browser.refusal("policy-chain-broken")).contains("Version 3");
      assertThat(browser.text()).contains("These rules may not hold");
      browser.leaveVault();
      browser.shot("rules-kept-back");
    } finally {
      middle.stopLying();
      remembers("2");
    }
  }

  @Test
  void noSendIsHalfSignedOnWhatTheCoSignerDidNotSay() {
    ada.receives();
    browser.click("practice-coins");
    browser.until(
        () -> browser.see("practice-coins").isEnabled() ? true : null, "the faucet has answered");
    ada.mines();
    reviews();
    assertThat(browser.read("rules-held")).contains("holds version 2 of your rules");
    browser.see("passcode");
    browser.leaveVault();
    byte[] said = lastSaid;
    refusesToSend("receipt-wrong", "is not signed by it", body -> said);
    refusesToSend("receipt-missing", "did not say", body -> new byte[] {'x'});
    remembers(null);
    refusesToSend(
        "rules-kept-back",
        "shows version 1 of your rules, but whoever co-signs holds version 2",
        LyingAboutRulesIT::withoutTheNewest);
    for (boolean phone : new boolean[] {true, false}) {
      browser.look(phone, !phone);
      browser.shot("send-rules-kept-back-" + (phone ? "phone" : "dark"));
    }
    browser.look(false, false);
    remembers("2");
  }

  /** What this browser remembers to have signed. */
  private void remembers(@Nullable String version) {
    String key = "trefoil.seen.policy." + ada.wallet().substring("/wallets/".length());
    browser
        .driver()
        .executeScript(
            "if (arguments[1]) localStorage.setItem(arguments[0], arguments[1]);"
                + " else localStorage.removeItem(arguments[0]);",
            key,
            version);
  }

  private void reviews() {
    middle.tell(
        (method, path, body) -> {
          if (path.matches(HELD)) {
            lastSaid = body;
          }
          return null;
        });
    ada.prepares(FOREIGN, "0.001");
    browser.see("digest-words");
  }

  private static byte[] withoutTheNewest(byte[] body) {
    RulesAndReceipt honest =
        RulesAndReceipt.fromJson(
            Json.parse(new String(body, StandardCharsets.UTF_8), Json.MAX_LENGTH));
    PolicyView policy = honest.policy();
    PolicyView fewer =
        new PolicyView(policy.documents().subList(0, 1), policy.cancelled(), policy.now());
    return new RulesAndReceipt(fewer, honest.receipt())
        .toJson()
        .write()
        .getBytes(StandardCharsets.UTF_8);
  }

  private void refusesToSend(String token, String sentence, UnaryOperator<byte[]> lie) {
    middle.tell((method, path, body) -> path.matches(HELD) ? lie.apply(body) : null);
    try {
      ada.prepares(FOREIGN, "0.001");
      assertThat(browser.refusal(token)).contains(sentence);
      assertThat(browser.sees("passcode")).as("a passcode is asked for").isFalse();
      assertThat(browser.sees("sign")).as("it can be signed").isFalse();
      browser.see("sign-elsewhere");
    } finally {
      middle.stopLying();
      browser.leaveVault();
    }
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
