package org.trefoil.server.chain.bitcoind;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.bitcoinj.core.NetworkParameters;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.trefoil.core.address.Address;
import org.trefoil.core.coins.Outpoint;
import org.trefoil.core.units.Network;
import org.trefoil.core.wire.Fees;
import org.trefoil.server.chain.BroadcastOutcome;
import org.trefoil.server.chain.ChainHealth;
import org.trefoil.server.chain.ChainHealth.State;
import org.trefoil.server.chain.ChainUnavailable;
import org.trefoil.server.chain.RegtestNode;
import org.trefoil.server.chain.Spending;
import org.trefoil.server.chain.Spending.From;
import org.trefoil.server.chain.Spending.Kind;

/**
 * A node that is away, strange, another's, or not ready is said to be so, and nothing is believed.
 */
class BitcoindChainTest {
  private static final NodeLogin LOGIN = NodeLogin.password("rt", "rt");
  private static final String GENESIS =
      "0f9188f13cb7b2c71f2a335e3a4fc328bf5beb436012afca590b1a11466e2206";
  private static final String OPEN_ADDRESS =
      Address.ofScript(Network.REGTEST, Spending.OPEN_SCRIPT).text();
  private static final byte[] RAW =
      Spending.of(new From(new Outpoint("ab".repeat(32), 0), 100_000, Kind.P2WSH))
          .to(Kind.P2WSH, 90_000)
          .raw();

  @Test
  void aNodeThatIsNotThereIsUnreachable() throws IOException {
    int port;
    try (ServerSocket socket = new ServerSocket(0)) {
      port = socket.getLocalPort();
    }
    URI nobody = URI.create("http://127.0.0.1:" + port);
    BitcoindChain chain =
        new BitcoindChain(Network.REGTEST, nobody, LOGIN, null, InstantSource.system());
    assertThat(chain.health().state()).isEqualTo(State.UNREACHABLE);
    assertThat(chain.health().detail()).contains("127.0.0.1:" + port);
    assertThat(chain.broadcast(RAW)).isInstanceOf(BroadcastOutcome.Unreachable.class);
    assertThatThrownBy(chain::tip).isInstanceOf(ChainUnavailable.class);
    assertThatThrownBy(chain::mempool).isInstanceOf(ChainUnavailable.class);
  }

  @Test
  void aNodeOfAnotherNetworkAWrongPasswordAndAStoppedNodeAreNamed(@TempDir Path folder)
      throws Exception {
    try (RegtestNode node = RegtestNode.start()) {
      ChainHealth other =
          new BitcoindChain(Network.SIGNET, node.rpc(), LOGIN, null, InstantSource.system())
              .health();
      assertThat(other.state()).isEqualTo(State.WRONG_NETWORK);
      assertThat(other.detail()).isEqualTo("The node follows chain regtest, not signet.");
      NodeLogin wrong = NodeLogin.password("rt", "not this");
      ChainHealth denied =
          new BitcoindChain(Network.REGTEST, node.rpc(), wrong, null, InstantSource.system())
              .health();
      assertThat(denied.state()).isEqualTo(State.DENIED);
      assertThat(denied.detail()).doesNotContain("not this");
      Path cookie = folder.resolve(".cookie");
      BitcoindChain byCookie =
          new BitcoindChain(
              Network.REGTEST, node.rpc(), NodeLogin.cookie(cookie), null, InstantSource.system());
      assertThat(byCookie.health().state()).isEqualTo(State.DENIED);
      Files.writeString(cookie, "rt:rt\n");
      assertThat(byCookie.health()).isEqualTo(ChainHealth.FINE);
      assertThat(byCookie.tip().height()).isZero();
      node.halt();
      assertThat(byCookie.health().state()).isEqualTo(State.UNREACHABLE);
      assertThatThrownBy(byCookie::tip).isInstanceOf(ChainUnavailable.class);
      node.run();
      assertThat(byCookie.health()).isEqualTo(ChainHealth.FINE);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "<html>",
        "{",
        "[]",
        "{}",
        "null",
        "{\"result\":7}",
        "{\"result\":[],\"error\":null}",
        "{\"result\":{\"chain\":1}}",
        "{\"result\":{},\"error\":null} trailing",
      })
  void answersThatMakeNoSenseAreNotBelieved(String answer) throws Exception {
    try (Liar liar = new Liar(Map.of("", answer))) {
      BitcoindChain chain =
          new BitcoindChain(Network.REGTEST, liar.address(), LOGIN, null, InstantSource.system());
      assertThat(chain.health().state()).isIn(State.GARBLED, State.WRONG_NETWORK);
      assertThatThrownBy(chain::tip).isInstanceOf(ChainUnavailable.class);
      assertThatThrownBy(() -> chain.at(5)).isInstanceOf(ChainUnavailable.class);
      assertThat(chain.broadcast(RAW)).isInstanceOf(BroadcastOutcome.Unreachable.class);
    }
  }

