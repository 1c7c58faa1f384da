package org.trefoil.e2e.harness;

import java.util.List;
import java.util.Map;
import org.openqa.selenium.chrome.ChromeDriver;

/**
 * A passkey's device in the browser, with or without the PRF extension, which Selenium's own
 * virtual authenticator has no word for.
 */
public final class PrfDevice {
  private final ChromeDriver driver;
  private final String id;

  private PrfDevice(ChromeDriver driver, String id) {
    this.driver = driver;
    this.id = id;
  }

  /** Plugs one in. */
  public static PrfDevice in(Browser browser, boolean hasPrf) {
    ChromeDriver driver = browser.driver();
    driver.executeCdpCommand("WebAuthn.enable", Map.of());
    Map<String, Object> options =
        Map.of(
            "protocol",
            "ctap2",
            "ctap2Version",
            "ctap2_1",
            "transport",
            "internal",
            "hasResidentKey",
            true,
            "hasUserVerification",
            true,
            "isUserVerified",
            true,
            "hasPrf",
            hasPrf,
            "automaticPresenceSimulation",
            true);
    Map<String, Object> made =
        driver.executeCdpCommand("WebAuthn.addVirtualAuthenticator", Map.of("options", options));
    return new PrfDevice(driver, (String) made.get("authenticatorId"));
  }

  /** Takes it away with what it holds. */
  public void unplug() {
    driver.executeCdpCommand("WebAuthn.removeVirtualAuthenticator", Map.of("authenticatorId", id));
  }

  /** How many passkeys it holds. */
  public int passkeys() {
    Map<String, Object> held =
        driver.executeCdpCommand("WebAuthn.getCredentials", Map.of("authenticatorId", id));
    return ((List<?>) held.get("credentials")).size();
  }
}
