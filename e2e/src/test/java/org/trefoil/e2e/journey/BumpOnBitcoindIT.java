package org.trefoil.e2e.journey;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.trefoil.e2e.harness.Browser;
import org.trefoil.e2e.person.Person;

/** A real node's mempool takes the faster version in the place of the first, and mines it. */
@EnabledIfSystemProperty(
    named = "trefoil.bitcoind",
    matches = ".+",
    disabledReason = "NO BITCOIND: run e2e/verify, which installs one and runs this journey")
final class BumpOnBitcoindIT {
  @Test
  void aNodeReplacesTheFirstByTheFasterOneAndMinesIt() {
    try (BitcoindWorld world = new BitcoindWorld();
        Browser browser = Browser.open()) {
      Person ada = new Person(browser, world.server().origin(), "ada@example.org");
      ada.signsUp().makesWallet("Savings");
      world.pays(ada, ada.receives(), "0.05");
      world.mines(ada);
      browser.go(world.server().origin() + ada.wallet());
      browser.until(
          () -> browser.read("balance").contains("0.05") ? true : null, "the deposit is there");
      String to = world.foreignAddress();
      String first = ada.sends(to, "0.01");
      String page = browser.url();
      assertThat(world.node().cli("getrawmempool")).contains(first);
      ada.asksFor("speed-up");
      ada.signs();
      String second = ada.confirms();
      browser.until(
          () -> world.node().cli("getrawmempool").contains(second) ? true : null,
          "the node has the faster one");
      assertThat(world.node().cli("getrawmempool")).doesNotContain(first);
      world.judgesWaiting(second);
      world.mines(ada);
      browser.until(
          () -> browser.read("send-status").contains("Confirmed") ? true : null,
          "the faster one is confirmed without a reload");
      browser.go(page);
      browser.until(
          () ->
              browser.read("send-status").toLowerCase(Locale.ROOT).contains("replaced")
                  ? true
                  : null,
          "the first is replaced");
      world.judgesMined(second, to, "0.01000000");
    }
  }
}
