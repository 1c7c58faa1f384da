package org.trefoil.e2e.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.bitcoinj.base.BitcoinNetwork;
import org.bitcoinj.base.ScriptType;
import org.bitcoinj.crypto.ECKey;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.openqa.selenium.By;
import org.trefoil.e2e.audit.Looks;
import org.trefoil.e2e.harness.Browser;
import org.trefoil.e2e.harness.RunningServer;
import org.trefoil.e2e.person.Person;

/** Somebody who types passcodes into a file on their own disk only. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
final class LauncherIT {
  private RunningServer server;
  private Browser browser;
  private Person ada;
  private String launcher;

  @BeforeAll
  void open() {
    server = RunningServer.start();
    browser = Browser.open();
    ada = new Person(browser, server.origin(), "ada@example.org");
    launcher = LauncherFile.saved(LauncherFile.served());
  }

  @AfterAll
  void close() {
    browser.close();
    server.close();
  }

  @Test
  @Order(1)
  void itStartsTheReleaseThatItPinsFromDisk() {
    browser.go(launcher);
    browser.type("launcher-site", server.origin() + "/wallets");
    looks("launcher-where");
    browser.click("launcher-look");
    assertThat(browser.read("verdict")).contains("as this file pins it");
    assertThat(browser.text()).containsPattern("Program\\s+([a-z]+ ){7}[a-z]+\\s+sha384-");
    looks("launcher-checked");
  }

  @Test
  @Order(2)
  void aWrongCodeConnectsNothingAndTheRightOneDoes() {
    Set<String> before = browser.driver().getWindowHandles();
    browser.click("connect");
    Runnable back = browser.lookAtNewWindow(before);
    assertThat(browser.sees("pairing-code")).isFalse();
    looks("launcher-small-window-closed");
    browser.click("show-code");
    String code = browser.read("pairing-code");
    looks("launcher-small-window");
    back.run();
    browser.type("launcher-code", code.equals("123 456") ? "654321" : "123456");
    browser.click("pair");
    assertThat(browser.refusal("launcher-code")).contains("not the code");
    looks("launcher-code");
    browser.type("launcher-code", code);
    browser.click("pair");
    browser.see("connected");
    looks("launcher-connected");
    browser.vaultIsHere();
  }

  @Test
  @Order(3)
  void aWalletIsMadeAndSendsWithNoVaultInAnyPage() {
    ada.signsUp();
    ada.makesWallet("Savings");
    String own = ada.receives();
    assertThat(own).startsWith("bcrt1q");
    browser.click("practice-coins");
    browser.go(server.origin() + ada.wallet());
    browser.until(() -> browser.text().contains("0.05") ? true : null, "the coins arrive");
    ada.mines();
    browser.until(
        () -> browser.read("balance").contains("0.05") ? true : null, "the coins are confirmed");
    String to = new ECKey().toAddress(ScriptType.P2WPKH, BitcoinNetwork.REGTEST).toString();
    assertThat(ada.sends(to, "0.01")).matches("[0-9a-f]{64}");
  }

  @Test
  @Order(4)
  void pagesOpenNoFrameOfTheirOwn() {
    browser.go(server.origin() + ada.wallet() + "/receive");
    browser.see("vault-launched");
    assertThat(browser.driver().findElements(By.tagName("iframe"))).isEmpty();
    looks("launcher-page");
  }

  @Test
  @Order(5)
  void withoutALauncherNoPageFallsBackToAVaultOfItsOwnUntilItIsToldTo() {
    browser.closeOthers();
    browser.go(server.origin() + ada.wallet() + "/receive");
    assertThat(browser.refusal("launcher-away")).contains("/launched");
    assertThat(browser.driver().findElements(By.tagName("iframe"))).isEmpty();
    browser.go(server.origin() + "/launched");
    looks("launcher-stop");
    browser.click("launcher-stop");
    browser.see("launcher-stopped");
    assertThat(ada.receives()).startsWith("bcrt1q");
  }

  @Test
  @Order(6)
  void afterThreeWrongCodesTheSmallWindowTakesNoneAndOnceClosedItIsMissed() {
    String file = LauncherFile.saved(LauncherFile.served());
    browser.go(file + "#" + server.origin());
    browser.see("verdict");
    Set<String> before = browser.driver().getWindowHandles();
    browser.click("connect");
    Runnable back = browser.lookAtNewWindow(before);
    browser.click("show-code");
    String code = browser.read("pairing-code");
    String small = browser.driver().getWindowHandle();
    back.run();
    for (int i = 0; i < 3; i++) {
      browser.type("launcher-code", code.equals("000 000") ? "111111" : "000000");
      browser.click("pair");
      browser.until(
          () -> browser.see("launcher-code").getAttribute("value").isEmpty() ? true : null,
          "it is told");
    }
    browser.type("launcher-code", code);
    browser.click("pair");
    String launcher = browser.driver().getWindowHandle();
    browser.driver().switchTo().window(small);
    browser.refusal("launcher-code");
    assertThat(browser.sees("pairing-code")).isFalse();
    assertThat(browser.sees("passing")).isFalse();
    browser.driver().switchTo().window(launcher);
    assertThat(browser.sees("connected")).isFalse();
  }

  private void looks(String name) {
    assertThat(Looks.at(browser, name)).isEmpty();
  }
}
