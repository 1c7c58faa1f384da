package org.trefoil.e2e.vectors;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.trefoil.e2e.harness.Browser;
import org.trefoil.vault.proof.ProofCases;

/**
 * 2,000 seeded random cases (births, addresses, spends, half-signatures, envelopes) give the same
 * bytes on the JVM and inside WebAssembly, started by the vault's own loader.
 */
final class SeededCasesIT {
  private static final String PAGE =
      """
      <!DOCTYPE html><title>cases</title><iframe src="/frame" sandbox="allow-scripts"></iframe>
      <script type="module">
      const frame = document.querySelector('iframe');
      addEventListener('message', async () => {
        const channel = new MessageChannel();
        let answer;
        channel.port1.onmessage = (event) => {
          if (event.data === 'ready') window.loaded = true; else answer(event.data);
        };
        window.ask = (command) => new Promise((resolve) => {
          answer = resolve;
          channel.port1.postMessage(JSON.stringify(command));
        });
        const wasm = await (await fetch('/proof.wasm')).arrayBuffer();
        frame.contentWindow.postMessage({ trefoil: 'port', wasm }, '*', [channel.port2]);
      }, { once: true });
      </script>
      """;
  private static final int SLICE = 100;

  @Test
  void twoThousandCasesGiveTheSameBytesInWebAssembly() throws Exception {
    HttpServer site = site();
    try (Browser browser = Browser.open()) {
      browser.go("http://localhost:" + site.getAddress().getPort() + "/");
      browser.until(
          () -> browser.driver().executeScript("return window.loaded"), "the module is loaded");
      browser.driver().manage().timeouts().scriptTimeout(Duration.ofMinutes(2));
      List<String> inTheBrowser = new ArrayList<>();
      for (int from = 0; from < ProofCases.COUNT; from += SLICE) {
        String lines =
            (String)
                browser
                    .driver()
                    .executeAsyncScript(
                        "ask({do: 'cases', from: arguments[0], count: arguments[1]})"
                            + ".then(arguments[2])",
                        from,
                        SLICE);
        inTheBrowser.addAll(lines.lines().toList());
      }
      List<String> here = new ArrayList<>();
      for (int number = 0; number < ProofCases.COUNT; number++) {
        here.add(ProofCases.digest(number));
      }
      assertThat(inTheBrowser).hasSize(ProofCases.COUNT).isEqualTo(here);
      assertThat(here.stream().distinct().count()).isGreaterThan(ProofCases.COUNT / 2);
    } finally {
      site.stop(0);
    }
  }

  private static HttpServer site() throws IOException, GeneralSecurityException {
    byte[] wasm = Files.readAllBytes(Path.of(System.getProperty("trefoil.proof")));
    byte[] digest = MessageDigest.getInstance("SHA-384").digest(wasm);
    String loader =
        Files.readString(Path.of(System.getProperty("trefoil.loader")))
            .replace("@@WASM_SHA384@@", Base64.getEncoder().encodeToString(digest));
    HttpServer site =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    serve(site, "/", "text/html", PAGE.getBytes(StandardCharsets.UTF_8));
    serve(site, "/proof.wasm", "application/wasm", wasm);
    serve(
        site,
        "/frame",
        "text/html",
        "<!DOCTYPE html><title>frame</title><body><script src=\"/loader.js\"></script>"
            .getBytes(StandardCharsets.UTF_8));
    serve(site, "/loader.js", "text/javascript", loader.getBytes(StandardCharsets.UTF_8));
    site.start();
    return site;
  }

  private static void serve(HttpServer site, String path, String type, byte[] body) {
    site.createContext(
        path,
        (HttpExchange exchange) -> {
          exchange.getResponseHeaders().set("Content-Type", type);
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
  }
}
