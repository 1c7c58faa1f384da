package org.trefoil.e2e.journey;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.trefoil.e2e.harness.Browser;
import org.trefoil.e2e.person.Person;

/** One person on a server of her own, on the practice chain. The steps follow each other. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
abstract class PracticeVisit {
  PracticeWorld world;
  Browser browser;
  Person ada;

  @BeforeAll
  void open() {
    world = world();
    browser = Browser.open();
    ada = new Person(browser, world.server().origin(), world.server().clock(), "ada@example.org");
    ada.signsUp();
  }

  PracticeWorld world() {
    return new PracticeWorld();
  }

  @AfterAll
  void close() {
    if (browser != null) {
      browser.close();
    }
    if (world != null) {
      world.close();
    }
  }

  /** The address of {@code path} on the server. */
  String at(String path) {
    return world.server().origin() + path;
  }

  /** Gives the wallet 0.05 practice BTC, confirmed, at the address returned. */
  String isPaid() {
    String address = ada.receives();
    world.pays(ada, address, "0.05000000");
    world.mines(ada);
    balanceIs("0.05000000");
    return address;
  }

  /** Waits until the wallet's page shows {@code btc} as its balance. */
  void balanceIs(String btc) {
    browser.go(at(ada.wallet()));
    browser.until(() -> browser.read("balance").equals(btc) ? true : null, "the balance is " + btc);
  }

  /** Waits for the status of the send shown, without a reload. */
  void statusIs(String word) {
    browser.until(
        () ->
            browser.read("send-status").toLowerCase(java.util.Locale.ROOT).contains(word)
                ? true
                : null,
        "the send is " + word);
  }

  /** As addresses are printed for people. */
  static String squeezed(String text) {
    return text.replaceAll("\\s+", "");
  }
}
