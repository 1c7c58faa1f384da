package org.trefoil.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.trefoil.csp.Sha384;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AssetsTest {
  private OpenDoor door;

  @BeforeAll
  void open() {
    door = new OpenDoor();
  }

  @AfterAll
  void close() {
    door.close();
  }

  @Test
  void anAddressWithItsDigestIsKeptForEver() {
    String digest = Sha384.of(OpenDoor.ASSETS.get("app.js")).shortHex();
    HttpResponse<String> pinned = door.call("GET", "/assets/app.js?h=" + digest).send();
    assertThat(pinned.headers().firstValue("Cache-Control"))
        .contains("public, max-age=31536000, immutable");
    assertThat(pinned.headers().firstValue("Content-Type"))
        .contains("text/javascript;charset=utf-8");
    for (String path : new String[] {"/assets/app.js", "/assets/app.js?h=0123456789abcdef"}) {
      assertThat(door.call("GET", path).send().headers().firstValue("Cache-Control"))
          .contains("no-cache");
    }
  }

  @Test
  void whatTheBrowserHasIsNotSentAgain() {
    HttpResponse<String> first = door.call("GET", "/assets/app.css").send();
    String tag = first.headers().firstValue("ETag").orElseThrow();
    HttpResponse<String> second =
        door.call("GET", "/assets/app.css").with("If-None-Match", tag).send();
    assertThat(second.statusCode()).isEqualTo(304);
    assertThat(second.body()).isEmpty();
  }

  @Test
  void onlyTheManifestIsServed() {
    for (String path :
        new String[] {
          "/assets/assets.manifest",
          "/assets/app.css.br",
          "/assets/..%2fpages%2flayout.peb",
          "/assets/%2e%2e/x",
          "/assets/",
          "/assets/none"
        }) {
      assertThat(door.call("GET", path).send().statusCode()).as(path).isIn(400, 404);
    }
  }

  @Test
  void noCookieIsLookedAt() {
    assertThat(
            door.call("GET", "/assets/app.css")
                .with("Cookie", "__Host-Http-trefoil-sess=nonsense")
                .send()
                .statusCode())
        .isEqualTo(200);
  }
}