  @Test
  void aNodeThatStartsOrLacksBlocksOrThrewThemAwayIsNamed() throws Exception {
    String starting = "{\"result\":null,\"error\":{\"code\":-28,\"message\":\"Loading wallet…\"}}";
    try (Liar liar = new Liar(Map.of("", starting))) {
      ChainHealth health =
          new BitcoindChain(Network.REGTEST, liar.address(), LOGIN, null, InstantSource.system())
              .health();
      assertThat(health.state()).isEqualTo(State.SYNCING);
      assertThat(health.detail()).isEqualTo("The node is starting: Loading wallet….");
    }
    String behind = "{\"result\":{\"chain\":\"regtest\",\"blocks\":7,\"headers\":9}}";
    String genesis = "{\"result\":\"" + GENESIS + "\"}";
    try (Liar liar = new Liar(Map.of("getblockchaininfo", behind, "getblockhash", genesis))) {
      ChainHealth health =
          new BitcoindChain(Network.REGTEST, liar.address(), LOGIN, null, InstantSource.system())
              .health();
      assertThat(health.state()).isEqualTo(State.SYNCING);
      assertThat(health.detail()).isEqualTo("The node has 7 of 9 blocks.");
    }
    Map<String, String> pruned =
        Map.of(
            "getblockchaininfo",
            "{\"result\":{\"chain\":\"regtest\",\"blocks\":9,\"headers\":9}}",
            "getblockhash",
            genesis,
            "getblockheader",
            "{\"result\":{\"height\":0,\"time\":1}}",
            "getblock",
            "{\"result\":null,\"error\":{\"code\":-1,"
                + "\"message\":\"Block not available (pruned data)\"}}");
    try (Liar liar = new Liar(pruned)) {
      BitcoindChain chain =
          new BitcoindChain(Network.REGTEST, liar.address(), LOGIN, null, InstantSource.system());
      assertThatThrownBy(() -> chain.block(GENESIS))
          .isInstanceOfSatisfying(
              ChainUnavailable.class, e -> assertThat(e.health().state()).isEqualTo(State.PRUNED));
    }
  }

  @Test
  void aNodeThatHasTooMuchToDoIsTriedAgainLater() throws Exception {
    HttpServer busy =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    busy.createContext(
        "/",
        exchange -> {
          exchange.getRequestBody().readAllBytes();
          byte[] words = "Work queue depth exceeded".getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(503, words.length);
          exchange.getResponseBody().write(words);
          exchange.close();
        });
    busy.start();
    try {
      URI address = URI.create("http://127.0.0.1:" + busy.getAddress().getPort());
      BitcoindChain chain =
          new BitcoindChain(Network.REGTEST, address, LOGIN, null, InstantSource.system());
      assertThat(chain.health().state()).isEqualTo(State.UNREACHABLE);
      assertThat(chain.health().detail()).contains("has too much to do");
      assertThat(chain.broadcast(RAW)).isInstanceOf(BroadcastOutcome.Unreachable.class);
    } finally {
      busy.stop(0);
    }
  }

