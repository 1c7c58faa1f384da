package org.trefoil.custody.recover.terminal;

import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What stands behind the program's name: one word, and for {@code recover} at most one server.
 *
 * @param word empty for none
 * @param esplora the interface of an Esplora server
 * @param node a Bitcoin Core's RPC interface, with the user's name or without
 * @param cookie the file by which a node on this machine lets its own user in
 */
record Arguments(String word, @Nullable URI esplora, @Nullable URI node, @Nullable String cookie) {
  private static final List<String> WORDS = List.of("", "shares", "recover", "key", "sign");

  /** Null for what the program does not understand, and for an address with a password in it. */
  static @Nullable Arguments of(String[] args) {
    String word = args.length == 0 ? "" : args[0];
    if (!WORDS.contains(word) || (args.length > 1 && !word.equals("recover"))) {
      return null;
    }
    URI esplora = null;
    URI node = null;
    String cookie = null;
    for (int i = 1; i < args.length; i += 2) {
      String value = i + 1 < args.length ? args[i + 1] : "";
      switch (args[i]) {
        case "--esplora" -> esplora = address(value);
        case "--node" -> node = address(value);
        case "--cookie" -> cookie = value;
        default -> {
          return null;
        }
      }
      boolean understood = !value.isEmpty() && (esplora != null || node != null || cookie != null);
      if (!understood) {
        return null;
      }
    }
    boolean one = esplora == null || node == null;
    boolean cookieForNode = cookie == null || node != null;
    return one && cookieForNode ? new Arguments(word, esplora, node, cookie) : null;
  }

  private static @Nullable URI address(String value) {
    try {
      URI uri = URI.create(value.endsWith("/") ? value.substring(0, value.length() - 1) : value);
      boolean http = "https".equals(uri.getScheme()) || "http".equals(uri.getScheme());
      String user = uri.getUserInfo();
      boolean secret = user != null && user.indexOf(':') >= 0;
      return http && uri.getHost() != null && uri.getQuery() == null && !secret ? uri : null;
    } catch (IllegalArgumentException e) {
      return null;
    }
  }
}
