package org.trefoil.e2e.journey;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.trefoil.e2e.evil.Needles;
import org.trefoil.e2e.harness.PrfDevice;

/**
 * A passkey and a PIN as a second way into the vault: set up, used for a send, ended by another
 * passcode. What the passkey makes is in no request and in nothing that the server keeps.
 */
final class PasskeyOpeningIT extends PracticeVisit {
  private static final String PIN = "plum-8314-oak";

  /** Notes what the passkey gives the page, and what the page sends. */
  private static final String WATCH =
      """
      const get = navigator.credentials.get.bind(navigator.credentials);
      const send = window.fetch;
      const note = (what, text) => sessionStorage.setItem(what, (sessionStorage.getItem(what) ?? '') + text + '\\n');
      navigator.credentials.get = async (options) => {
        if (sessionStorage.getItem('person') === 'no') throw new DOMException('', 'NotAllowedError');
        const given = await get(options);
        const made = given.getClientExtensionResults().prf?.results?.first;
        if (made) note('made', btoa(String.fromCharCode(...new Uint8Array(made))));
        return given;
      };
      window.fetch = (path, options) => { note('sent', `${path} ${options?.body ?? ''}`); return send(path, options); };
      """;

  private final List<String> made = new ArrayList<>();
  private final StringBuilder sent = new StringBuilder();
  private PrfDevice device;

  private void watch() {
    browser.driver().executeScript(WATCH);
  }

  /** What the person says to the browser's own dialogue. */
  private void says(String word) {
    browser.leaveVault();
    browser.driver().executeScript("sessionStorage.setItem('person', arguments[0])", word);
    browser.enterVault();
  }

  private void whatWasSeen() {
    browser.leaveVault();
    made.addAll(List.of(noted("made").split("\n")));
    sent.append(noted("sent"));
    browser.driver().executeScript("sessionStorage.clear()");
  }

  private String noted(String what) {
    return String.valueOf(
        browser.driver().executeScript("return sessionStorage.getItem(arguments[0]) ?? ''", what));
  }

  private void addsPasskey(String name) {
    browser.go(at("/account/passkeys"));
    browser.type("new-passkey-name", name);
    browser.type("totp-code", ada.totp().freshCode());
    browser.click("submit");
    browser.until(() -> browser.text().contains(name + "\n") ? true : null, "it is added");
  }

  private void beginsSetUp(String passcode, String pin) {
    browser.go(at(ada.wallet() + "/passcode"));
    watch();
    browser.click("open-by-passkey");
    browser.enterVault();
    browser.type("passcode", passcode);
    browser.type("pin", pin);
    browser.type("pin-again", pin);
    browser.click("vault-submit");
  }

  @Test
  @Order(1)
  void itIsSetUpWithThePasscodeAPinAndACode() {
    ada.makesWallet("Savings");
    isPaid();
    browser.go(at(ada.wallet() + "/passcode"));
    assertThat(browser.sees("open-by-passkey")).isFalse();
    device = PrfDevice.in(browser, true);
    addsPasskey("Phone");
    assertThat(device.passkeys()).isEqualTo(1);
    beginsSetUp(ada.passcode(), "11111111");
    browser.refusal("pin-weak");
    beginsSetUp("not the passcode at all", PIN);
    browser.refusal("passcode-wrong");
    beginsSetUp(ada.passcode(), PIN);
    browser.see("ask-passkey");
    says("no");
    browser.click("ask-passkey");
    browser.refusal("passkey-silent");
    says("yes");
    browser.shot("opening-ask");
    browser.click("ask-passkey");
    browser.leaveVault();
    ada.givesCode(ada.totp().freshCode());
    browser.see("opening-added");
    browser.enterVault();
    browser.see("opening-done");
    whatWasSeen();
    browser.go(at(ada.wallet() + "/passcode"));
    assertThat(browser.read("opening-row")).contains("Phone", "since");
    for (boolean phone : List.of(false, true)) {
      for (boolean dark : List.of(false, true)) {
        browser.look(phone, dark);
        browser
            .driver()
            .executeScript(
                "arguments[0].scrollIntoView({block: 'center'})", browser.see("opening-row"));
        browser.shot("openings" + (phone ? "-phone" : "") + (dark ? "-dark" : ""));
      }
    }
    browser.look(false, false);
  }

