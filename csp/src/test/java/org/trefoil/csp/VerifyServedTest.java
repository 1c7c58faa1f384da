package org.trefoil.csp;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VerifyServedTest {
  private static final byte[] LOADER = "'use strict'".getBytes(UTF_8);
  private static final byte[] WASM = {0, 97, 115, 109};

  private final Map<String, byte[]> served =
      new HashMap<>(
          Map.of(
              "/assets/vault-loader.js",
              LOADER,
              "/assets/vault.wasm",
              WASM,
              "/vault",
              new byte[0]));
  private final AssetManifest manifest =
      AssetManifest.of(List.of(Asset.of("vault-loader.js", LOADER), Asset.of("vault.wasm", WASM)));
  private String policy =
      new PageHeaders(true)
          .vault(List.of(Sha384.of(LOADER)), Sha384.of("style"))
          .get("Content-Security-Policy");
  private HttpServer server;
  private URI site;

  @BeforeEach
  void open() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          String coding = exchange.getRequestHeaders().getFirst("Accept-Encoding");
          String path = exchange.getRequestURI().getPath();
          byte[] body = served.get("br".equals(coding) ? path + ".br" : path);
          exchange.getResponseHeaders().add("Content-Security-Policy", policy);
          exchange.sendResponseHeaders(
              body == null ? 404 : 200, body == null || body.length == 0 ? -1 : body.length);
          if (body != null && body.length > 0) {
            exchange.getResponseBody().write(body);
          }
          exchange.close();
        });
    server.start();
    site = URI.create("http://localhost:" + server.getAddress().getPort());
  }

  @AfterEach
  void close() {
    server.stop(0);
  }

  @Test
  void findsNothingWhenAllIsAsBuilt(@TempDir Path folder) throws IOException {
    assertThat(new VerifyServed(site).differences(manifest)).isEmpty();
    Path file = Files.writeString(folder.resolve("assets.manifest"), manifest.text());
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    assertThat(
            VerifyServed.run(
                new String[] {site.toString(), file.toString()}, new PrintStream(out, true, UTF_8)))
        .isZero();
    assertThat(out.toString(UTF_8)).contains("2 assets");
    assertThat(VerifyServed.run(new String[0], new PrintStream(out, true, UTF_8))).isEqualTo(2);
  }

  @Test
  void findsOneChangedByte() {
    served.put("/assets/vault.wasm", new byte[] {0, 97, 115, 108});
    assertThat(new VerifyServed(site).differences(manifest))
        .containsExactly("vault.wasm is not the file that was built");
  }

  @Test
  void findsAnAlteredPackedForm() {
    AssetManifest packed =
        AssetManifest.of(
            List.of(
                Asset.of("vault-loader.js", LOADER),
                Asset.of("vault-loader.js.br", new byte[] {1, 2, 3})));
    served.put("/assets/vault-loader.js.br", new byte[] {1, 2, 3});
    assertThat(new VerifyServed(site).differences(packed)).isEmpty();
    served.put("/assets/vault-loader.js.br", new byte[] {1, 2, 4});
    assertThat(new VerifyServed(site).differences(packed))
        .containsExactly("vault-loader.js.br is not the file that was built");
  }

  @Test
  void findsAMissingFile() {
    served.remove("/assets/vault-loader.js");
    assertThat(new VerifyServed(site).differences(manifest))
        .containsExactly("vault-loader.js is answered with status 404");
  }

  @Test
  void findsAPolicyThatLetsAnotherScriptRun() {
    policy = policy.replace("'wasm-unsafe-eval'", "'wasm-unsafe-eval' 'self'");
    assertThat(new VerifyServed(site).differences(manifest))
        .singleElement()
        .asString()
        .contains("other scripts");
    policy = "default-src 'none'";
    assertThat(new VerifyServed(site).differences(manifest)).hasSize(1);
  }
}
