package org.trefoil.e2e.journey;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.trefoil.e2e.harness.Firefox;
import org.trefoil.e2e.harness.RunningServer;
import org.trefoil.e2e.person.FirefoxNewcomer;

/** The vault in the other engine: sign up, have keys born and stored, be offered the sheets. */
final class FirefoxIT {
  @Test
  void keysAreBornInFirefoxToo() {
    try (RunningServer server = RunningServer.start();
        Firefox browser = Firefox.open()) {
      FirefoxNewcomer.makesWallet(browser, server.origin().toString());

      browser.go(server.origin() + "/wallets");
      assertThat(browser.read("wallet-link")).contains("Savings", "paper not checked");
    }
  }
}