  @Test
  void aNodeThatPublishesTellsAtOnceAndOneThatStopsIsAskedMoreOften() throws Exception {
    try (RegtestNode node = RegtestNode.startWithNotices();
        BitcoindChain found =
            new BitcoindChain(Network.REGTEST, node.rpc(), LOGIN, null, InstantSource.system());
        BitcoindChain named =
            new BitcoindChain(
                Network.REGTEST, node.rpc(), LOGIN, node.zmq(), InstantSource.system())) {
      Semaphore heardByFound = new Semaphore(0);
      Semaphore heardByNamed = new Semaphore(0);
      found.onChange(heardByFound::release);
      named.onChange(heardByNamed::release);
      assertThat(heardByFound.tryAcquire(20, TimeUnit.SECONDS)).isTrue(); // it is connected
      assertThat(heardByNamed.tryAcquire(20, TimeUnit.SECONDS)).isTrue();
      assertThat(named.pollInterval()).isEqualTo(Duration.ofSeconds(5));
      Thread.sleep(200); // its subscriptions may be on their way still
      node.cli("generatetoaddress", "1", OPEN_ADDRESS);
      assertThat(heardByFound.tryAcquire(20, TimeUnit.SECONDS)).isTrue();
      assertThat(heardByNamed.tryAcquire(20, TimeUnit.SECONDS)).isTrue();
      node.halt();
      long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
      while (named.pollInterval().toSeconds() > 1) {
        assertThat(System.nanoTime()).as("still believed to tell").isLessThan(end);
        Thread.sleep(50);
      }
      heardByNamed.drainPermits();
      node.run();
      assertThat(heardByNamed.tryAcquire(40, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void estimatesAreExactSortedAndBounded() throws Exception {
    Map<String, String> answers =
        Map.of(
            "getblockchaininfo",
            "{\"result\":{\"chain\":\"regtest\",\"blocks\":9,\"headers\":9}}",
            "getblockhash",
            "{\"result\":\"" + GENESIS + "\"}",
            "getmempoolinfo",
            "{\"result\":{\"mempoolminfee\":0.00002,\"minrelaytxfee\":0.00001000}}",
            "estimatesmartfee",
            "{\"result\":{\"feerate\":1.2345E-4,\"blocks\":2}}");
    try (Liar liar = new Liar(answers)) {
      Fees fees =
          new BitcoindChain(Network.REGTEST, liar.address(), LOGIN, null, InstantSource.system())
              .fees();
      assertThat(fees).isEqualTo(new Fees(12_345, 12_345, 12_345, 2_000, 500_000));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "'',                                             12000",
    "',\"bytes\":1000000,\"total_fee\":9.00000000', 12000", // one block takes them all
    "',\"bytes\":2000000,\"total_fee\":0.50000001', 25001",
    "',\"bytes\":2000000,\"total_fee\":0.10000000', 12000",
    "',\"bytes\":2000000,\"total_fee\":90.0000000', 500000",
    "',\"bytes\":2000000',                           12000", // before Core 0.21
  })
  void aNodeThatCannotEstimateTellsWhatItsLastBlocksPaidAndAtOnceWhatMoreThanABlockWaitsFor(
      String waiting, long fast) throws Exception {
    String genesis =
        NetworkParameters.of(Network.SIGNET.bitcoinj()).getGenesisBlock().getHashAsString();
    Map<String, String> answers =
        Map.of(
            "getblockchaininfo",
            "{\"result\":{\"chain\":\"signet\",\"blocks\":40,\"headers\":40}}",
            "getblockhash",
            "{\"result\":\"" + genesis + "\"}",
            "getmempoolinfo",
            "{\"result\":{\"mempoolminfee\":0.00001000,\"minrelaytxfee\":0.00001000"
                + waiting
                + "}}",
            "estimatesmartfee",
            "{\"result\":{\"errors\":[\"Insufficient data or no feerate found\"],\"blocks\":2}}",
            "getblockcount",
            "{\"result\":40}",
            "getblockstats",
            "{\"result\":{\"subsidy\":5000000000,\"totalfee\":12000000,\"total_weight\":4000000}}");
    try (Liar liar = new Liar(answers)) {
      Fees fees =
          new BitcoindChain(Network.SIGNET, liar.address(), LOGIN, null, InstantSource.system())
              .fees();
      assertThat(fees).isEqualTo(new Fees(12_000, 12_000, fast, 1_000, 500_000));
    }
  }

  @Test
  void aLoginShowsNothingOfItself() {
    assertThat(NodeLogin.password("rt", "secret")).hasToString("NodeLogin[redacted]");
  }
}
