package org.trefoil.e2e.journey;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.trefoil.e2e.harness.Browser;
import org.trefoil.e2e.person.Person;

/** One person who has signed up on a server of her own. The steps follow each other. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
abstract class Visit<W extends World> {
  W world;
  Browser browser;
  Person ada;

  abstract W world();

  @BeforeAll
  void open() {
    world = world();
    browser = Browser.open();
    ada = new Person(browser, world.origin(), world.server().clock(), "ada@example.org");
    ada.signsUp();
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
    return world.origin() + path;
  }
}
