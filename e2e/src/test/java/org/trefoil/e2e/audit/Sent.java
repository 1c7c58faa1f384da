package org.trefoil.e2e.audit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.trefoil.e2e.harness.Browser;

/** A page as it comes off the wire, before a browser made anything of it. */
final class Sent {
  private static final HttpClient CLIENT = HttpClient.newHttpClient();
  private static final Path KEPT =
      Path.of(System.getProperty("trefoil.shots", "target/screenshots")).resolveSibling("pages");

  private Sent() {}

  /**
   * Asks for what the browser shows, as the one who is signed in there; keeps its policy for those
   * who judge policies ({@code e2e/grade}).
   *
   * @return what is wrong with its markup
   */
  static List<String> faults(Browser browser, String name) {
    String cookies =
        browser.driver().manage().getCookies().stream()
            .map(cookie -> cookie.getName() + "=" + cookie.getValue())
            .collect(Collectors.joining("; "));
    HttpRequest asked =
        HttpRequest.newBuilder(URI.create(browser.url()))
            .header("Cookie", cookies)
            .header("Accept", "text/html")
            .build();
    try {
      HttpResponse<String> page = CLIENT.send(asked, HttpResponse.BodyHandlers.ofString());
      List<String> policies = page.headers().allValues("Content-Security-Policy");
      Files.createDirectories(KEPT);
      Files.write(KEPT.resolve(name + ".csp"), policies);
      return Markup.faults(page.body()).stream().map(fault -> name + ": " + fault).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
