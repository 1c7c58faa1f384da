package org.trefoil.e2e.journey;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.trefoil.e2e.harness.SigningProcess;

/** With a signer, what a code added signs in at once and confirms sends later, and pages say so. */
final class NewFactorsWaitIT extends PracticeVisit {
  private final SigningProcess signer = SigningProcess.start();

  @Override
  PracticeWorld world() {
    return new PracticeWorld("--signer", signer.socket());
  }

  @AfterAll
  void end() {
    signer.close();
  }

  @Test
  @Order(1)
  void aNewPasskeySaysFromWhenItConfirmsSends() {
    PasskeysIT.deviceOf(browser);
    browser.go(at("/account/passkeys"));
    browser.type("new-passkey-name", "Phone");
    browser.type("totp-code", ada.totp().freshCode());
    browser.click("submit");
    assertThat(browser.read("passkey-counts-from")).matches("confirms sends from .+ on");
    assertThat(browser.sees("passkey-vouch")).as("nothing vouches for it").isFalse();
    shots("passkey-waits");
  }

  @Test
  @Order(2)
  void itConfirmsNoneBeforeAndACodeDoes() {
    ada.makesWallet("Savings");
    isPaid();
    ada.prepares(world.foreignAddress(), "0.01");
    ada.signs();
    assertThat(browser.read("passkey-later")).matches("With a passkey of yours from .+ on: .+");
    assertThat(browser.sees("confirm-passkey")).isFalse();
    shots("passkey-too-new");
    ada.givesCode(ada.totp().freshCode());
    world.judgesWaiting(browser.read("send-txid").strip());
  }

  @Test
  @Order(3)
  void itSignsInAtOnce() {
    ada.signsOut();
    ada.givesPassword(ada.password());
    browser.click("use-passkey");
    browser.see("create-wallet");
  }

  private void shots(String name) {
    for (boolean phone : new boolean[] {true, false}) {
      for (boolean dark : new boolean[] {true, false}) {
        browser.look(phone, dark);
        browser.shot(name + (phone ? "-phone" : "-desktop") + (dark ? "-dark" : ""));
      }
    }
    browser.look(false, false);
  }
}
