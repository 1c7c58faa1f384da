package org.trefoil.e2e.journey;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.bitcoinj.base.BitcoinNetwork;
import org.bitcoinj.base.ScriptType;
import org.bitcoinj.crypto.ECKey;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.By;

/** Everything that can be wrong with a send, each told by a sentence of its own. */
final class SendRefusalsIT extends PracticeVisit {
  private String own;

  @Test
  @Order(1)
  void theFormSaysWhatIsWrongWithAddressAmountAndFee() {
    ada.makesWallet("Savings");
    own = isPaid();
    String good = world.foreignAddress();
    browser.go(at(ada.wallet() + "/send"));
    browser.enterVault();

    assertThat(refused("hello", "0.01", "address-unknown-form")).contains("not a Bitcoin address");
    String elsewhere = new ECKey().toAddress(ScriptType.P2WPKH, BitcoinNetwork.MAINNET).toString();
    assertThat(refused(elsewhere, "0.01", "address-other-network")).contains("mainnet");
    char other = good.charAt(14) == 'q' ? 'p' : 'q';
    String mistyped = good.substring(0, 14) + other + good.substring(15);
    assertThat(refused(mistyped, "0.01", "address-mistyped")).contains(": 15 (group 4).");

    assertThat(refused(good, "a lot", "amount-malformed")).contains("0.0015");
    assertThat(refused(good, "0.123456789", "amount-too-precise")).contains("8");
    assertThat(refused(good, "0", "nothing-to-send")).contains("amount");
    assertThat(refused(good, "0.00000100", "dust")).contains("0.00000294");
    assertThat(refused(good, "1", "insufficient-funds")).contains("0.05000000");

    browser.click("send-fee-custom");
    browser.type("send-fee-rate", "fast");
    assertThat(refused(good, "0.01", "fee-rate-malformed")).contains("2.5");
    browser.type("send-fee-rate", "9999");
    assertThat(refused(good, "0.01", "fee-too-high")).contains("lower fee rate");
    browser.leaveVault();
  }

  private String refused(String to, String amount, String token) {
    browser.type("send-to", to);
    browser.type("send-amount", amount);
    browser.click("review");
    return browser.refusal(token);
  }

  @Test
  @Order(2)
  void payingOneselfIsToldAndAllowed() {
    ada.prepares(own, "0.01");
    assertThat(browser.read("self-send")).contains("paying yourself");
  }

  /** On a small screen the field may be scrolled away when the button is pressed. */
  @Test
  @Order(3)
  void aPasscodeFieldOutOfSightIsScrolledToAndNotRefused() {
    browser.look(true, false);
    browser.type("passcode", "seven green lanterns drift south 58");
    double inFrame = number("document.querySelector('#passcode').getBoundingClientRect().top");
    browser.leaveVault();
    frame("window.scrollTo(0, 0);");
    double inPage = number("document.querySelector('iframe').getBoundingClientRect().top");
    assertThat(inPage + inFrame).isGreaterThan(number("innerHeight"));
    browser.enterVault();
    browser.driver().executeScript("document.querySelector('[data-testid=sign]').click()");
    browser.refusal("passcode-wrong");
    browser.look(false, false);
  }

  private double number(String expression) {
    return ((Number) browser.driver().executeScript("return " + expression)).doubleValue();
  }

  /** Changes the page around the vault's frame, and lets the browser look twice. */
  private void frame(String change) {
    browser
        .driver()
        .executeAsyncScript(
            "const done = arguments[arguments.length - 1];"
                + "const frame = document.querySelector(\"iframe[src^='/vault']\");"
                + change
                + "setTimeout(done, 500);");
  }

  /** The passcode of an amount that was changed meanwhile is for nobody. */
  @Test
  @Order(4)
  void whoTurnsBackWhileThePasscodeIsStretchedHasSignedNothing() {
    browser.type("passcode", ada.passcode());
    Object working =
        browser
            .driver()
            .executeAsyncScript(
                "const [done] = arguments;"
                    + "const the = (id) => document.querySelector(`[data-testid=${id}]`);"
                    + "the('sign').click();"
                    + "setTimeout(() => {"
                    + "  const working = the('passcode-progress').checkVisibility();"
                    + "  the('review-back').click();"
                    + "  done(working);"
                    + "}, 200);");
    assertThat(working).as("the passcode was being stretched").isEqualTo(true);
    browser.type("send-amount", "0.02");
    browser.click("review");
    assertThat(browser.read("review-amount")).contains("0.02");
    browser.type("passcode", "seven green lanterns drift south 58");
    browser.click("sign"); // takes as long as the first would have, which began before
    browser.refusal("passcode-wrong");
    browser.leaveVault();
    assertThat(browser.url()).endsWith("/send");
    browser.enterVault();
  }

  @Test
  @Order(5)
  void aWrongPasscodeSignsNothing() {
    browser.type("passcode", "seven green lanterns drift south 58");
    browser.click("sign");
    assertThat(browser.refusal("passcode-wrong")).contains("Caps Lock");
    ada.signs();
  }

  @Test
  @Order(6)
  void aWrongCodeSendsNothing() {
    ada.givesCode(ada.totp().wrongCode());
    assertThat(browser.refusal("code-wrong")).contains("clock of your phone");
    assertThat(browser.sees("send-txid")).isFalse();
    assertThat(browser.url()).doesNotContain("confirm");
    browser.driver().navigate().refresh();
    assertThat(browser.see("totp-code").isEnabled()).isTrue();
    assertThat(browser.sees("error")).isFalse();
    ada.confirms();
  }

  @Test
  @Order(7)
  void theSameCodeConfirmsOneSendOnly() {
    ada.prepares(world.foreignAddress(), "0.001");
    ada.signs();
    ada.givesCode(ada.totp().lastCode());
    assertThat(browser.refusal("code-used")).contains("next one");
    assertThat(browser.sees("send-txid")).isFalse();
    browser.click("send-cancel");
    statusIs("cancel");
    assertThat(browser.sees("send-txid")).isFalse();
  }

  @Test
  @Order(8)
  void aBrowserThatCannotRunTheVaultIsToldSoBeforeAnythingIsTyped() {
    Map<String, Object> script = Map.of("source", "delete globalThis.WebAssembly;");
    browser.driver().executeCdpCommand("Page.addScriptToEvaluateOnNewDocument", script);
    browser.go(at(ada.wallet() + "/receive"));
    assertThat(browser.refusal("browser-too-old")).contains("Chromium, Firefox or Safari");
    assertThat(browser.driver().findElements(By.tagName("iframe"))).isEmpty();
  }
}
