package org.trefoil.e2e.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.trefoil.core.units.Utf8;
import org.trefoil.csp.Sha384;
import org.trefoil.csp.UnencodedDigest;
import org.trefoil.csp.note.NoteSigner;
import org.trefoil.csp.release.AssetSignatures;
import org.trefoil.csp.release.ReleaseKeys;
import org.trefoil.csp.release.ReleaseManifest;
import org.trefoil.e2e.harness.Browser;
import org.trefoil.e2e.harness.ManInTheMiddle;
import org.trefoil.e2e.harness.RunningServer;

/**
 * What Chromium itself makes of the signatures that assets carry, in front of a server that alters
 * them, and the hash in the page as well, but not the keys there.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class SignedAssetsIT {
  private static final String STYLE = "/assets/app\\.css.*";
  private static final String SCRIPT = "/assets/app\\.js.*";
  private static final byte[] EVIL_STYLE = Utf8.of("body{opacity:0}");
  private static final byte[] EVIL_SCRIPT = Utf8.of("document.title = 'evil'");

  private ReleaseManifest release;
  private ReleaseInHand made;
  private RunningServer server;
  private ManInTheMiddle middle;
  private Browser browser;

  @BeforeAll
  void open() {
    made = ReleaseInHand.make();
    release = made.manifest();
    server = RunningServer.start("--release", made.folder().toString());
    middle = ManInTheMiddle.inFrontOf(server.origin());
    browser = Browser.open();
    browser.driver().executeCdpCommand("Network.enable", Map.of());
    browser.driver().executeCdpCommand("Network.setCacheDisabled", Map.of("cacheDisabled", true));
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
  }

  private void visits() {
    browser.go(middle.origin() + "/signup");
  }

  private boolean hasStyle() {
    visits();
    return Boolean.TRUE.equals(
        browser
            .driver()
            .executeScript(
                "try { return document.styleSheets[0].cssRules.length > 0 }"
                    + "catch { return false }")); // of one that was refused nothing can be read
  }

  /** Whether a script of the page gets what the page's link names, under the same demand. */
  private boolean isGiven() {
    visits();
    return Boolean.TRUE.equals(
        browser
            .driver()
            .executeAsyncScript(
                "const done = arguments[arguments.length - 1];"
                    + "const { href, integrity } = document.querySelector('link[rel=stylesheet]');"
                    + "fetch(href, { integrity }).then(() => done(true), () => done(false))"));
  }

  /** The page names the hash of the altered style sheet, and the keys of the release still. */
  private void alters(byte[] style, Map<String, String> headers) {
    middle.stopLying();
    middle.tell((method, asked, body) -> asked.startsWith("/assets/app.css") ? style : null);
    middle.tell(
        ManInTheMiddle.replace(
            "GET",
            "/signup",
            "integrity=\"sha384-[^ \"]+ ed25519",
            "integrity=\"" + Sha384.of(style).integrity() + " ed25519"));
    headers.forEach((name, value) -> middle.tellHeader(STYLE, name, value));
  }

  private Map<String, String> held(String path) {
    return holding(
        path, release.bodies().get(path), AssetSignatures.parse(made.signatures()), made.keys());
  }

  private static Map<String, String> holding(
      String path, UnencodedDigest body, AssetSignatures signatures, ReleaseKeys keys) {
    Map<String, String> headers = new HashMap<>(signatures.headers(path, body, keys));
    headers.put(UnencodedDigest.HEADER, body.value());
    return headers;
  }

  /** Its own hash, and the signatures of a key that the page does not name. */
  private Map<String, String> signedByAStranger() {
    NoteSigner stranger = NoteSigner.make("ada");
    Map<String, UnencodedDigest> bodies = new HashMap<>(release.bodies());
    bodies.put("app.css", UnencodedDigest.of(EVIL_STYLE));
    ReleaseManifest other =
        new ReleaseManifest(
            release.version(),
            release.commit(),
            release.sets(),
            release.pages(),
            bodies,
            release.vault(),
            release.assets());
    return holding(
        "app.css",
        bodies.get("app.css"),
        AssetSignatures.none().signed(stranger, other),
        new ReleaseKeys(1, List.of(stranger.key()), stranger.key()));
  }

  @Test
  void aStyleSheetThatTheReleaseKeysDidNotSignIsNotAppliedWhateverHashThePageNames() {
    assertThat(hasStyle()).as("the released one").isTrue();
    assertThat(isGiven()).isTrue();

    alters(EVIL_STYLE, Map.of());
    assertThat(hasStyle()).as("unsigned").isFalse();
    alters(EVIL_STYLE, signedByAStranger());
    assertThat(hasStyle()).as("signed by another key").isFalse();
    alters(EVIL_STYLE, held("app.css"));
    assertThat(hasStyle()).as("another body below the released signature").isFalse();
    Map<String, String> redigested = new HashMap<>(held("app.css"));
    redigested.put(UnencodedDigest.HEADER, UnencodedDigest.of(EVIL_STYLE).value());
    alters(EVIL_STYLE, redigested);
    assertThat(hasStyle()).as("another digest below the released signature").isFalse();
    alters(ReleaseInHand.asset("vault-loader.js"), held("vault-loader.js"));
    assertThat(isGiven()).as("another file of the release, with its own signature").isFalse();

    alters(EVIL_STYLE, Map.of());
    middle.tell(ManInTheMiddle.replace("GET", "/signup", " ed25519-[^\"]+\"", "\""));
    assertThat(hasStyle()).as("a page that names no key: nothing holds it").isTrue();
  }

  /** The script as the page and its policy then name it. */
  private void altersScript(String key) {
    String hash = Sha384.of(EVIL_SCRIPT).integrity();
    String released = release.assets().get("app.js").digest().integrity();
    middle.stopLying();
    middle.tell((method, asked, body) -> asked.startsWith("/assets/app.js") ? EVIL_SCRIPT : null);
    middle.tell(
        ManInTheMiddle.replace(
            "GET", "/signup", java.util.regex.Pattern.quote(released), hash + key));
    String policy =
        release.sets().get(release.pages().get("signup")).get("Content-Security-Policy");
    middle.tellHeader("/signup", "Content-Security-Policy", policy.replace(released, hash));
  }

  private boolean ranEvil() {
    visits();
    return browser.driver().getTitle().equals("evil");
  }

  @Test
  void aScriptOtherThanItsSignedHeadersSayDoesNotRunAndWithoutThemOnlyTheHashHoldsIt() {
    altersScript("");
    held("app.js").forEach((name, value) -> middle.tellHeader(SCRIPT, name, value));
    assertThat(ranEvil()).as("another body below the released signature").isFalse();
    altersScript("");
    Map<String, String> redigested = new HashMap<>(held("app.js"));
    redigested.put(UnencodedDigest.HEADER, UnencodedDigest.of(EVIL_SCRIPT).value());
    redigested.forEach((name, value) -> middle.tellHeader(SCRIPT, name, value));
    assertThat(ranEvil()).as("a signature that is none").isFalse();
    altersScript("");
    assertThat(ranEvil()).as("no signature, and hashes that fit: nothing holds it").isTrue();
  }

  /**
   * Why scripts name no key: Chromium then wants it in the policy, where one key would be enough.
   */
  @Test
  void underAPolicyOfHashesAScriptThatNamesAKeyAsWellDoesNotRun() {
    altersScript(" " + made.keys().keys().get(0).integrity());
    assertThat(ranEvil()).isFalse();
    assertThat(browser.console()).contains("violates the following Content Security Policy");
  }
}
