package org.trefoil.server.chain.bitcoind;

import java.math.BigDecimal;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.trefoil.core.units.Hex;
import org.trefoil.server.chain.ChainHealth;
import org.trefoil.server.chain.ChainUnavailable;

/** Calls a node's JSON-RPC over HTTP, with a time limit on everything. */
final class NodeRpc {
  private static final int WARMING_UP = -28;

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

  private final NodeLine line;

  /**
   * @param patience how long an answer may take; where it stops in its midst, twice that
   */
  NodeRpc(URI address, NodeLogin login, Duration patience) {
    this.line = new NodeLine(address, login, patience);
  }

  /** Calls {@code method}; arguments are strings, numbers and booleans. */
  @Nullable Object call(String method, Object... arguments) throws Refused {
    return result(parse(line.post(request(method, arguments))));
  }

  /** Calls a {@code method} that answers bytes as hexadecimal text. */
  byte[] callForBytes(String method, Object... arguments) throws Refused {
    HexAnswer answer = line.post(request(method, arguments), HexAnswer::new);
    byte[] plain = answer.bytes();
    if (plain != null) {
      return plain;
    }
    Object result = result(parse(new String(answer.text(), StandardCharsets.UTF_8)));
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
    if (!(parse(line.post("[" + String.join(",", requests) + "]")) instanceof List<?> answers)
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
}
