package org.trefoil.e2e.evil;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.bitcoinj.base.BitcoinNetwork;
import org.bitcoinj.base.ScriptType;
import org.bitcoinj.crypto.ECKey;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.trefoil.core.wire.FreshAddress;
import org.trefoil.core.wire.Json;
import org.trefoil.core.wire.PolicyView;
import org.trefoil.core.wire.Spendable;
import org.trefoil.core.wire.ToVault;
import org.trefoil.core.wire.WalletView;
import org.trefoil.e2e.harness.Browser;
import org.trefoil.e2e.harness.ManInTheMiddle;
import org.trefoil.e2e.harness.RunningServer;
import org.trefoil.e2e.person.Person;

/**
 * A page that is wholly somebody else's around an intact vault: it has the site's origin, the
 * person's cookies and a script without any policy ({@code taken-over.html}). Chromium only: what
 * Firefox does not tell is in SECURITY.md.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class TakenOverPageIT {
  /** What comes out of a vault without a passcode having been typed. */
  private static final Set<String> HARMLESS =
      Set.of(
          "ready", "height", "busy", "refused", "closed", "reviewing", "ask-passkey", "ask-rules");

  private RunningServer server;
  private ManInTheMiddle middle;
  private Browser browser;
  private Person ada;

  @BeforeAll
  void anHonestBeginning() {
    server = RunningServer.start();
    middle = ManInTheMiddle.inFrontOf(server.origin());
    browser = Browser.open();
    ada = new Person(browser, middle.origin(), "ada@example.org");
    ada.signsUp().makesWallet("Savings");
    ada.receives();
    browser.click("practice-coins");
    browser.until(
        () -> browser.see("practice-coins").isEnabled() ? true : null, "the faucet has answered");
    ada.mines();
    browser.go(middle.origin() + ada.wallet());
    browser.until(
        () -> browser.read("balance").contains("0.05") ? true : null, "the coins are confirmed");
  }

  @BeforeEach
  void thePageIsTakenOver() {
    middle.takesOver("/wallets/[0-9a-f]+/send(\\?quiet)?", hostilePage());
  }

  @AfterAll
  void close() {
    assertThat(middle.liesTold()).as("pages taken over").isPositive();
    browser.close();
    middle.close();
    server.close();
  }

  @Test
  void itGetsNoPasscodeAndNoKeyAndReadsNothingOfTheFrame() {
    ada.prepares(foreignAddress(), "0.001");
    browser.type("passcode", ada.passcode());
    browser.leaveVault();
    assertThat(page("looks()")).hasToString("{}");
    browser.enterVault();
    browser.click("sign");
    browser.leaveVault();
    waitFor("types().includes('half-signed')");
    String loot = (String) page("JSON.stringify(loot)");
    assertThat(page("loot.heard.length")).asString().isNotEqualTo("0");
    assertThat(page("looks()")).hasToString("{}");

    Needles secrets = Secrets.of(ada, middle);
    assertThat(secrets.in("the loot", loot.getBytes(StandardCharsets.UTF_8))).isEmpty();
    Needles publicOne = new Needles().text("name of the wallet", "half-signed");
    assertThat(publicOne.in("", loot.getBytes(StandardCharsets.UTF_8))).isNotEmpty();
  }

  /** The vault sandboxes itself by its own policy, whatever the page around it grants. */
  @ParameterizedTest
  @ValueSource(strings = {"", "allow-scripts allow-same-origin allow-top-navigation allow-popups"})
  void whateverThePageGrantsTheVaultIsAStranger(String sandbox) {
    quiet();
    page(
        "open("
            + (sandbox.isEmpty() ? "" : "'" + sandbox + "'")
            + ").then(task).then(say)"
            + ".then(() => 'said')");
    browser.enterVault();
    browser.see("send-to");
    assertThat(browser.driver().executeScript("return self.origin")).isEqualTo("null");
    browser.leaveVault();
    assertThat(page("looks()")).hasToString("{}");
  }

  /**
   * Each of these, said between what was shown and the passcode, ends the vault or changes nothing.
   */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "task().then(say)",
        "task().then(t => say({...t, spendable: {...t.spendable, coins: []}}))",
        "task().then(t => say({type: 'show-address', wallet: t.wallet, index: 0, address: 'x'}))",
        "say({type: 'looked', found: {searching: false, percent: 100}})",
        "say({type: 'passkey-gave', credential: 'AAAA', output: 'AAAA'})",
        "say('{')",
        "say('x'.repeat(5 * 1024 * 1024))",
        "frame.contentWindow.postMessage({trefoil: 'port', wasm}, '*',"
            + " [new MessageChannel().port2])",
      })
  void whatIsSignedIsWhatWasShown(String forgery) {
    String to = foreignAddress();
    ada.prepares(to, "0.001");
    assertThat(browser.read("review-recipient").replaceAll("\\s+", "")).isEqualTo(to);
    browser.type("passcode", ada.passcode());
    browser.leaveVault();
    page("Promise.resolve(" + forgery + ").then(() => pause(300)).then(() => 'done')");
    browser.enterVault();
    if (browser.sees("sign")) {
      browser.click("sign");
    }
    browser.leaveVault();
    waitFor("types().some(type => type === 'half-signed' || type === 'closed')");
    assertSignedIs(to);
  }

  /** The same while the passcode is stretched and the transaction signed. */
  @Test
  void whatIsSaidWhileTheVaultWorksChangesNothing() {
    String to = foreignAddress();
    ada.prepares(to, "0.001");
    browser.leaveVault();
    page(
        "task().then(t => { onHeard = ({type}) => { if (type === 'busy') say({...t, note: 'x'}); };"
            + " return 'ready'; })");
    browser.enterVault();
    browser.type("passcode", ada.passcode());
    browser.click("sign");
    browser.leaveVault();
    waitFor("types().some(type => type === 'half-signed' || type === 'closed')");
    assertSignedIs(to);
  }

  private void assertSignedIs(String to) {
    assertThat(
            page(
                "loot.heard.map(JSON.parse).filter(m => m.type === 'half-signed')"
                    + ".flatMap(m => m.recipients.map(r => r.address + ' ' + r.amount)).join()"))
        .isIn("", to + " 100000");
  }

  /** A vault that nobody types into says nothing that a thief could use, whatever it is told. */
  @Test
  void forgedMessagesDriveNothing() {
    quiet();
    Forgeries forgeries =
        new Forgeries(
            WalletView.fromJson(given("api('')")),
            Spendable.fromJson(given("api('/spendable')")),
            PolicyView.fromJson(given("api('/policy')")),
            FreshAddress.fromJson(given("api('/addresses', '{}')")));
    Map<String, String> ends = new TreeMap<>();
    forgeries
        .orders()
        .forEach(
            (first, said) -> {
              String alone = String.valueOf(page("forges([" + String.join(",", said) + "])"));
              if (!alone.isEmpty()) {
                ends.put(first.replaceAll(" .*", ""), alone);
              }
            });
    ends.keySet().retainAll(forgeries.tasks());
    assertThat(ends)
        .as("what does not begin, and why: an heir alone cannot be made up")
        .isEqualTo(Map.of("move", "succession-wrong"));
    assertThat((List<?>) page("[...new Set(types())]"))
        .isNotEmpty()
        .allSatisfy(type -> assertThat(HARMLESS).contains((String) type));
  }

  /** What the server says to whoever has the person's cookies. */
  private Json given(String call) {
    return Json.parse(String.valueOf(page(call + ".then(JSON.stringify)")), ToVault.MAX_LENGTH);
  }

  /** What a person does not see takes no passcode. */
  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          overlay that lets clicks through        | cover.style.cssText = 'position:fixed;inset:0;background:#fff;pointer-events:none'
          overlay over one line                   | cover.style.cssText = 'position:absolute;left:0;top:90px;width:300px;height:24px;background:#fff;pointer-events:none'
          overlay over the field                  | cover.style.cssText = `position:absolute;left:0;right:0;top:${frame.offsetTop + 200}px;height:900px;background:#fff;pointer-events:none`
          shadow of a neighbour                   | cover.style.cssText = 'position:absolute;top:0;width:9px;height:9px;box-shadow:0 0 0 2000px #fff;pointer-events:none'
          generated content                       | sheet.textContent = 'body::after { content: ""; position: fixed; inset: 0; background: #fff; pointer-events: none }'
          dialogue in the top layer               | dialog.showModal()
          popover in the top layer                | pop.showPopover()
          blurred backdrop                        | cover.style.cssText = 'position:fixed;inset:0;backdrop-filter:blur(9px);pointer-events:none'
          transparent frame                       | frame.style.opacity = '0.05'
          transparent page                        | document.body.style.opacity = '0.5'
          filter                                  | frame.style.filter = 'blur(6px)'
          blended away                            | frame.style.mixBlendMode = 'multiply'
          shrunk                                  | frame.style.transform = 'scale(0.1)'
          turned over                             | frame.style.transform = 'rotateX(80deg)'
          skewed                                  | document.body.style.transform = 'skewX(40deg)'
          clipped to nothing                      | frame.style.clipPath = 'inset(100%)'
          clipped to another part                 | frame.style.clipPath = 'inset(0 0 95% 0)'
          clipped by the element around it        | frame.parentNode.style.cssText = 'height: 40px; overflow: hidden'
          a slit                                  | frame.style.clipPath = 'inset(150px 0 1100px 0)'
          clipped as of old                       | frame.style.cssText = 'position: absolute; clip: rect(0, 10px, 10px, 0)'
          moved out of sight                      | frame.style.cssText = 'position: absolute; left: -3000px'
          tiny                                    | frame.style.cssText = 'width: 2px; height: 2px'
          narrow                                  | frame.style.width = '200px'
          zoomed out                              | frame.style.zoom = '0.2'
          hidden                                  | frame.style.visibility = 'hidden'
          skipped                                 | frame.style.contentVisibility = 'hidden'
          """)
  void noPasscodeIsTakenWhileTheFrameIsCoveredTransparentClippedOrTiny(String what, String how) {
    ada.prepares(foreignAddress(), "0.001");
    browser.type("passcode", ada.passcode());
    pressesEnterIn(1_200);
    disguise(how);
    waitFor("loot.heard.map(JSON.parse).some(m => m.token === 'vault-covered')");
    assertThat(page("types().includes('half-signed')")).isEqualTo(false);
  }

  /** A cover that is lifted in the moment in which the person goes on has covered until then. */
  @Test
  void aCoverTakenAwayInTheLastMomentStillCovered() {
    ada.prepares(foreignAddress(), "0.001");
    browser.type("passcode", ada.passcode());
    browser.leaveVault();
    page("pause(3500).then(() => 'it is no longer new')");
    disguise("cover.style.cssText = 'position:fixed;inset:0;background:#fff;pointer-events:none'");
    browser.enterVault();
    pressesEnterIn(400);
    page("(cover.remove(), pause(250).then(() => 'lifted'))");
    waitFor("loot.heard.map(JSON.parse).some(m => m.token === 'vault-covered')");

    page("pause(1500).then(() => 'nothing covers it any more')");
    browser.enterVault();
    browser.click("sign");
    browser.leaveVault();
    waitFor("types().includes('half-signed')");
  }

  private void disguise(String how) {
    page(
        "(() => { const cover = document.createElement('div'); cover.id = 'cover';"
            + "const sheet = document.createElement('style');"
            + "const dialog = document.createElement('dialog'); dialog.textContent = 'Hello';"
            + "const pop = document.createElement('div'); pop.popover = 'manual';"
            + "pop.style.cssText = 'width: 400px; height: 300px';"
            + "document.head.append(sheet); document.body.append(cover, dialog, pop);"
            + how.replace("dialog.showModal()", "dialog.show(), dialog.close(), dialog.showModal()")
            + "; return pause(700).then(() => 'done'); })()");
  }

  /** Enter in the vault after {@code millis}, whatever becomes of the frame until then. */
  private void pressesEnterIn(int millis) {
    browser
        .driver()
        .executeScript(
            "setTimeout(() => document.querySelector('#passcode').dispatchEvent("
                + "new KeyboardEvent('keydown', {key: 'Enter', bubbles: true})), arguments[0])",
            millis);
    browser.leaveVault();
  }

  private void quiet() {
    browser.go(middle.origin() + ada.wallet() + "/send?quiet");
  }

  /** What a promise of the thief's page comes to. */
  private Object page(String promise) {
    browser.driver().manage().timeouts().scriptTimeout(Duration.ofSeconds(30));
    return Objects.requireNonNull(
        browser
            .driver()
            .executeAsyncScript(
                "const done = arguments[arguments.length - 1];"
                    + "Promise.resolve("
                    + promise
                    + ").then(done, e => done('failed: ' + e))"),
        promise);
  }

  private void waitFor(String condition) {
    browser.until(
        () ->
            Boolean.TRUE.equals(browser.driver().executeScript("return " + condition))
                ? true
                : null,
        condition);
  }

  private static String hostilePage() {
    try (InputStream page = TakenOverPageIT.class.getResourceAsStream("taken-over.html")) {
      return new String(Objects.requireNonNull(page).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String foreignAddress() {
    return new ECKey().toAddress(ScriptType.P2WPKH, BitcoinNetwork.REGTEST).toString();
  }
}
