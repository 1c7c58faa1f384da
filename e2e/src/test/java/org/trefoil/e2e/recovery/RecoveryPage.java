package org.trefoil.e2e.recovery;

import java.util.List;
import org.trefoil.core.keys.Cosigners;
import org.trefoil.e2e.harness.Browser;

/** A person before recovery.html: what they do in each step. */
record RecoveryPage(Browser browser) {
  static RecoveryPage opened(Browser browser) {
    browser.go(RecoveryFile.path().toUri().toString());
    browser.see("descriptor");
    return new RecoveryPage(browser);
  }

  /** The descriptor typed, and the network of the tests. */
  RecoveryPage names(Cosigners cosigners) {
    browser.type("descriptor", cosigners.descriptor());
    return goesOn();
  }

  RecoveryPage goesOn() {
    browser.click("network-regtest");
    browser.click("wallet-continue");
    browser.see("first-addresses");
    return this;
  }

  /** What a source says about the coins, pasted; shows the total that was found. */
  String finds(String answer) {
    browser.click("recover-spend");
    browser.type("coins", answer);
    browser.click("coins-look");
    return browser.read("coins-total") + browser.read("coins-count");
  }

  /** Everything to one address, up to the review. */
  RecoveryPage sweeps(String to, String rate) {
    browser.click("coins-continue");
    browser.type("send-to", to);
    browser.type("send-fee-rate", rate);
    browser.click("review");
    browser.see("review-recipient");
    return this;
  }

  /** So much to one address, up to the review: the rest comes back as change. */
  RecoveryPage pays(String to, String amount, String rate) {
    browser.click("coins-continue");
    browser.click("send-everything");
    browser.type("send-to", to);
    browser.type("send-amount", amount);
    browser.type("send-fee-rate", rate);
    browser.click("review");
    browser.see("review-recipient");
    return this;
  }

  RecoveryPage opensSealed(String sealed, String passcode) {
    browser.click("open-sealed");
    if (!sealed.isEmpty()) {
      browser.type("sealed-key", sealed);
    }
    browser.type("passcode", passcode);
    browser.click("passcode-submit");
    return this;
  }

  RecoveryPage opensWords(List<String> words) {
    browser.click("open-words");
    return types(words);
  }

  RecoveryPage types(List<String> words) {
    for (int i = 0; i < words.size(); i++) {
      browser.type("paper-word-" + (i + 1), words.get(i));
    }
    browser.click("words-submit");
    return this;
  }

  /** Waits until this key is open. */
  RecoveryPage has(String role) {
    browser.until(
        () -> browser.read("key-" + role).contains("open") ? true : null, role + " is open");
    return this;
  }

  /** What stands in a text to copy. */
  String text(String testId) {
    return browser.see(testId).getDomProperty("value");
  }
}
