package org.trefoil.e2e.journey;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.jar.JarFile;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.By;
import org.trefoil.e2e.harness.RunningServer;

/** A server that answers no older pages than its own: who has one open is told so, once. */
final class OldPageIT extends PracticeVisit {
  @Override
  PracticeWorld world() {
    try (JarFile jar = new JarFile(RunningServer.jar().toFile())) {
      String own = jar.getManifest().getMainAttributes().getValue("Implementation-Version");
      return new PracticeWorld("--min-client", own);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  @Order(1)
  void itsOwnPagesAreAnswered() {
    ada.makesWallet("Household"); // after she signed up
    assertThat(ada.receives()).startsWith("bcrt1q");
  }

  @Test
  @Order(2)
  void anOlderPageGetsAPlainMessageAndNoVault() {
    // What the page says of itself on its way, as an older one would.
    browser.driver().executeCdpCommand("Network.enable", Map.of());
    browser
        .driver()
        .executeCdpCommand(
            "Network.setExtraHTTPHeaders", Map.of("headers", Map.of("X-Trefoil-Client", "0.0.9")));
    browser.go(at(ada.wallet() + "/receive"));
    assertThat(browser.refusal("client-too-old")).contains("older release", "open Trefoil anew");
    assertThat(browser.driver().findElements(By.tagName("iframe"))).isEmpty();
    for (boolean phone : new boolean[] {false, true}) {
      browser.look(phone, phone);
      browser.shot("old-page" + (phone ? "-phone-dark" : ""));
    }
  }
}
