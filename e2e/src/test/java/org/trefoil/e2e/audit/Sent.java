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

  /** A picture that no page may load: whoever refuses it says by which policy. */
  private static final String POLICY =
      "const done = arguments[arguments.length - 1];"
          + "addEventListener('securitypolicyviolation', (e) => done(e.originalPolicy));"
          + "new Image().src = 'https://elsewhere.invalid/x.png';";

  private Sent() {}

  /** The page as the browser has it, without what its driver writes into it. */
  private static String held(Browser browser) {
    String source = String.valueOf(browser.driver().getPageSource());
    return "<!DOCTYPE html>"
        + source
            .replaceFirst("(?i)^<!doctype html>", "")
            .replaceAll(" cd_frame_id_=\"[^\"]*\"", "");
  }

  /** The template of the page that the browser shows; empty for what is no page. */
  private static String shown(Browser browser) {
    return String.valueOf(
        browser.driver().executeScript("return document.body?.dataset.page ?? ''"));
  }

  /**
   * Asks for what the browser shows, as the one who is signed in there; keeps its policy, and which
   * page it is, for those who judge policies ({@code e2e/grade}). What came of a form cannot be
   * asked for again: there it is the policy and the markup that the browser has.
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
      String shown = shown(browser);
      boolean again = shown.isEmpty() || page.body().contains("data-page=\"" + shown + "\"");
      List<String> policies =
          again
              ? page.headers().allValues("Content-Security-Policy")
              : List.of(String.valueOf(browser.driver().executeAsyncScript(POLICY)));
      Files.createDirectories(KEPT);
      Files.write(KEPT.resolve(name + ".csp"), policies);
      Files.writeString(KEPT.resolve(name + ".page"), shown);
      String html = again ? page.body() : held(browser);
      return Markup.faults(html).stream().map(fault -> name + ": " + fault).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
