package org.trefoil.e2e.vectors;

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
import java.util.Base64;
import java.util.Map;
import org.trefoil.e2e.harness.Browser;

/** The proof module in a browser, started by the vault's own loader: commands in, text out. */
final class ProofPage implements AutoCloseable {
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
  private final HttpServer site;
  private final Browser browser;

  private ProofPage(HttpServer site, Browser browser) {
    this.site = site;
    this.browser = browser;
  }

  static ProofPage open() throws IOException, GeneralSecurityException {
    ProofPage page = new ProofPage(site(), Browser.open());
    page.browser.go("http://localhost:" + page.site.getAddress().getPort() + "/");
    page.browser.until(
        () -> page.browser.driver().executeScript("return window.loaded"), "the module is loaded");
    page.browser.driver().manage().timeouts().scriptTimeout(Duration.ofMinutes(2));
    return page;
  }

  String ask(Map<String, Object> command) {
    return (String)
        browser.driver().executeAsyncScript("ask(arguments[0]).then(arguments[1])", command);
  }

  @Override
  public void close() {
    browser.close();
    site.stop(0);
  }

  private static HttpServer site() throws IOException, GeneralSecurityException {
    byte[] wasm = Files.readAllBytes(Path.of(System.getProperty("trefoil.proof")));
    byte[] digest = MessageDigest.getInstance("SHA-384").digest(wasm);
    String loader =
        Files.readString(Path.of(System.getProperty("trefoil.loader")))
            .replace("@@WASM_SHA384@@", Base64.getEncoder().encodeToString(digest))
            .replace("@@RECOVERY_SHA256@@", "0".repeat(64));
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
