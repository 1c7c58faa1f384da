package org.trefoil.e2e.evil;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.trefoil.e2e.harness.Browser;
import org.trefoil.e2e.harness.ManInTheMiddle;
import org.trefoil.e2e.harness.RunningServer;

/**
 * A page whose style, script, text or headers were altered on their way, as a new browser without
 * extension takes it. The vault's own altered bytes are in {@link LyingServerIT}.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class AlteredPageIT {
  private static final String EVIL = "document.documentElement.dataset.evil = 'ran';";

  private RunningServer server;
  private ManInTheMiddle middle;

  @BeforeAll
  void open() {
    server = RunningServer.start();
    middle = ManInTheMiddle.inFrontOf(server.origin());
  }

  @AfterAll
  void close() {
    middle.close();
    server.close();
  }

  @AfterEach
  void honestAgain() {
    middle.stopLying();
  }

  private void addsTo(String path, String more) {
    middle.tell(
        (method, asked, body) ->
            asked.startsWith(path)
                ? (new String(body, StandardCharsets.UTF_8) + more).getBytes(StandardCharsets.UTF_8)
                : null);
  }

  /** What came of somebody else's script on a page that a new browser opens, or null. */
  private Object evil() {
    int before = middle.liesTold();
    try (Browser fresh = Browser.open()) {
      fresh.go(middle.origin() + "/signup");
      fresh.see("email");
      assertThat(middle.liesTold()).as("answers changed").isGreaterThan(before);
      return fresh.driver().executeScript("return document.documentElement.dataset.evil");
    }
  }

  @Test
  void fault29AnotherStyleIsNotApplied() {
    addsTo("/assets/app.css", "html{outline:7px solid}");
    try (Browser fresh = Browser.open()) {
      fresh.go(middle.origin() + "/signup");
      fresh.see("email");
      assertThat(
              fresh
                  .driver()
                  .executeScript("return getComputedStyle(document.documentElement).outlineWidth"))
          .isNotEqualTo("7px");
      assertThat(fresh.driver().executeScript("return document.styleSheets.length")).isEqualTo(0L);
    }
  }

  @Test
  void fault29AnotherPageScriptDoesNotRun() {
    addsTo("/assets/app.js", EVIL);
    assertThat(evil()).isNull();
  }

  @Test
  void fault29AScriptInThePageDoesNotRun() {
    middle.tell(
        ManInTheMiddle.replace(
            "GET", "/signup", "</main>", "<script>" + EVIL + "</script></main>"));
    middle.tell(ManInTheMiddle.replace("GET", "/signup", "<main", "<main onclick=\"x()\""));
    assertThat(evil()).isNull();
  }

  private void anotherScriptWithoutAHash() {
    addsTo("/assets/app.js", EVIL);
    String hash = "(<script [^>]*src=\"/assets/app\\.js[^>]*) integrity=\"[^\"]*\"";
    middle.tell(ManInTheMiddle.replace("GET", "/signup", hash, "$1"));
  }

  /**
   * Another script of the page, under a tag that names no hash: the page's policy and its integrity
   * policy refuse it each alone. Where both are missing it runs, and who finds that is VerifyServed
   * and the extension.
   */
  @Test
  void fault29AMissingHeaderAloneLetsNothingRun() {
    anotherScriptWithoutAHash();
    middle.tellHeader("/signup", "Content-Security-Policy", "");
    assertThat(evil()).as("without its policy").isNull();
    middle.tellHeader("/signup", "Integrity-Policy", "");
    assertThat(evil()).as("with neither, so the lie was one").isEqualTo("ran");
    middle.stopLying();
    anotherScriptWithoutAHash();
    middle.tellHeader("/signup", "Integrity-Policy", "");
    assertThat(evil()).as("without its integrity policy").isNull();
  }
}
