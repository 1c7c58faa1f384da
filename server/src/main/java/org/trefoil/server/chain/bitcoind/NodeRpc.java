package org.trefoil.server.chain.bitcoind;

import java.math.BigDecimal;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.trefoil.core.units.Hex;
import org.trefoil.server.chain.ChainHealth;
import org.trefoil.server.chain.ChainUnavailable;

/** Calls a node's JSON-RPC over HTTP, with a time limit on everything. */
final class NodeRpc {
  private static final Duration CONNECT = Duration.ofSeconds(5);
  private static final int WARMING_UP = -28;
  private static final int TOO_BUSY = 503;

  /** The node understood the call and says no. */
  static final class Refused extends Exception {
    final int code;

    Refused(int code, String message) {
      super(message);
      this.code = code;
    }
  }

  /** One of several answers: what was asked for, or the refusal. */
  record Answer(@Nullable Object result, @Nullable Refused refused) {}

  /** An argument that is JSON already. */
  record Verbatim(String json) {
    @Override
    public String toString() {
      return json;
    }
  }

  private final URI address;
  private final NodeLogin login;
  private final Duration patience;
  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .executor(Runnable::run) // what it does besides is short: not worth other threads
          .connectTimeout(CONNECT)
          .proxy(ProxySelector.of(null)) // the node is ours: nobody stands between
          .build();

  /**
   * @param patience how long an answer may take, to its last byte
   */
  NodeRpc(URI address, NodeLogin login, Duration patience) {
    this.address = address;
    this.login = login;
    this.patience = patience;
  }

  /** Calls {@code method}; arguments are strings, numbers and booleans. */
  @Nullable Object call(String method, Object... arguments) throws Refused {
    return result(parse(post(request(method, arguments))));
  }

  /** Calls a {@code method} that answers bytes as hexadecimal text. */
  byte[] callForBytes(String method, Object... arguments) throws Refused {
    HexAnswer answer =
        post(
            request(method, arguments),
            head ->
                new BoundedBody<>(
                    new HexAnswer(head.headers().firstValueAsLong("Content-Length").orElse(-1))));
    byte[] plain = answer.bytes();
    if (plain != null) {
      return plain;
    }
    Object result = result(parse(text(answer.text())));
    try {
      return Hex.parse(String.valueOf(result));
    } catch (IllegalArgumentException e) {
      throw garbled("there is no hexadecimal in it");
    }
  }

  /** Calls {@code method} once for each argument in one go; null where the node says no. */
  List<@Nullable Object> callEach(String method, List<String> arguments) {
    List<@Nullable Object> results = new ArrayList<>();
    callAll(arguments.stream().map(a -> request(method, a)).toList())
        .forEach(answer -> results.add(answer.result()));
    return results;
  }

  /** Makes several calls, one after the other, in one go. */
  List<Answer> callAll(List<String> requests) {
    if (!(parse(post("[" + String.join(",", requests) + "]")) instanceof List<?> answers)
        || answers.size() != requests.size()) {
      throw garbled("it did not answer each call");
    }
    List<Answer> all = new ArrayList<>();
    for (Object answer : answers) {
      try {
        all.add(new Answer(result(answer), null));
      } catch (Refused e) {
        all.add(new Answer(null, e));
      }
    }
    return all;
  }

  static ChainUnavailable garbled(String why) {
    return new ChainUnavailable(
        ChainHealth.State.GARBLED, "The node's answer makes no sense: " + why);
  }

  private static @Nullable Object result(@Nullable Object answer) throws Refused {
    if (!(answer instanceof Map<?, ?> fields)) {
      throw garbled("it is no object");
    }
    if (fields.get("error") instanceof Map<?, ?> error) {
      int code = error.get("code") instanceof BigDecimal number ? number.intValue() : 0;
      String message = String.valueOf(error.get("message"));
      if (code == WARMING_UP) {
        throw new ChainUnavailable(
            ChainHealth.State.SYNCING, "The node is starting: " + message + ".");
      }
      throw new Refused(code, message);
    }
    if (!fields.containsKey("result")) {
      throw garbled("it has no result");
    }
    return fields.get("result");
  }

  private static @Nullable Object parse(String body) {
    try {
      return NodeJson.parse(body);
    } catch (IllegalArgumentException e) {
      throw garbled(String.valueOf(e.getMessage()));
    }
  }

  /** A call as {@link #callAll} takes it; arguments as for {@link #call}. */
  static String request(String method, Object... arguments) {
    List<String> written = new ArrayList<>();
    for (Object argument : arguments) {
      written.add(
          argument instanceof String text ? NodeJson.quote(text) : String.valueOf(argument));
    }
    return "{\"jsonrpc\":\"1.0\",\"id\":1,\"method\":"
        + NodeJson.quote(method)
        + ",\"params\":["
        + String.join(",", written)
        + "]}";
  }

  private String post(String body) {
    return text(post(body, head -> BoundedBody.ofBytes()));
  }

  private static String text(byte[] body) {
    return new String(body, StandardCharsets.UTF_8);
  }

  private <T> T post(String body, HttpResponse.BodyHandler<T> reading) {
    HttpRequest request =
        HttpRequest.newBuilder(address)
            .timeout(patience)
            .header("Authorization", login.header())
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    CompletableFuture<HttpResponse<T>> answer = client.sendAsync(request, reading);
    try {
      // The request's own limit ends at the headers; this one covers a body that comes slowly.
      HttpResponse<T> response = answer.get(patience.toMillis(), TimeUnit.MILLISECONDS);
      if (response.statusCode() == 401 || response.statusCode() == 403) {
        throw new ChainUnavailable(
            ChainHealth.State.DENIED, "The node does not know our user and password.");
      }
      if (response.statusCode() == TOO_BUSY) {
        throw new ChainUnavailable(
            ChainHealth.State.UNREACHABLE, "The node at " + place() + " has too much to do.");
      }
      return response.body();
    } catch (ExecutionException | TimeoutException e) {
      answer.cancel(true);
      if (e.getCause() instanceof BoundedBody.TooLong) {
        throw garbled("it does not end");
      }
      throw new ChainUnavailable(
          ChainHealth.State.UNREACHABLE, "The node at " + place() + " does not answer.", e);
    } catch (InterruptedException e) {
      answer.cancel(true);
      Thread.currentThread().interrupt();
      throw new ChainUnavailable(ChainHealth.State.UNREACHABLE, "The call was interrupted.", e);
    }
  }

  private String place() {
    return address.getHost() + ":" + address.getPort();
  }
}
