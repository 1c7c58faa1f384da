package org.trefoil.e2e.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.trefoil.csp.log.Checkpoint;
import org.trefoil.e2e.harness.Firefox;
import org.trefoil.e2e.harness.ManInTheMiddle;
import org.trefoil.e2e.harness.RunningServer;
import org.trefoil.e2e.person.FirefoxNewcomer;

/** The launcher in the other engine: a newer release is checked and started, an altered one not. */
final class LauncherInFirefoxIT {
  @Test
  void aCheckedVaultOnDiskServesThePagesAndAnAlteredOneDoesNotStart() {
    ReleaseInHand release = ReleaseInHand.make();
    try (RunningServer server = RunningServer.start("--release", release.folder().toString());
        ManInTheMiddle middle = ManInTheMiddle.inFrontOf(server.origin());
        Firefox browser = Firefox.open()) {
      String html = LauncherFile.served();
      String pins = LauncherFile.pins(html);
      browser.go(LauncherFile.saved(html) + "#" + server.origin());
      assertThat(browser.read("verdict")).contains("as this file pins it");

      Checkpoint before = Checkpoint.open(release.checkpointBefore(), release.keys().log());
      String older =
          pins.replaceFirst("version \\S+", "version 0.0.9")
                  .replaceFirst("wasm sha384-.{8}", "wasm sha384-00000000")
              + ("seen " + before.size() + " " + before.root().base64() + "\n")
              + release.keys().text();
      String launcher = LauncherFile.pinning(html, older);
      middle.tell(ManInTheMiddle.replace("GET", ".*/proof", "index 1\n", "index 0\n"));
      browser.go(LauncherFile.saved(launcher) + "#" + middle.origin());
      assertThat(browser.read("error")).contains("does not show this release");

      middle.stopLying();
      browser.go(LauncherFile.saved(launcher) + "#" + middle.origin());
      assertThat(browser.read("verdict")).startsWith("A newer release");
      browser.lookEverywhere();
      browser.click("connect");
      browser.click("show-code");
      browser.type("launcher-code", browser.read("pairing-code"));
      browser.click("pair");
      assertThat(browser.read("connected")).startsWith("Open your wallet");

      browser.openWindow();
      FirefoxNewcomer.makesWallet(browser, middle.origin().toString());
    }
  }
}
