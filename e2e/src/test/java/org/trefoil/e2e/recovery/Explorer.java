package org.trefoil.e2e.recovery;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.openqa.selenium.json.Json;
import org.trefoil.core.address.Address;
import org.trefoil.core.keys.Cosigners;
import org.trefoil.core.units.Hex;
import org.trefoil.core.units.Network;
import org.trefoil.custody.recover.CoreQuestions;
import org.trefoil.e2e.harness.Bitcoind;
import org.trefoil.e2e.harness.Tool;

/** A server of Esplora's shape over what a node knows of one wallet; it keeps what was asked. */
public final class Explorer implements AutoCloseable {
  private final Bitcoind node;
  private final HttpServer server;
  private final Map<String, List<Map<String, Object>>> unspent = new HashMap<>();
  private volatile boolean busy;
  private final List<String> asked = Collections.synchronizedList(new ArrayList<>());

  private Explorer(Bitcoind node, HttpServer server) {
    this.node = node;
    this.server = server;
  }

  /** Knows the coins that the wallet has now. */
  public static Explorer of(Bitcoind node, Cosigners wallet) {
    try {
      InetSocketAddress here = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
      Explorer explorer = new Explorer(node, HttpServer.create(here, 0));
      explorer.scan(wallet);
      explorer.server.createContext("/", explorer::answer);
      explorer.server.start();
      return explorer;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Its interface, as a person types it. */
  public String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/api";
  }

  /** What it was asked, {@code GET /api/address/…}, in order. */
  public List<String> asked() {
    return List.copyOf(asked);
  }

  /** Whether it has no time for anybody from now on. */
  public void isBusy(boolean now) {
    busy = now;
  }

  @SuppressWarnings("unchecked")
  private void scan(Cosigners wallet) {
    String command = CoreQuestions.scanCommand(wallet);
    String descriptors =
        command
            .substring(command.indexOf("'[") + 1, command.lastIndexOf('\''))
            .replace("'\\''", "'");
    String answer = node.cli("scantxoutset", "start", descriptors);
    Map<String, Object> scan = new Json().toType(answer, Json.MAP_TYPE);
    for (Object coin : (List<?>) scan.get("unspents")) {
      Map<String, Object> fields = (Map<String, Object>) coin;
      unspent
          .computeIfAbsent((String) fields.get("scriptPubKey"), none -> new ArrayList<>())
          .add(fields);
    }
  }

  private void answer(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    asked.add(exchange.getRequestMethod() + " " + path);
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.US_ASCII);
    Tool.Result result =
        busy
            ? new Tool.Result(1, "", "too many requests")
            : answer(path.replaceFirst("^/api", ""), body);
    String text = result.exit() == 0 ? result.out() : result.err();
    byte[] bytes = text.strip().getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().add("Access-Control-Allow-Origin", "*");
    exchange.sendResponseHeaders(result.exit() == 0 ? 200 : 400, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  private Tool.Result answer(String path, String body) {
    String[] parts = path.split("/");
    if (path.equals("/tx")) {
      return node.call("sendrawtransaction", body);
    }
    if (parts[1].equals("tx")) {
      return node.call("getrawtransaction", parts[2]);
    }
    byte[] script = Address.parse(parts[2], Network.REGTEST).scriptPubKey();
    List<Map<String, Object>> coins = unspent.getOrDefault(Hex.of(script), List.of());
    return new Tool.Result(0, parts.length == 4 ? list(coins) : stats(parts[2], coins.size()), "");
  }

  private static String stats(String address, int count) {
    String none = "{\"funded_txo_count\":0,\"tx_count\":0}";
    String some = "{\"funded_txo_count\":" + count + ",\"tx_count\":" + count + "}";
    return "{\"address\":\"%s\",\"chain_stats\":%s,\"mempool_stats\":%s}"
        .formatted(address, some, none);
  }

  private static String list(List<Map<String, Object>> coins) {
    List<String> rows = new ArrayList<>();
    for (Map<String, Object> coin : coins) {
      long sats = new BigDecimal(coin.get("amount").toString()).movePointRight(8).longValueExact();
      rows.add(
          "{\"txid\":\"%s\",\"vout\":%s,\"status\":{\"confirmed\":true,\"block_height\":%s},\"value\":%d}"
              .formatted(coin.get("txid"), coin.get("vout"), coin.get("height"), sats));
    }
    return "[" + String.join(",", rows) + "]";
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
