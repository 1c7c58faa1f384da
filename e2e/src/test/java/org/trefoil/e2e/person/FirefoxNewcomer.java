package org.trefoil.e2e.person;

import static org.assertj.core.api.Assertions.assertThat;

import org.trefoil.e2e.harness.Firefox;
import org.trefoil.e2e.harness.Totp;

/** Somebody new in Firefox, up to the keys that are born and stored; paper stays with Chromium. */
public final class FirefoxNewcomer {
  private static final String PASSWORD = "quiet-otter-41-paints-rivers";
  private static final String PASSCODE = "seven green lanterns drift north 58";

  private FirefoxNewcomer() {}

  /** Signs up and makes the wallet “Savings”, until the sheets are offered. */
  public static void makesWallet(Firefox browser, String origin) {
    browser.go(origin + "/signup");
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

    browser.go(origin + "/wallets/new");
    browser.type("wallet-name", "Savings");
    browser.click("create-wallet");
    browser.click("backup-here");
    browser.type("passcode", PASSCODE);
    browser.type("passcode-again", PASSCODE);
    browser.click("vault-submit");
    assertThat(browser.read("download-pdf")).contains("PDF");
  }
}
