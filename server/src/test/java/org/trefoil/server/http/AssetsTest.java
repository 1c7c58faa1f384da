package org.trefoil.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.trefoil.csp.Asset;
import org.trefoil.csp.AssetManifest;
import org.trefoil.csp.Sha384;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AssetsTest {
  @AutoClose private final OpenDoor door = new OpenDoor();

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
  void theFilesThatPeopleKeepAreSavedAndCannotRunHere() {
    for (String name : List.of("recovery.html", "launcher.html")) {
      HttpResponse<String> file = door.call("GET", "/" + name).send();
      assertThat(file.body()).startsWith("<!DOCTYPE html>");
      assertThat(file.headers().firstValue("Content-Disposition"))
          .contains("attachment; filename=\"" + name + "\"");
      assertThat(file.headers().firstValue("Content-Security-Policy").orElseThrow())
          .startsWith("default-src 'none'")
          .doesNotContain("script-src", "unsafe");
    }
  }

  @Test
  void thePageAboutThemNamesTheDigestsThatTheSheetsName() throws Exception {
    for (String name : List.of("recovery.html", "launcher.html")) {
      byte[] file = OpenDoor.ASSETS.get(name);
      String digest =
          java.util.HexFormat.of()
              .formatHex(java.security.MessageDigest.getInstance("SHA-256").digest(file));
      assertThat(door.page("/recovery").send().body())
          .contains(digest, "sha256sum " + name, "href=\"/" + name + "\"");
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

  @Test
  void aChangedOrMissingAssetKeepsTheServerFromStarting() {
    AssetManifest built =
        AssetManifest.of(
            OpenDoor.ASSETS.entrySet().stream()
                .map(file -> Asset.of(file.getKey(), file.getValue()))
                .toList());
    Map<String, byte[]> changed = new HashMap<>(OpenDoor.ASSETS);
    changed.put("vault.wasm", new byte[] {0, 97, 115, 108});
    assertThatIllegalStateException()
        .isThrownBy(() -> new Shelf(built, changed::get))
        .withMessageContaining("vault.wasm is not the file that was built");
    changed.remove("vault.wasm");
    assertThatIllegalStateException()
        .isThrownBy(() -> new Shelf(built, changed::get))
        .withMessageContaining("missing");
  }

  @Test
  void oneBentByteOfAPackedFormKeepsTheServerFromStarting() {
    Map<String, byte[]> files = new HashMap<>(OpenDoor.ASSETS);
    files.put("app.js.br", new byte[] {1, 2, 3});
    AssetManifest built = Shelf.of(files).manifest();
    files.put("app.js.br", new byte[] {1, 2, 2});
    assertThatIllegalStateException()
        .isThrownBy(() -> new Shelf(built, files::get))
        .withMessageContaining("app.js.br is not the file that was built");
  }

  @Test
  void aPackedFormThatWasNotBuiltIsNotServed() {
    Map<String, byte[]> files = new HashMap<>(OpenDoor.ASSETS);
    AssetManifest built = Shelf.of(files).manifest();
    files.put("app.js.br", new byte[] {1});
    try (OpenDoor door = new OpenDoor(null, new Shelf(built, files::get))) {
      HttpResponse<String> answer =
          door.call("GET", "/assets/app.js").with("Accept-Encoding", "br").send();
      assertThat(answer.headers().firstValue("Content-Encoding")).isEmpty();
    }
  }

  @Test
  void theSmallestFormThatTheBrowserTakesIsSent() {
    Map<String, byte[]> files = new HashMap<>(OpenDoor.ASSETS);
    files.put("app.js.br", new byte[] {1});
    files.put("app.js.gz", new byte[] {2, 2});
    try (OpenDoor packed = new OpenDoor(null, Shelf.of(files))) {
      assertThat(packed.call("GET", "/assets/app.js.br").send().statusCode()).isEqualTo(404);
      Map<String, String> forms =
          Map.of(
              "gzip, deflate, br, zstd",
              "br",
              "gzip",
              "gzip",
              "br;q=0, gzip;q=0.5",
              "gzip",
              "identity",
              "",
              "br;q=0.0",
              "");
      forms.forEach(
          (accepts, form) -> {
            HttpResponse<String> answer =
                packed.call("GET", "/assets/app.js").with("Accept-Encoding", accepts).send();
            assertThat(answer.headers().firstValue("Content-Encoding").orElse(""))
                .as(accepts)
                .isEqualTo(form);
            assertThat(answer.headers().firstValue("Vary")).contains("Accept-Encoding");
          });
    }
  }
}
