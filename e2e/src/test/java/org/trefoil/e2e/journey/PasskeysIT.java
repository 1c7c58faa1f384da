package org.trefoil.e2e.journey;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.By;
import org.openqa.selenium.virtualauthenticator.VirtualAuthenticator;
import org.openqa.selenium.virtualauthenticator.VirtualAuthenticatorOptions;
import org.openqa.selenium.virtualauthenticator.VirtualAuthenticatorOptions.Protocol;
import org.openqa.selenium.virtualauthenticator.VirtualAuthenticatorOptions.Transport;
import org.trefoil.e2e.harness.Browser;
import org.trefoil.e2e.harness.RunningServer;
import org.trefoil.e2e.harness.Tool;

/** A passkey in Chromium, from its enrolment to its removal; the device is the browser's own. */
final class PasskeysIT extends PracticeVisit {
  private VirtualAuthenticator device;

  /** A device in that browser which keeps passkeys and verifies whoever holds it. */
  static VirtualAuthenticator deviceOf(Browser browser) {
    return deviceOf(browser, Transport.INTERNAL);
  }

  /** Another one beside it, that is plugged in. */
  static VirtualAuthenticator secondDeviceOf(Browser browser) {
    return deviceOf(browser, Transport.USB);
  }

  private static VirtualAuthenticator deviceOf(Browser browser, Transport transport) {
    return browser
        .driver()
        .addVirtualAuthenticator(
            new VirtualAuthenticatorOptions()
                .setProtocol(Protocol.CTAP2)
                .setTransport(transport)
                .setHasResidentKey(true)
                .setHasUserVerification(true)
                .setIsUserVerified(true));
  }

  @Test
  @Order(1)
  void aPasskeyIsAddedForACode() {
    device = deviceOf(browser);
    browser.go(at("/account"));
    browser.click("passkeys");
    browser.type("new-passkey-name", "Phone");
    browser.type("totp-code", ada.totp().freshCode());
    browser.click("submit");
    assertThat(browser.read("passkey-row")).contains("Phone", "not used yet");
    assertThat(device.getCredentials()).hasSize(1);
  }

  @Test
  @Order(2)
  void itConfirmsASendWithoutACode() {
    ada.makesWallet("Savings");
    isPaid();
    ada.prepares(world.foreignAddress(), "0.01");
    String words = browser.read("digest-words");
    ada.signs();
    assertThat(browser.read("send-words")).isEqualTo(words);
    device.setUserVerified(false);
    browser.click("confirm-passkey");
    assertThat(browser.refusal("passkey-not-given")).contains("code of your app");
    device.setUserVerified(true);
    browser.click("confirm-passkey");
    String txid = browser.read("send-txid").strip();
    world.judgesWaiting(txid);
    isProvedToAnybody(txid);
  }

  /** By the file of its page, with the program and nothing else. */
  private void isProvedToAnybody(String txid) {
    browser.click("proof-save");
    Path file = browser.download(".json");
    for (boolean phone : new boolean[] {true, false}) {
      for (boolean dark : new boolean[] {true, false}) {
        browser.look(phone, dark);
        browser.driver().executeScript("arguments[0].scrollIntoView()", browser.see("proof-save"));
        browser.shot("send-proof-" + (phone ? "phone" : "desktop") + (dark ? "-dark" : ""));
      }
    }
    browser.look(false, false);
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    String jar = RunningServer.jar().toString();
    String said = Tool.output(java, "-jar", jar, "verify-proof", file.toString());
    assertThat(said).contains("A passkey confirmed exactly this transaction", txid, "0.01000000");
  }

  @Test
  @Order(3)
  void itSignsInWithoutThePasswordOnceItMay() {
    ada.signsOut();
    browser.go(at("/signin"));
    browser.click("passkey-signin");
    assertThat(browser.refusal("passkey-no-signin")).contains("password");
    ada.givesPassword(ada.password());
    browser.click("use-passkey");
    browser.see("create-wallet");
    browser.go(at("/account/passkeys"));
    browser.click("passkey-change");
    browser.click("passkey-signs-in");
    browser.driver().findElement(By.cssSelector("[data-part=change] [data-part=stand-in]")).click();
    browser.until(
        () -> browser.read("passkey-row").contains("signs in") ? true : null, "it signs in");
    ada.signsOut();
    browser.go(at("/signin"));
    browser.click("passkey-signin");
    browser.see("create-wallet");
  }

  @Test
  @Order(4)
  void itIsRemovedForItsOwnWord() {
    browser.go(at("/account/passkeys"));
    browser.click("passkey-change");
    browser.driver().findElement(By.cssSelector("[data-part=remove] [data-part=stand-in]")).click();
    browser.until(() -> browser.sees("passkey-row") ? null : true, "it is gone");
    browser.until(
        () -> {
          browser.go(at("/account/activity"));
          return browser.text().contains("A passkey was removed") ? true : null;
        },
        "the record tells of it");
    assertThat(browser.text()).contains("A passkey was added", "A passkey signed in");
    assertThat(browser.console()).doesNotContain("Content Security Policy", "Permissions policy");
  }

  /** A phone that is away and a security key that is plugged in: each is told by its name. */
  @Test
  @Order(5)
  void aSecurityKeyOnUsbIsKeptApartFromThePhone() {
    browser.driver().removeVirtualAuthenticator(device);
    device = deviceOf(browser);
    adds("Other phone");
    browser.driver().removeVirtualAuthenticator(device);
    VirtualAuthenticator key = secondDeviceOf(browser);
    adds("Yellow key");
    assertThat(key.getCredentials()).hasSize(1);
    assertThat(browser.texts("passkey-row"))
        .hasSize(2)
        .allMatch(row -> row.contains("not used yet"));
    ada.prepares(world.foreignAddress(), "0.001");
    ada.signs();
    browser.click("confirm-passkey");
    world.judgesWaiting(browser.read("send-txid").strip());
    browser.go(at("/account/passkeys"));
    assertThat(browser.texts("passkey-row"))
        .anyMatch(row -> row.contains("Yellow key") && row.contains("last used"))
        .anyMatch(row -> row.contains("Other phone") && row.contains("not used yet"));
  }

  private void adds(String name) {
    browser.go(at("/account/passkeys"));
    browser.type("new-passkey-name", name);
    browser.type("totp-code", ada.totp().freshCode());
    browser.click("submit");
    browser.until(
        () ->
            browser.texts("passkey-row").stream().anyMatch(row -> row.contains(name)) ? true : null,
        name + " is added");
  }
}
