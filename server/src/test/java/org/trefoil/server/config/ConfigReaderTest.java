package org.trefoil.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.trefoil.core.policy.IpRange;
import org.trefoil.core.units.Network;
import org.trefoil.core.units.Sats;

class ConfigReaderTest {
  @TempDir Path folder;

  private Config read(String... flags) {
    return ConfigReader.read(
        List.of(flags), Map.of("TREFOIL_DATA", folder.toString(), "PATH", "/bin"));
  }

  @Test
  void startsWithThePracticeNetworkOnThisMachine() {
    Config config = read();
    assertThat(config.practice()).isTrue();
    assertThat(config.network()).isEqualTo(Network.REGTEST);
    assertThat(config.bind()).isEqualTo("127.0.0.1");
    assertThat(config.port()).isEqualTo(8080);
    assertThat(config.data()).isEqualTo(folder);
    assertThat(config.chainName()).isEqualTo("practice");
  }

  @Test
  void flagsWinOverTheEnvironmentAndThatOverTheFile() throws Exception {
    Files.writeString(folder.resolve("trefoil.properties"), "port = 1\nbind = localhost\n");
    Map<String, String> environment =
        Map.of("TREFOIL_DATA", folder.toString(), "TREFOIL_PORT", "2");
    assertThat(ConfigReader.read(List.of(), environment).port()).isEqualTo(2);
    Config config = ConfigReader.read(List.of("--port=3"), environment);
    assertThat(config.port()).isEqualTo(3);
    assertThat(config.bind()).isEqualTo("localhost");
  }

  @Test
  void takesAFileFromElsewhere() throws Exception {
    Path file = Files.writeString(folder.resolve("other"), "data = " + folder + "\nport = 7\n");
    assertThat(ConfigReader.read(List.of("--config", file.toString()), Map.of()).port())
        .isEqualTo(7);
  }

