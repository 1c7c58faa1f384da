package org.trefoil.e2e.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.By;
import org.openqa.selenium.WebDriverException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.WindowType;
import org.trefoil.e2e.audit.Looks;
import org.trefoil.e2e.harness.Browser;
import org.trefoil.e2e.harness.ManInTheMiddle;
import org.trefoil.e2e.harness.RunningServer;

/** The browser extension, loaded unpacked, on a site that is its release and on one that is not. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ExtensionIT {
  private static final Path FOLDER =
      Path.of("../web/target/extension").toAbsolutePath().normalize();

  /** A vault of somebody else's, which calls home. */
  private static final String EVIL =
      "<!DOCTYPE html><title>x</title><script>fetch('%s/evil-ran',{mode:'no-cors'})</script>";

  private ReleaseInHand release;
  private RunningServer server;
  private ManInTheMiddle middle;
  private ManInTheMiddle stranger;
  private Browser browser;
  private String list;

  @BeforeAll
  void open() throws GeneralSecurityException {
    release = ReleaseInHand.make();
    server = RunningServer.start("--release", release.folder().toString());
    middle = ManInTheMiddle.inFrontOf(server.origin());
    stranger = ManInTheMiddle.inFrontOf(server.origin());
    stranger.takesOver("/frames", "<!DOCTYPE html><title>x</title>");
    list = "chrome-extension://" + id() + "/sites.html";
  }

  @AfterAll
  void close() {
    stranger.close();
    middle.close();
    server.close();
  }

  /** Chromium names what it loads unpacked after the folder: 16 bytes of SHA-256, digits a to p. */
  private static String id() throws GeneralSecurityException {
    byte[] digest =
        MessageDigest.getInstance("SHA-256")
            .digest(FOLDER.toString().getBytes(StandardCharsets.UTF_8));
    StringBuilder id = new StringBuilder();
    for (byte each : Arrays.copyOf(digest, 16)) {
      id.append((char) ('a' + (each >> 4 & 15))).append((char) ('a' + (each & 15)));
    }
    return id.toString();
  }

  /** A browser of its own for each test: whatever one keeps of an asset, it is asked for. */
  @BeforeEach
  void openBrowser() {
    browser = Browser.openWithExtension(FOLDER);
    holds();
  }

  @AfterEach
  void closeBrowser() {
    browser.close();
  }

  /** An honest site, held from now on. */
  private void holds() {
    middle.stopLying();
    browser.go(list);
    for (WebElement held : browser.all("held")) {
      held.findElement(By.tagName("button")).click();
    }
    browser.until(() -> browser.sees("held") ? null : true, "nothing is held");
    holds(release.keys().text());
    state("green");
  }

  private void holds(String keys) {
    browser.type("site", middle.origin().toString());
    browser.type("keys", keys);
    browser.click("add");
  }

  private String state(String wanted) {
    return browser.until(
        () -> {
          for (WebElement held : browser.all("held")) {
            if (wanted.equals(held.getAttribute("data-state"))) {
              return held.getText();
            }
          }
          return null;
        },
        "the site is " + wanted);
  }

  private void opensVault() {
    browser.go(middle.origin() + "/signup");
    browser.type("email", "eve@example.org");
    browser.click("submit");
  }

  /** The same on a page that may be taken away at any moment. */
  private void triesVault() {
    browser.go(middle.origin() + "/signup");
    browser.until(() -> browser.url().equals(list) || asksForVault() ? true : null, "it was tried");
  }

  private boolean asksForVault() {
    try {
      return Boolean.TRUE.equals(
          browser
              .driver()
              .executeScript(
                  "const the = (id) => document.querySelector(`[data-testid=${id}]`);"
                      + "if (!the('email') || !the('submit')) return false;"
                      + "the('email').value = 'eve@example.org';"
                      + "the('submit').click();"
                      + "return true;"));
    } catch (WebDriverException e) {
      return false; // it was taken away just then
    }
  }

  /** The tab comes to say why, by itself, and the browser lets nobody ask for the vault. */
  private void turnsRed(String what) {
    browser.until(() -> browser.url().equals(list) ? true : null, "the page is taken away");
    assertThat(state("red")).contains(what);
    assertThat(browser.refusal("extension-differs")).contains("not what was released");
    browser.until(
        () -> "!".equals(badge("chrome.tabs.getCurrent()")) ? true : null, "the button says so");
    assertThat(vaultIsAsked()).isFalse();
  }

  /** What the button of the extension shows, in a tab of which this tells. */
  private Object badge(String tab) {
    return browser
        .driver()
        .executeAsyncScript(
            "const done = arguments[arguments.length - 1];"
                + tab
                + ".then((tab) => chrome.action.getBadgeText({tabId: tab.id})).then(done)");
  }

  /**
   * Whether a frame of the vault asks the server for it, on a page that the extension may see and
   * that no alarm takes away; the list of sites is shown next.
   */
  private boolean vaultIsAsked() {
    long before = asked("/vault\n");
    browser.go(stranger.origin() + "/frames");
    browser
        .driver()
        .executeAsyncScript(
            "const [src, done] = arguments;"
                + "const frame = document.createElement('iframe');"
                + "frame.onload = () => done();"
                + "frame.src = src;"
                + "document.body.append(frame);",
            middle.origin() + "/vault");
    browser.go(list);
    return asked("/vault\n") > before;
  }

  private static ManInTheMiddle.Lie bend(String start) {
    return (method, asked, body) ->
        asked.startsWith(start) ? Arrays.copyOf(body, body.length + 1) : null;
  }

  @Test
  void aSiteThatIsItsReleaseIsGreenAndItsVaultOpens() {
    opensVault();
    browser.enterVault();
    browser.see("password");
    browser.leaveVault();
    browser.driver().switchTo().newWindow(WindowType.WINDOW);
    browser.driver().get(list);
    assertThat(state("green")).contains("is release", "signed and logged");
    assertThat(badge("chrome.tabs.query({url: 'http://localhost/*'}).then(([tab]) => tab)"))
        .isEqualTo("✓");
    assertThat(Looks.at(browser, "extension-green")).isEmpty();
    assertThat(vaultIsAsked()).isTrue();
  }

  @Test
  void anotherScriptIsRed() {
    middle.tell(bend("/assets/app.js"));
    browser.go(middle.origin() + "/signup");
    turnsRed("/assets/app.js");
    assertThat(Looks.at(browser, "extension-red")).isEmpty();
  }

  @Test
  void anotherWasmIsRed() {
    middle.tell(bend("/assets/vault.wasm"));
    triesVault();
    turnsRed("/assets/vault.wasm");
  }

  /** Honest where pages take their parts from; altered where a person gets what he keeps. */
  @ParameterizedTest
  @ValueSource(strings = {"recovery", "launcher"})
  void anotherFileToKeepIsRed(String name) {
    String path = "/" + name + ".html";
    middle.tell(bend(path));
    browser.go(middle.origin() + "/recovery");
    turnsRed(path);
    holds();
    browser.go(middle.origin() + "/recovery");
    browser.see(name + "-download");
    middle.tell(bend(path));
    browser.driver().executeScript("location.assign(arguments[0])", middle.origin() + path);
    turnsRed(path);
  }

  /**
   * Headers that the release does have, for another page: a stranger's window may hold on to it.
   */
  @Test
  void headersOfAnotherPageAreRed() throws Exception {
    HttpResponse<String> launched =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(server.origin().resolve("/launched")).build(),
                HttpResponse.BodyHandlers.ofString());
    for (String path : List.of("/signup", "/nothing-here")) {
      launched
          .headers()
          .map()
          .forEach(
              (header, values) -> {
                if (header.matches(".*(policy|allowlist|endpoints)")) {
                  middle.tellHeader(path, header, values.get(0));
                }
              });
      browser.go(middle.origin() + path);
      turnsRed(path + " (");
      holds();
    }
  }

  @Test
  void anotherHeaderIsRedAndStaysSo() {
    middle.tellHeader("/signup", "Cross-Origin-Opener-Policy", "");
    browser.go(middle.origin() + "/signup");
    turnsRed("/signup (");
    middle.stopLying();
    browser.go(middle.origin() + "/signin");
    turnsRed("/signup (");
  }

  /** Whatever races the alarm: the policy of the frame is the release's, not the server's. */
  @Test
  void anotherVaultRunsNothingEvenBeforeItIsSeen() {
    String evil = String.format(EVIL, middle.origin());
    middle.tell(
        (method, asked, body) ->
            asked.equals("/vault") ? evil.getBytes(StandardCharsets.UTF_8) : null);
    middle.tellHeader("/vault", "Content-Security-Policy", "sandbox allow-scripts");
    triesVault();
    turnsRed("/vault (content-security-policy)");
    assertThat(evilRan()).isFalse();
    try (Browser without = Browser.open()) {
      without.go(middle.origin() + "/vault");
      without.until(() -> evilRan() ? true : null, "it runs where there is no extension");
    }
  }

  @Test
  void anotherFirstPageRunsNothingEither() {
    String evil = String.format(EVIL.replace("evil-ran", "evil-page"), middle.origin());
    middle.tell(
        (method, asked, body) -> asked.equals("/") ? evil.getBytes(StandardCharsets.UTF_8) : null);
    middle.tellHeader("/", "Content-Security-Policy", "script-src 'unsafe-inline'");
    browser.go(middle.origin() + "/");
    turnsRed("/ (content-security-policy)");
    assertThat(asked("/evil-page")).isZero();
  }

  /** The page, whose text is each visitor's own, names them without a hash. */
  @Test
  void anotherStyleSheetIsNeverAppliedNorOneFromAnotherAddress() {
    Map<String, String> sheets = Map.of("/assets/app.css", "html", "/robots.txt?css", "body");
    StringBuilder links = new StringBuilder();
    sheets.forEach(
        (path, element) -> {
          String evil = element + "{background:url(/evil-" + element + ")}";
          links.append("<link rel=\"stylesheet\" href=\"").append(path).append("\">");
          middle.tell(
              (method, asked, body) ->
                  asked.equals(path) ? evil.getBytes(StandardCharsets.UTF_8) : null);
        });
    middle.tellHeader("/robots.txt\\?css", "Content-Type", "text/css");
    String own = "<link rel=\"stylesheet\"[^>]*>";
    middle.tell(ManInTheMiddle.replace("GET", "/signup", own, links.toString()));
    browser.go(middle.origin() + "/signup");
    turnsRed("/assets/app.css");
    assertThat(asked("/assets/app.css")).isPositive();
    assertThat(asked("/robots.txt")).as("it is not even asked for").isZero();
    assertThat(asked("/evil-html")).isZero();
    try (Browser without = Browser.open()) {
      without.go(middle.origin() + "/signup");
      without.until(
          () -> asked("/evil-html") > 0 && asked("/evil-body") > 0 ? true : null,
          "both are applied where there is no extension");
    }
  }

  private boolean evilRan() {
    return asked("/evil-ran") > 0;
  }

  /** How often the server was asked for what begins so. */
  private long asked(String path) {
    return middle.seen().stream()
        .filter(bytes -> new String(bytes, StandardCharsets.UTF_8).startsWith("GET " + path))
        .count();
  }

  @Test
  void aReleaseThatTheKeysDidNotSignIsNeverGreenAndItsVaultIsBlocked() {
    browser.go(list);
    holds(ReleaseInHand.strangersKeys());
    assertThat(browser.refusal("launcher-unsigned")).contains("signed by 0 of");
    assertThat(vaultIsAsked()).isFalse();
    holds("no keys");
    browser.until(
        () -> browser.all("error").get(0).getAttribute("data-token") != null ? true : null,
        "keys that are none are refused");
  }

  /** No release can be read then, and another script is not found to be one. */
  @Test
  void aLineThatBreaksIsNoAlarmAndChangesNoRule() {
    Object before = rules();
    middle.tell(
        (method, asked, body) -> {
          if (asked.startsWith("/.well-known/")) {
            throw new IllegalStateException("the line breaks, as this test wants it");
          }
          return null;
        });
    middle.tell(bend("/assets/app.js"));
    long read = asked("/.well-known/");
    browser.go(middle.origin() + "/signup");
    browser.until(() -> asked("/.well-known/") > read ? true : null, "it is compared");
    assertThat(vaultIsAsked()).isTrue();
    state("green");
    assertThat(rules()).isEqualTo(before);
  }

  private Object rules() {
    return browser
        .driver()
        .executeAsyncScript(
            "const done = arguments[arguments.length - 1];"
                + "chrome.declarativeNetRequest.getDynamicRules().then((rules) => done("
                + "JSON.stringify(rules.sort((a, b) => a.id - b.id))));");
  }
}
