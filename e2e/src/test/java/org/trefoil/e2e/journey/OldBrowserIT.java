package org.trefoil.e2e.journey;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import org.trefoil.e2e.harness.Browser;
import org.trefoil.e2e.harness.RunningServer;

/** What a browser has to have, and what one is let do with passwords. */
final class OldBrowserIT {
  private static final String PASSWORD = "quiet-otter-41-paints-rivers";

  /** A browser as it was before it had {@code missing}. */
  @ParameterizedTest
  @ValueSource(strings = {"WebAssembly", "trustedTypes", "crypto"})
  void aBrowserThatLacksWhatTheVaultReliesOnIsToldSo(String missing) {
    try (RunningServer server = RunningServer.start();
        Browser browser = Browser.open()) {
      browser
          .driver()
          .executeCdpCommand(
              "Page.addScriptToEvaluateOnNewDocument",
              Map.of(
                  "source",
                  "Object.defineProperty(window, '" + missing + "', {value: undefined});"));
      browser.go(server.origin() + "/signup");
      browser.type("email", "old@example.org");
      browser.click("submit");
      assertThat(browser.refusal("browser-too-old")).contains("too old", "Use a current");
      assertThat(browser.driver().findElements(By.tagName("iframe"))).isEmpty();
      browser.shot("old-browser-" + missing);
    }
  }

  @Test
  void aPasswordIsHiddenAndMayBePasted() {
    try (RunningServer server = RunningServer.start();
        Browser browser = Browser.open()) {
      browser.go(server.origin() + "/signup");
      browser.type("email", PASSWORD + "@example.org");
      WebElement email = browser.see("email");
      email.sendKeys(Keys.chord(Keys.CONTROL, "a"));
      email.sendKeys(Keys.chord(Keys.CONTROL, "c"));
      browser.click("submit");
      browser.enterVault();
      for (String field : new String[] {"password", "password-again"}) {
        WebElement password = browser.see(field);
        assertThat(password.getDomAttribute("type")).isEqualTo("password");
        assertThat(password.getDomAttribute("autocomplete")).isEqualTo("new-password");
        password.sendKeys(Keys.chord(Keys.CONTROL, "v"));
        assertThat(password.getDomProperty("value")).startsWith(PASSWORD);
      }
      browser.leaveVault();
    }
  }
}
