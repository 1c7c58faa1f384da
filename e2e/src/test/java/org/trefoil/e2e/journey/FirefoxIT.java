package org.trefoil.e2e.journey;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.trefoil.e2e.harness.Firefox;
import org.trefoil.e2e.harness.RunningServer;
import org.trefoil.e2e.harness.Totp;

/** The vault in the other engine: sign up, have keys born and stored, be offered the sheets. */
final class FirefoxIT {
  private static final String PASSWORD = "quiet-otter-41-paints-rivers";
  private static final String PASSCODE = "seven green lanterns drift north 58";

  @Test
  void keysAreBornInFirefoxToo() {
    try (RunningServer server = RunningServer.start();
        Firefox browser = Firefox.open()) {
      browser.go(server.origin() + "/signup");
      browser.type("email", "vera@example.org");
      browser.click("submit");
      browser.type("password", PASSWORD);
      browser.type("password-again", PASSWORD);
      browser.click("vault-submit");
      Totp totp = new Totp(browser.read("totp-secret"));
      browser.type("totp-code", totp.freshCode());
      browser.click("submit");
      browser.click("codes-saved");
      browser.read("create-wallet");

      browser.go(server.origin() + "/wallets/new");
      browser.type("wallet-name", "Savings");
      browser.click("create-wallet");
      browser.click("backup-here");
      browser.type("passcode", PASSCODE);
      browser.type("passcode-again", PASSCODE);
      browser.click("vault-submit");
      assertThat(browser.read("download-pdf")).contains("PDF");

      browser.go(server.origin() + "/wallets");
      assertThat(browser.read("wallet-link")).contains("Savings", "paper not checked");
    }
  }
}
