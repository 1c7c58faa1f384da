package org.trefoil.e2e.journey;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * Somebody is forced to send: the second passcode looks the same, the node hears of nothing, and
 * the first one shows what was held back.
 */
@EnabledIfSystemProperty(
    named = "trefoil.bitcoind",
    matches = ".+",
    disabledReason = "NO BITCOIND: run e2e/verify, which installs one and runs this journey")
final class DuressIT extends Visit<BitcoindWorld> {
  private static final String SECOND = "marble copper willow tango";

  private String to = "";

  @Override
  BitcoindWorld world() {
    return new BitcoindWorld();
  }

  private void opensPasscodePage(String button) {
    browser.go(at(ada.wallet() + "/passcode"));
    browser.click(button);
    browser.enterVault();
  }

  @Test
  @Order(1)
  void aSecondPasscodeIsSet() {
    ada.makesWallet("Savings");
    world.pays(ada, ada.receives(), "0.05000000");
    world.mines(ada);
    browser.go(at(ada.wallet()));
    browser.until(
        () -> browser.read("balance").contains("0.05") ? true : null, "the deposit is there");
    to = world.foreignAddress();
    opensPasscodePage("second-passcode");
    browser.type("passcode", ada.passcode());
    browser.type("second-passcode", ada.passcode());
    browser.type("second-passcode-again", ada.passcode());
    browser.click("vault-submit");
    browser.refusal("passcode-same");
    browser.type("passcode", ada.passcode());
    browser.type("second-passcode", SECOND);
    browser.type("second-passcode-again", SECOND);
    browser.shot("second-passcode");
    browser.click("vault-submit");
    browser.leaveVault();
    ada.givesCode(ada.recoveryCodes().get(0));
    browser.see("second-changed");
    browser.enterVault();
    browser.see("second-done");
    browser.leaveVault();
  }

  @Test
  @Order(2)
  void aSendUnderItLooksSentAndTheNodeHearsOfNothing() {
    ada.prepares(to, "0.01");
    browser.type("passcode", SECOND);
    browser.click("sign");
    browser.leaveVault();
    browser.type("totp-code", ada.recoveryCodes().get(1));
    browser.click("submit");
    assertThat(browser.read("send-status")).isEqualTo("Signed, on its way to the network");
    assertThat(browser.read("send-txid")).hasSize(64);
    browser.see("speed-up");
    assertThat(browser.text()).doesNotContainIgnoringCase("held").doesNotContain("second");
    browser.shot("duress-sent");
    browser.go(at(ada.wallet()));
    assertThat(browser.text()).doesNotContain("Waiting", "held back", "second passcode");
    assertThat(world.node().cli("getrawmempool")).isEqualToIgnoringWhitespace("[]");
  }

  @Test
  @Order(3)
  void theFirstPasscodeShowsWhatWasHeldBackAndFreesIt() {
    opensPasscodePage("check-passcode");
    browser.type("passcode", ada.passcode());
    browser.click("vault-submit");
    browser.leaveVault();
    browser.see("passcode-checked");
    assertThat(browser.read("held-back")).startsWith("One send");
    browser.shot("held-back");
    browser.go(at(ada.wallet()));
    assertThat(browser.text()).contains("held back: your second passcode signed it");
    browser.click("waiting-send");
    browser.see("kept");
    assertThat(browser.read("send-status")).isEqualTo("Held back");
    browser.shot("kept");
    browser.click("send-cancel");
    browser.until(
        () -> browser.read("send-status").equals("Cancelled") ? true : null, "it is cancelled");
    assertThat(world.node().cli("getrawmempool")).isEqualToIgnoringWhitespace("[]");
  }

  @Test
  @Order(4)
  void afterwardsItGoesOutUnderTheFirst() {
    ada.prepares(to, "0.02");
    ada.signs();
    browser.leaveVault();
    browser.type("totp-code", ada.recoveryCodes().get(2));
    browser.click("submit");
    assertThat(browser.read("send-status")).isEqualTo("Sent, waiting for a block");
    world.judgesWaiting(browser.read("send-txid"));
  }
}