  @Test
  void refusesUnknownKeysWhereverTheyStandAndListsTheKnownOnes() throws Exception {
    assertThatThrownBy(() -> read("--prot", "1"))
        .isInstanceOf(ConfigRefused.class)
        .hasMessageContaining("--prot")
        .hasMessageContaining("rpc-cookie")
        .hasMessageContaining("port");
    assertThatThrownBy(() -> read("stray")).hasMessageContaining("Known keys");
    assertThatThrownBy(() -> ConfigReader.read(List.of(), Map.of("TREFOIL_PROT", "1")))
        .hasMessageContaining("TREFOIL_PROT")
        .hasMessageContaining("Known keys");
    Files.writeString(folder.resolve("trefoil.properties"), "prot = 1\n");
    assertThatThrownBy(this::read).hasMessageContaining("prot").hasMessageContaining("Known keys");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--port abc | a number from 0 to 65535",
        "--port 65536 | a number from 0 to 65535",
        "--port | needs a value",
        "--port 1 --port 2 | given twice",
        "--network bitcoin | practice, regtest, testnet, signet or mainnet",
        "--network regtest | --chain bitcoind",
        "--network practice --chain p2p | in this process",
        "--network regtest --chain p2p | --peers HOST:PORT",
        "--network mainnet --rpc http://127.0.0.1/ | leave --rpc out",
        "--network mainnet --peers a:0:b | addresses",
        "--network mainnet --peers a,,b | addresses",
        "--network mainnet --chain bitcoind --rpc-cookie c --peers a | leave --peers out",
        "--network regtest --chain bitcoind --rpc-cookie c --zmq ipc://x | tcp://127.0.0.1:28332",
        "--peers a | leave --peers out",
        "--network mainnet --chain practice | practice network alone",
        "--network practice --chain bitcoind | --network regtest",
        "--network regtest --chain bitcoind | --rpc-cookie FILE",
        "--network regtest --chain bitcoind --rpc ftp://x --rpc-cookie c | an address",
        "--rpc http://127.0.0.1/ | leave --rpc out",
        "--bind 0.0.0.0 | --public-url",
        "--public-url http://wallet.example | an origin",
        "--limit-per-day much | an amount in bitcoin, 0.25, or none",
        "--limit-all-per-day much | an amount in bitcoin",
        "--db jdbc:h2:mem:x | jdbc:postgresql://HOST/NAME",
        "--db postgres://h/n | jdbc:postgresql://HOST/NAME",
        "--db jdbc:postgresql: | jdbc:postgresql://HOST/NAME",
        "--db jdbc:postgresql://h/n?user=a&password=b | --db-password-file FILE",
        "--db jdbc:postgresql://a:b@h/n | --db-password-file FILE",
        "--db jdbc:postgresql://h/n --db-password-file f | --db-user NAME",
        "--db-user a | without --db URL",
        "--smtp-user a | without --smtp URL",
        "--mail-from a@b.c | without --smtp URL",
        "--smtp http://h --mail-from a@b.c | smtps://HOST:465",
        "--smtp smtp://u:p@h --mail-from a@b.c | without user and password",
        "--smtp smtp://h | --mail-from wallet@example.org",
        "--smtp smtp://h --mail-from nobody | --mail-from wallet@example.org",
        "--smtp smtp://h --mail-from a@b.c --smtp-user u | go together",
        "--tls-cert c | --tls-cert FILE and --tls-key FILE go together",
        "--tls-key k | go together",
        "--tls-keystore s | --tls-password-file FILE go together",
        "--tls-password-file p | go together",
        "--tls-cert c --tls-key k --tls-keystore s --tls-password-file p | either from",
        "--tls-cert c --tls-key k | TLS needs --public-url https://",
        "--tls-cert c --tls-key k --public-url http://localhost | TLS needs --public-url https://",
        "--http-port 80 | leads to https",
        "--public-url https://a --tls-cert c --tls-key k --http-port x | a number from 0 to 65535",
        "--trusted-proxy proxy.example | addresses or ranges",
        "--trusted-proxy 10.0.0.1, | addresses or ranges",
        "--trusted-proxy 10.0.0.0/33 | addresses or ranges",
        "--trusted-proxy 0.0.0.0/0 | would believe every visitor",
        "--trusted-proxy 10.0.0.1,::/0 | would believe every visitor",
        "--min-client new | the number of a release, 0.2.0",
        "--factor-delay-hours 169 | from 0 to 168",
        "--network signet --factor-delay-hours 0 | from 24 to 168",
        "--factor-delay-hours never | from 0 to 168"
      })
  void refusesWhatMakesNoSenseAndSaysWhatWould(String flags, String sentence) {
    assertThatThrownBy(() -> read(flags.split(" ")))
        .isInstanceOf(ConfigRefused.class)
        .hasMessageContaining(sentence);
  }

  @Test
  void takesAMailServerOverTlsUnlessItIsHere() {
    Config.Smtp far =
        read("--smtp", "smtp://mail.example", "--mail-from", "wallet@example.org").smtp();
    assertThat(far.port()).isEqualTo(587);
    assertThat(far.wrapped()).isFalse();
    assertThat(far.here()).isFalse();
    Config.Smtp wrapped = read("--smtp=smtps://mail.example", "--mail-from=a@b.c").smtp();
    assertThat(wrapped.port()).isEqualTo(465);
    assertThat(wrapped.wrapped()).isTrue();
    assertThat(read("--smtp=smtp://127.0.0.1:2525", "--mail-from=a@b.c").smtp().here()).isTrue();
    assertThat(read().smtp()).isNull();
    assertThat(read().factorWait()).hasHours(72);
    assertThat(read("--network=signet", "--factor-delay-hours=168").factorWait()).hasHours(168);
  }

  @Test
  void takesACertificateInEitherForm() {
    assertThat(read().tls()).isNull();
    Config pem =
        read("--public-url=https://a.example", "--tls-cert=c", "--tls-key=k", "--http-port=80");
    assertThat(pem.tls())
        .isEqualTo(new Config.Tls(new Config.PemFiles(Path.of("c"), Path.of("k")), 80));
    Config store =
        read("--public-url=https://a.example", "--tls-keystore=s", "--tls-password-file=p");
    assertThat(store.tls())
        .isEqualTo(new Config.Tls(new Config.KeyStoreFile(Path.of("s"), Path.of("p")), -1));
  }

  @Test
  void trustsTheProxiesThatAreNamed() {
    assertThat(read().trustedProxies()).isEmpty();
    List<IpRange> named = read("--trusted-proxy=10.0.0.2, fd00:1::/64").trustedProxies();
    assertThat(named).hasSize(2);
    assertThat(named.get(0).has("10.0.0.2")).isTrue();
    assertThat(named.get(1).has("fd00:1::9")).isTrue();
  }

  @Test
  void takesAPostgres() {
    assertThat(read().db()).isNull();
    String url = "jdbc:postgresql://db.example/trefoil?sslmode=verify-full";
    Config config = read("--db", url, "--db-user", "trefoil", "--db-password-file", "/p");
    assertThat(config.db()).isEqualTo(new Config.Db(url, "trefoil", Path.of("/p")));
    String socket = "jdbc:postgresql:///trefoil?host=/run/postgresql&port=5433";
    assertThat(read("--db", socket).db()).isEqualTo(new Config.Db(socket, null, null));
  }

  @Test
  void takesANodeByItsCookie() {
    Config config =
        read("--network", "regtest", "--chain", "bitcoind", "--rpc-cookie", "/n/.cookie");
    assertThat(config.practice()).isFalse();
    Config.Node node = (Config.Node) config.chain();
    assertThat(node.address().getPort()).isEqualTo(18443);
    assertThat(node.cookie()).isEqualTo(Path.of("/n/.cookie"));
    assertThat(node.zmq()).isNull();
    Config told =
        read(
            "--network",
            "regtest",
            "--chain",
            "bitcoind",
            "--rpc-cookie",
            "c",
            "--zmq",
            "tcp://127.0.0.1:28332");
    assertThat(Objects.requireNonNull(((Config.Node) told.chain()).zmq()).getPort())
        .isEqualTo(28332);
  }

  @Test
  void realNetworksAreFollowedByPeersUnlessSaidOtherwise() {
    for (String network : List.of("signet", "testnet", "mainnet")) {
      assertThat(read("--network", network).chain()).isEqualTo(new Config.Peers(List.of()));
    }
    Config named = read("--network", "mainnet", "--peers", "node.example, [2001:db8::1]:9333");
    assertThat(((Config.Peers) named.chain()).named())
        .extracting(peer -> peer.getHostString() + " " + peer.getPort())
        .containsExactly("node.example 8333", "2001:db8::1 9333");
  }

  @Test
  void noLimitIsSomethingElseThanNothingSaidOfIt() {
    assertThat(read("--network", "mainnet").unchosenLimits())
        .containsExactly("--limit-all-per-day", "--limit-per-day");
    Config none = read("--limit-per-day", "none", "--limit-all-per-day", "2");
    assertThat(none.limitPerDay()).isNull();
    assertThat(none.limitAllPerDay()).isEqualTo(Sats.parseBtc("2"));
    assertThat(none.unchosenLimits()).isEmpty();
  }

  @Test
  void helpNamesEveryKey() {
    for (Key key : Key.values()) {
      assertThat(ConfigReader.help()).contains(key.flag());
    }
    assertThat(ConfigReader.wantsHelp(List.of("--port", "1", "--help"))).isTrue();
  }

  @Test
  void theReadmeHasTheSameTable() throws Exception {
    String readme = Files.readString(Path.of("README.md"));
    assertThat(readme).contains(String.join("\n", Key.lines()));
  }
}
