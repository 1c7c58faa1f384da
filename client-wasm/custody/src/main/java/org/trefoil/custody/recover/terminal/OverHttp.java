package org.trefoil.custody.recover.terminal;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.jspecify.annotations.Nullable;

/** A server over HTTP; the one place in custody that knows a network, and never in the vault. */
final class OverHttp implements Line {
  private final HttpClient client = HttpClient.newHttpClient();
  private final URI base;
  private final @Nullable String authorization;

  /**
   * Asks nothing yet.
   *
   * @param base without user and without a slash at its end
   * @param authorization the header's value; null for none
   */
  OverHttp(URI base, @Nullable String authorization) {
    this.base = base;
    this.authorization = authorization;
  }

  @Override
  public String name() {
    return base.getAuthority();
  }

  /** Waits as long as it takes: a node's scan takes minutes. */
  @Override
  public Reply ask(String path, String body) throws IOException {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base + path));
    if (!body.isEmpty()) {
      request.POST(BodyPublishers.ofString(body));
    }
    if (authorization != null) {
      request.header("Authorization", authorization);
    }
    try {
      HttpResponse<String> response = client.send(request.build(), BodyHandlers.ofString());
      return new Reply(response.statusCode(), response.body());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted");
    }
  }

  @Override
  public String toString() {
    return "OverHttp[redacted]";
  }
}
