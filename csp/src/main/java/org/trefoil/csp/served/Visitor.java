package org.trefoil.csp.served;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Somebody who looks at the site: a server that gives altered code to some people alone has to tell
 * them apart by what they send.
 *
 * @param name in the sentences about what he was given
 * @param headers that he sends
 */
record Visitor(String name, Map<String, String> headers) {
  static final int MOST_BYTES = 32 * 1024 * 1024;

  private static final HttpClient CLIENT =
      HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NEVER).build();

  /**
   * A program, two people with unlike browsers and languages, and one who has been there before.
   */
  static final List<Visitor> ALL =
      List.of(
          new Visitor("a program", Map.of()),
          new Visitor(
              "a German with Chromium",
              Map.of(
                  "User-Agent",
                  "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko)"
                      + " Chrome/156.0.0.0 Safari/537.36",
                  "Accept-Language",
                  "de-DE,de;q=0.9")),
          new Visitor(
              "an American with Firefox",
              Map.of(
                  "User-Agent",
                  "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:153.0) Gecko/20100101 Firefox/153.0",
                  "Accept-Language",
                  "en-US,en;q=0.5")),
          new Visitor(
              "somebody with a cookie",
              Map.of(
                  "Cookie",
                  "__Host-Http-sess=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA; sess=1",
                  "Accept-Language",
                  "ja")));

  /** What the site answers to him; whoever dawdles or never ends is no better than nobody. */
  HttpResponse<byte[]> get(URI address, String coding, Duration patience) throws IOException {
    HttpRequest.Builder request = HttpRequest.newBuilder(address);
    headers.forEach(request::header);
    if (!coding.isEmpty()) {
      request.header("Accept-Encoding", coding);
    }
    CompletableFuture<HttpResponse<byte[]>> answer =
        CLIENT.sendAsync(request.build(), head -> new BoundedBody(MOST_BYTES));
    try {
      // Not the request's own timeout, which ends where the headers are there.
      return answer.get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException e) {
      answer.cancel(true);
      throw new IOException("no whole answer from " + address, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }
}
