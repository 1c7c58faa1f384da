package org.trefoil.e2e.recovery;

import java.io.IOException;
import java.net.NetworkInterface;
import org.trefoil.core.keys.Cosigners;
import org.trefoil.e2e.harness.Firefox;

/**
 * recovery.html used in Firefox: a program of its own, so that it can be run where there is no
 * network but the loopback by which it drives the browser.
 */
final class FirefoxVisit {
  static final String NAME = "firefox";

  private FirefoxVisit() {}

  /** Says which networks there are, and what was signed. */
  public static void main(String[] args) throws IOException {
    NetworkInterface.networkInterfaces()
        .filter(each -> !each.getName().equals("lo"))
        .forEach(each -> System.out.println("network " + each.getName()));
    System.out.println("signed " + signs(Sheets.of(NAME)));
  }

  static String coins(Cosigners cosigners) {
    return Sheets.listed("ab".repeat(32), 3, cosigners.address(Cosigners.CHANGE, 77), "1.25");
  }

  static String to(Cosigners cosigners) {
    return cosigners.address(Cosigners.RECEIVE, 9);
  }

  /** The whole way, with both keys; the raw transaction. */
  private static String signs(Sheets sheets) {
    Cosigners cosigners = sheets.cosigners();
    try (Firefox browser = Firefox.open()) {
      browser.go(RecoveryFile.path().toUri().toString());
      browser.type("descriptor", cosigners.descriptor());
      browser.click("network-regtest");
      browser.click("wallet-continue");
      browser.reads("first-addresses", cosigners.address(Cosigners.RECEIVE, 0));
      browser.click("recover-spend");
      browser.type("coins", coins(cosigners));
      browser.click("coins-look");
      browser.reads("coins-total", "1.25000000 BTC");
      browser.click("coins-continue");
      browser.type("send-to", to(cosigners));
      browser.type("send-fee-rate", "3");
      browser.click("review");
      browser.click("open-words");
      for (int i = 1; i <= 24; i++) {
        browser.type("paper-word-" + i, sheets.words().get(i - 1));
      }
      browser.click("words-submit");
      browser.click("open-sealed");
      browser.type("sealed-key", sheets.sealed());
      browser.type("passcode", Sheets.PASSCODE);
      browser.click("passcode-submit");
      browser.reads("key-user", "open");
      browser.click("sign");
      return browser.value("raw-transaction");
    }
  }
}
