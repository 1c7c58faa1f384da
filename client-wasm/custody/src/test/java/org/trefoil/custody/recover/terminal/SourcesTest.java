package org.trefoil.custody.recover.terminal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.trefoil.core.keys.KeyRole;
import org.trefoil.core.keys.ScriptType;
import org.trefoil.custody.recover.PaperWallet;

/** Servers that a person names on the command line. */
class SourcesTest {
  private static final PaperWallet WALLET = new PaperWallet("asked online", ScriptType.P2WSH);
  private static final String TO = "bcrt1qw508d6qejxtdg4y5r3zarvary0c5xw7kygt080";

  private final Map<String, String> answers = new HashMap<>();
  private final List<String> asked = new ArrayList<>();
  private HttpServer server;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          String body =
              new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.US_ASCII);
          String way = exchange.getRequestHeaders().getFirst("Authorization");
          asked.add(way + " " + exchange.getRequestURI() + " " + body);
          int bracket = body.indexOf("\"method\":\"");
          String key =
              bracket < 0 ? "" : body.substring(bracket + 10, body.indexOf('"', bracket + 10));
          String answer = answers.getOrDefault(key, "");
          byte[] bytes = answer.getBytes(StandardCharsets.US_ASCII);
          exchange.sendResponseHeaders(answer.isEmpty() ? 401 : 200, 0);
          exchange.getResponseBody().write(bytes);
          exchange.close();
        });
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private String host() {
    return "127.0.0.1:" + server.getAddress().getPort();
  }

  private String[] node(String user) {
    return new String[] {"recover", "--node", "http://" + user + host() + "/"};
  }

  private static Arguments of(String... args) {
    return Arguments.of(args);
  }

  @Test
  void whatIsNotUnderstoodAndAPasswordInAnAddressAreRefused() {
    assertThat(of()).isNotNull();
    assertThat(of("recover")).isNotNull();
    assertThat(of("recover", "--esplora", "https://explorer.example/api/")).isNotNull();
    assertThat(of("recover", "--node", "http://me@127.0.0.1:8332", "--cookie", "f")).isNotNull();
    assertThat(of("what")).isNull();
    assertThat(of("shares", "--esplora", "https://explorer.example")).isNull();
    assertThat(of("recover", "--node")).isNull();
    assertThat(of("recover", "--node", "http://me:secret@127.0.0.1:8332")).isNull();
    assertThat(of("recover", "--node", "127.0.0.1:8332")).isNull();
    assertThat(of("recover", "--esplora", "ftp://x", "--node", "http://y")).isNull();
    assertThat(of("recover", "--esplora", "http://x", "--node", "http://y")).isNull();
    assertThat(of("recover", "--cookie", "f")).isNull();
    assertThat(of("recover", "--ask", "http://y")).isNull();
  }

  @Test
  void aNodeIsAskedByUserAndPasswordFindsCoinsAndSendsAfterAYes() throws IOException {
    answers.put("scantxoutset", scan());
    answers.put("sendrawtransaction", "{\"result\":\"x\",\"error\":null}");
    String descriptor = WALLET.cosigners().descriptor();
    Answers person =
        new Answers(
            "lamp-shade",
            descriptor,
            "regtest",
            "yes",
            TO,
            "all",
            "2",
            "yes",
            "words",
            WALLET.words(KeyRole.USER),
            "words",
            WALLET.words(KeyRole.BACKUP),
            "yes",
            "");
    CoinSource source =
        new Sources(new Conversation(person, new OnDisk()), new OnDisk()).of(of(node("me@")));
    assertThat(new Recovery(person, new OnDisk(), source).run()).isTrue();
    assertThat(person.shown())
        .contains("Asking " + host(), "1 coin, together 0.00500000 BTC", "Sent.")
        .doesNotContain("lamp-shade");
    assertThat(asked)
        .hasSize(2)
        .allMatch(each -> each.startsWith("Basic bWU6bGFtcC1zaGFkZQ== / {"));
    assertThat(asked.get(1)).contains("sendrawtransaction", "\"params\":[\"02");
    assertThat(person.hidden.get(0)).containsOnly('\0');
  }

  @Test
  void aNodeThatLetsNobodyInIsSaidAndNothingIsSigned() throws IOException {
    Answers person = new Answers("me", "wrong", WALLET.cosigners().descriptor(), "regtest", "yes");
    CoinSource source =
        new Sources(new Conversation(person, new OnDisk()), new OnDisk()).of(of(node("")));
    assertThat(new Recovery(person, new OnDisk(), source).run()).isFalse();
    assertThat(person.shown()).contains("cannot be asked: it answered 401");
    Sources sources = new Sources(new Conversation(new Answers(), new OnDisk()), new OnDisk());
    assertThatThrownBy(() -> sources.of(of(node("")))).isInstanceOf(IOException.class);
  }

  private static String scan() {
    StringBuilder script = new StringBuilder();
    for (byte b : WALLET.cosigners().scriptPubKey(0, 41)) {
      script.append(Character.forDigit(b >> 4 & 15, 16)).append(Character.forDigit(b & 15, 16));
    }
    return "{\"result\":{\"success\":true,\"height\":200,\"unspents\":[{\"txid\":\""
        + "cd".repeat(32)
        + "\",\"vout\":1,\"scriptPubKey\":\""
        + script
        + "\",\"amount\":0.005,\"coinbase\":false,\"height\":190}]},\"error\":null}";
  }
}
