package org.trefoil.e2e.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.openqa.selenium.By;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.WindowType;
import org.trefoil.csp.log.Checkpoint;
import org.trefoil.csp.release.Release;
import org.trefoil.csp.served.VerifyServed;
import org.trefoil.e2e.harness.Browser;
import org.trefoil.e2e.harness.ManInTheMiddle;
import org.trefoil.e2e.harness.RunningServer;

/**
 * C7, from a disk: what is not the release that a launcher pins, and not a newer one that its keys
 * signed and its log holds, is not started, and the person is told why.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class LauncherRefusalsIT {
  private static final String WELL_KNOWN = "/\\.well-known/trefoil/";
  private static final String OLDER = "0.0.9";
  private static final List<String> FETCHED =
      List.of("/assets/vault.wasm", "/assets/vault-loader.js", "/vault");

  private ReleaseInHand release;
  private RunningServer server;
  private ManInTheMiddle middle;
  private Browser browser;
  private String own;
  private String window;

  @BeforeAll
  void open() {
    release = ReleaseInHand.make();
    server = RunningServer.start("--release", release.folder().toString());
    middle = ManInTheMiddle.inFrontOf(server.origin());
    browser = Browser.open();
    window = browser.driver().getWindowHandle();
    own = LauncherFile.pins(LauncherFile.served());
  }

  @AfterAll
  void close() {
    browser.close();
    middle.close();
    server.close();
  }

  @AfterEach
  void honestAgain() {
    middle.stopLying();
    closeAllBut(window);
    browser.driver().executeScript("localStorage.clear()");
  }

  private void closeAllBut(String kept) {
    for (String each : browser.driver().getWindowHandles()) {
      if (!each.equals(kept)) {
        browser.driver().switchTo().window(each).close();
      }
    }
    browser.driver().switchTo().window(kept);
  }

  /** The pins of an earlier release, with these keys. */
  private String older() {
    return own.replaceFirst("version \\S+", "version " + OLDER)
            .replaceAll("(wasm|loader) sha384-.{8}", "$1 sha384-00000000")
        + seen(release.checkpointBefore())
        + release.keys().text();
  }

  private String seen(String note) {
    Checkpoint checkpoint = Checkpoint.open(note, release.keys().log());
    return "seen " + checkpoint.size() + " " + checkpoint.root().base64() + "\n";
  }

  private void starts(String pins) {
    starts(pins, middle.origin());
  }

  private void starts(String pins, URI site) {
    String file = LauncherFile.saved(LauncherFile.pinning(LauncherFile.served(), pins));
    browser.go(file + "#" + site);
  }

  private void refuses(String token, String pins) {
    starts(pins);
    browser.refusal(token);
    assertThat(browser.sees("connect")).as("offered all the same").isFalse();
  }

  private static ManInTheMiddle.Lie bend(String path) {
    return (method, asked, body) -> {
      if (!asked.equals(path)) {
        return null;
      }
      byte[] bent = Arrays.copyOf(body, body.length + 1);
      bent[body.length] = '\n';
      return bent;
    };
  }

  private static ManInTheMiddle.Lie instead(String name, String text) {
    return (method, asked, body) ->
        asked.equals("/.well-known/trefoil/" + name) ? text.getBytes(StandardCharsets.UTF_8) : null;
  }

  @Test
  void aNewerReleaseThatIsSignedAndLoggedStartsAndIsTold() {
    starts(older());
    assertThat(browser.read("verdict")).startsWith("A newer release");
    assertThat(browser.read("told"))
        .contains("pins " + OLDER, "signed by ada and ben", "entry 1 of the public log");
    assertThat(browser.text()).contains("This file pins:");
    for (boolean phone : new boolean[] {false, true}) {
      browser.look(phone, !phone);
      browser.shot("launcher-newer" + (phone ? "-phone" : "-dark"));
    }
    browser.look(false, false);

    connects();
    // Too late: what was compared is what runs.
    for (String path : FETCHED) {
      middle.tell(bend(path));
    }
    opensTheVault("eve@example.org");
    browser.driver().switchTo().defaultContent();
  }

  private void connects() {
    Set<String> before = browser.driver().getWindowHandles();
    browser.click("connect");
    Runnable back = browser.lookAtNewWindow(before);
    browser.click("show-code");
    String code = browser.read("pairing-code");
    back.run();
    browser.type("launcher-code", code);
    browser.click("pair");
    browser.see("connected");
  }

  /** Signs up in a page, which needs the vault; goes on inside it. */
  private void opensTheVault(String email) {
    String launcher = browser.driver().getWindowHandle();
    browser.driver().switchTo().newWindow(WindowType.WINDOW);
    browser.driver().get(middle.origin() + "/signup");
    browser.type("email", email);
    browser.click("submit");
    browser.see("vault-launched");
    browser.driver().switchTo().window(launcher);
    browser.driver().switchTo().frame(browser.driver().findElement(By.cssSelector("#box iframe")));
    browser.see("password");
  }

  @Test
  void theServerDoesNotChooseTheDigestOfTheLauncherOnTheSheets() {
    String forged = "5e".repeat(32);
    middle.tell(
        ManInTheMiddle.replace(
            "GET",
            "/assets/vault-loader\\.js",
            "LAUNCHER_SHA256 = '[0-9a-f]{64}'",
            "LAUNCHER_SHA256 = '" + forged + "'"));
    starts(own);
    assertThat(browser.read("verdict")).contains("as this file pins it");
    assertThat(middle.liesTold()).isPositive();
    connects();
    opensTheVault("finn@example.org");
    String runs =
        (String)
            browser
                .driver()
                .executeScript("return [...document.scripts].map(s => s.textContent).join('')");
    assertThat(runs).doesNotContain(forged).contains("LAUNCHER_SHA256 = '';");
    browser.driver().switchTo().defaultContent();
  }

  @Test
  void fault29AnotherProgramLoaderOrStyleIsNotStarted() {
    for (String path : FETCHED) {
      middle.tell(bend(path));
      if (!path.equals("/vault")) { // of the pinned release the style is pinned, not its document
        refuses("launcher-tampered", own + release.keys().text());
      }
      refuses("launcher-tampered", older());
      middle.stopLying();
    }
    middle.tell(ManInTheMiddle.replace("GET", "/vault", "<style>", "<style>p{display:none}"));
    refuses("launcher-tampered", own + release.keys().text());
    browser.shot("launcher-tampered");
  }

  @Test
  void withoutKeysNothingButThePinnedReleaseStarts() {
    starts(own);
    assertThat(browser.read("verdict")).contains("as this file pins it");
    middle.tell(bend("/assets/vault.wasm"));
    refuses("launcher-other", own);
  }

  @Test
  void aReleaseThatTooFewOfThePinnedKeysSignedIsNotStarted() {
    for (String note : new String[] {release.signedByOne(), release.signedByAStranger()}) {
      middle.tell(instead("release", note));
      starts(older());
      assertThat(browser.refusal("launcher-unsigned")).contains("signed by 1 of", "and 2 must");
      middle.stopLying();
    }
    middle.tell(ManInTheMiddle.replace("GET", WELL_KNOWN + "release", "version 0", "version 9"));
    starts(older());
    assertThat(browser.refusal("launcher-unsigned")).contains("signed by 0 of");
  }

  @Test
  void aReleaseThatTheLogDoesNotShowIsNotStarted() {
    middle.tell(ManInTheMiddle.replace("GET", WELL_KNOWN + "proof", "index 1\n", "index 0\n"));
    refuses("launcher-not-logged", older());
    middle.stopLying();
    middle.tell(ManInTheMiddle.replace("GET", WELL_KNOWN + "log/checkpoint", "\n2\n", "\n3\n"));
    refuses("launcher-not-logged", older());
  }

  @Test
  void aLogThatWasRewrittenIsFoundByWhatIsPinnedAndByWhatWasSeen() {
    String pinned = older().replace(seen(release.checkpointBefore()), seen(release.rewritten(1)));
    refuses("launcher-log-rewritten", pinned);
    middle.tell(instead("log/checkpoint", release.rewritten(2)));
    refuses("launcher-log-rewritten", older());
    middle.stopLying();

    starts(older());
    browser.see("verdict");
    middle.tell(instead("log/checkpoint", release.checkpointBefore()));
    refuses("launcher-log-rewritten", older());
  }

  @Test
  void anOlderReleaseIsNotStarted() {
    refuses("launcher-older", older().replace(OLDER, "0.2.0"));
    starts(older());
    browser.see("verdict");
    browser
        .driver()
        .executeScript(
            "localStorage.setItem('trefoil.launcher.version.' + arguments[0], '0.3.0')",
            middle.origin().toString());
    starts(older());
    assertThat(browser.refusal("launcher-older")).contains("none older than 0.3.0");
    starts(own); // nor the pinned release itself, once a newer one was seen
    assertThat(browser.refusal("launcher-older")).contains("none older than 0.3.0");
    assertThat(browser.sees("connect")).isFalse();
  }

  @Test
  void aSmallWindowThatIsClosedOrNotLetOpenIsMissed() {
    starts(own);
    browser.driver().executeScript("window.open = () => null"); // as browsers do that let none open
    browser.click("connect");
    assertThat(browser.refusal("launcher-window")).contains("small window is closed");

    starts(own);
    Set<String> before = browser.driver().getWindowHandles();
    browser.click("connect");
    Runnable back = browser.lookAtNewWindow(before);
    browser.click("show-code");
    back.run();
    browser.see("launcher-code"); // and nothing is typed into it
    closeAllBut(window);
    browser.refusal("launcher-window");
    assertThat(browser.sees("launcher-code")).isFalse();
    connects();
    assertThat(browser.sees("error")).isFalse();
    closeAllBut(window);
    browser.refusal("launcher-window");
    assertThat(browser.sees("connected")).isFalse();
    browser.shot("launcher-window");
    connects(); // by the same button
    opensTheVault("gil@example.org");
    browser.driver().switchTo().defaultContent();
  }

  @Test
  void aBrowserThatCannotCheckSignaturesIsToldSoAndAFileThatIsDamagedToo() {
    String old =
        (String)
            browser
                .driver()
                .executeCdpCommand(
                    "Page.addScriptToEvaluateOnNewDocument",
                    Map.of(
                        "source",
                        "const real = crypto.subtle.importKey;"
                            + "SubtleCrypto.prototype.importKey = function (form, key, how, ...more) {"
                            + "  if ((how.name ?? how) === 'Ed25519')"
                            + "    return Promise.reject(new DOMException('', 'NotSupportedError'));"
                            + "  return real.call(this, form, key, how, ...more); }"))
                .get("identifier");
    try {
      refuses("launcher-no-signatures", older());
      starts(own); // needs none
      browser.see("verdict");
    } finally {
      browser
          .driver()
          .executeCdpCommand("Page.removeScriptToEvaluateOnNewDocument", Map.of("identifier", old));
    }
    String damaged = LauncherFile.saved(LauncherFile.damaged(LauncherFile.served()));
    browser.go(damaged + "#" + middle.origin());
    browser.refusal("launcher-failed");
    assertThat(browser.sees("connect")).as("offered all the same").isFalse();
    browser.shot("launcher-failed");
  }

  /** Two who compare on the telephone need not both have a browser. */
  @Test
  void theCommandLineSaysTheSameWordsAsThePage() throws Exception {
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    PrintStream out = new PrintStream(said, true, StandardCharsets.UTF_8);
    Path file = Files.createTempFile("launcher", ".html");
    Files.writeString(file, LauncherFile.served());
    assertThat(Release.run(new String[] {"words", file.toString()}, out)).isZero();
    String ofTheFile = said.toString(StandardCharsets.UTF_8);
    said.reset();
    String keys = release.folder().resolve("keys").toString();
    assertThat(VerifyServed.run(new String[] {server.origin().toString(), keys}, out)).isZero();
    String ofTheSite = said.toString(StandardCharsets.UTF_8);

    starts(own);
    browser.see("verdict");
    List<WebElement> shown = browser.driver().findElements(By.cssSelector("#facts dd"));
    assertThat(shown).hasSize(2);
    for (WebElement each : shown) {
      String[] lines = each.getText().split("\n"); // the words, the hash
      assertThat(lines[0].split(" ")).hasSize(8);
      String line = ": " + lines[0] + "\n  " + lines[1] + "\n";
      assertThat(ofTheFile).contains(line);
      assertThat(ofTheSite).contains(line);
    }
  }

  @Test
  void whatIsNoServerIsSaidSo() throws IOException {
    starts(own, URI.create("http://localhost:9"));
    assertThat(browser.refusal("launcher-unreachable")).contains("http://localhost:9");
    String file = LauncherFile.saved(LauncherFile.served());
    browser.go(file);
    for (String none : new String[] {"wallet.example", "http://wallet.example", "ftp://x"}) {
      browser.type("launcher-site", none);
      browser.click("launcher-look");
      browser.refusal("launcher-site");
    }
    Path around = Path.of(URI.create(file)).resolveSibling("around.html");
    Files.writeString(around, "<iframe src=\"launcher.html\" width=600 height=400></iframe>");
    browser.go(around.toUri().toString());
    browser.driver().switchTo().frame(0);
    browser.refusal("launcher-framed");
  }
}