  @Test
  @Order(2)
  void aSendIsSignedWithThePasskeyAndThePin() {
    ada.prepares(world.foreignAddress(), "0.01");
    browser.leaveVault();
    watch();
    browser.enterVault();
    browser.click("passkey-way");
    browser.type("pin", "another-8314");
    browser.click("sign");
    browser.refusal("pin-wrong");
    browser.type("pin", PIN);
    browser.shot("opening-sign");
    browser.click("sign");
    browser.leaveVault();
    browser.see("totp-code");
    whatWasSeen();
    world.judgesWaiting(ada.confirms());
  }

  @Test
  @Order(3)
  void nothingOfItIsInAnyRequestOrOnTheServer() throws IOException {
    // Set up, a wrong PIN and the right one: of one salt, a passkey makes the same each time.
    assertThat(made).hasSize(3).allMatch(text -> text.length() == 44 && text.equals(made.get(0)));
    Needles needles = new Needles().text("PIN", PIN);
    for (String output : made) {
      needles.bytes("PRF output", Base64.getDecoder().decode(output));
    }
    assertThat(sent.toString()).contains("/openings", "/sends", "wrapped", "psbt");
    assertThat(needles.in("a request", bytes(sent.toString()))).isEmpty();
    assertThat(needles.in("the log", bytes(world.server().log()))).isEmpty();
    try (var files = Files.walk(world.server().data())) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        assertThat(needles.in(file.toString(), Files.readAllBytes(file))).isEmpty();
      }
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** As on a browser that has not seen the wallet. */
  private void opensWithoutPin(String page) {
    browser.go(at(ada.wallet()));
    browser.driver().executeScript("localStorage.clear()");
    browser.go(at(ada.wallet() + page));
    browser.enterVault();
    givesPasskeyAndPin();
  }

  private void givesPasskeyAndPin() {
    browser.click("passkey-way");
    browser.type("pin", PIN);
    browser.click("vault-submit");
  }

  @Test
  @Order(4)
  void itOpensWhateverElseAsksForThePasscode() {
    opensWithoutPin("/receive");
    assertThat(squeezed(browser.read("receive-address"))).startsWith("bcrt1");
    opensWithoutPin("/bring-in");
    browser.see("foreign-key");
    browser.go(at(ada.wallet() + "/rules"));
    browser.type("rule-per-send", "1");
    browser.click("change-limits");
    browser.enterVault();
    assertThat(browser.read("rule-changes")).contains("At most 1.00000000 BTC in one send");
    givesPasskeyAndPin();
    browser.leaveVault();
    ada.givesCode(ada.totp().freshCode());
    browser.click("rules-done");
    browser.until(
        () -> browser.read("rules-now").contains("1.00000000 BTC in one send") ? true : null,
        "the rule holds");
  }

  @Test
  @Order(5)
  void anotherPasscodeEndsIt() {
    String newer = "velvet harbor 9 crayons";
    browser.go(at(ada.wallet() + "/passcode"));
    browser.click("change-passcode");
    browser.enterVault();
    browser.type("old-passcode", ada.passcode());
    browser.type("passcode", newer);
    browser.type("passcode-again", newer);
    browser.click("vault-submit");
    browser.leaveVault();
    ada.givesCode(ada.totp().freshCode());
    browser.see("passcode-changed");
    ada.passcodeIs(newer);
    browser.go(at(ada.wallet() + "/passcode"));
    browser.see("open-by-passkey");
    assertThat(browser.sees("opening-row")).isFalse();
    ada.prepares(world.foreignAddress(), "0.01");
    browser.see("passcode");
    assertThat(browser.sees("passkey-way")).isFalse();
    browser.leaveVault();
  }

  @Test
  @Order(6)
  void aPasskeyWithoutPrfIsToldSo() {
    device.unplug();
    device = PrfDevice.in(browser, false);
    addsPasskey("Old key");
    beginsSetUp(ada.passcode(), PIN);
    browser.click("ask-passkey");
    assertThat(browser.refusal("passkey-no-prf")).contains("PRF");
    browser.leaveVault();
    browser.until(
        () -> {
          browser.go(at("/account/activity"));
          return browser.text().contains("A passkey and its PIN open the key of") ? true : null;
        },
        "the record tells of it");
  }
}
