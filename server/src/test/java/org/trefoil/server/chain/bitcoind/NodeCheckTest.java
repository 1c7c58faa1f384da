package org.trefoil.server.chain.bitcoind;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Map;
import org.bitcoinj.core.NetworkParameters;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.trefoil.core.units.Network;
import org.trefoil.server.chain.ChainHealth;
import org.trefoil.server.chain.ChainHealth.State;

/** On the networks with money, or people, on them, nothing is signed on what an ill node tells. */
class NodeCheckTest {
  private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");

  /** After one that says it is {@code chain} with these blocks and headers, and a tip that old. */
  private static ChainHealth health(
      Network network, int blocks, int headers, boolean first, int age) throws Exception {
    String chain = network == Network.MAINNET ? "main" : network.id();
    String standing = "\"blocks\":%d,\"headers\":%d,\"initialblockdownload\":%b";
    return health(network, chain, standing.formatted(blocks, headers, first), blocks, age);
  }

  private static ChainHealth health(
      Network network, String chain, String standing, int blocks, int age) throws Exception {
    NetworkParameters params = NetworkParameters.of(network.bitcoinj());
    String info =
        "{\"result\":{\"chain\":\"%s\",\"bestblockhash\":\"%s\",%s}}"
            .formatted(chain, "ab".repeat(32), standing);
    String tip = "{\"result\":{\"height\":%d,\"time\":%d}}";
    Map<String, String> answers =
        Map.of(
            "getblockchaininfo",
            info,
            "getblockhash",
            "{\"result\":\"" + params.getGenesisBlock().getHashAsString() + "\"}",
            "getblockheader",
            tip.formatted(blocks, NOW.getEpochSecond() - age));
    try (Liar liar = new Liar(answers)) {
      NodeLogin login = NodeLogin.password("rt", "rt");
      return new BitcoindChain(network, liar.address(), login, null, () -> NOW).health();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "MAINNET, 900, 900, 10800, FINE, ''",
    "MAINNET, 900, 900, 10801, STALE, The newest block is 180 minutes old.",
    "MAINNET, 900, 900, 604800, STALE, The newest block is 10080 minutes old.",
    "MAINNET, 900, 902, 60, FINE, ''",
    "MAINNET, 900, 903, 60, SYNCING, The node has 900 of 903 blocks.",
    "MAINNET, 900, 1900, 604800, SYNCING, The node has 900 of 1900 blocks.",
    "SIGNET, 900, 900, 10800, FINE, ''",
    "SIGNET, 900, 900, 10801, STALE, The newest block is 180 minutes old.",
    "SIGNET, 900, 903, 60, SYNCING, The node has 900 of 903 blocks.",
    "REGTEST, 900, 900, 604800, FINE, ''",
  })
  void aNodeThatIsCutOffOrBehindIsStale(
      Network network, int blocks, int headers, int age, State state, String detail)
      throws Exception {
    assertThat(health(network, blocks, headers, false, age))
        .isEqualTo(new ChainHealth(state, detail));
  }

  @ParameterizedTest
  @CsvSource({"MAINNET", "SIGNET"})
  void aNodeThatReadsTheChainForTheFirstTimeIsSyncing(Network network) throws Exception {
    assertThat(health(network, 900, 900, true, 60))
        .isEqualTo(new ChainHealth(State.SYNCING, "The node has 900 of 900 blocks."));
  }

  @ParameterizedTest
  @CsvSource({
    "MAINNET, main, FINE",
    "MAINNET, test, WRONG_NETWORK",
    "TESTNET, test, FINE",
    "TESTNET, testnet4, WRONG_NETWORK",
    "SIGNET, signet, FINE",
    "SIGNET, regtest, WRONG_NETWORK",
    "REGTEST, regtest, FINE",
    "REGTEST, main, WRONG_NETWORK",
  })
  void theFirstBlockAloneIsNotEnough(Network network, String chain, State state) throws Exception {
    ChainHealth health = health(network, chain, "\"blocks\":9,\"headers\":9", 9, 60);
    assertThat(health.state()).isEqualTo(state);
    String other = "The node follows chain " + chain + ", not " + network.id() + ".";
    assertThat(health.detail()).isEqualTo(health.fine() ? "" : other);
  }

  /** The long one is what a bitcoind with {@code -signet} says, 51 one of whoever comes. */
  @ParameterizedTest
  @CsvSource({
    "512103ad5e0edad18cb1f0fc0d28a3d4f1f3e445640337489abb10404f2d1e086be430210359ef5021964fe22d6f8"
        + "e05b2463c9540ce96883fe3b278760f048f5189f2e6c452ae, FINE",
    "51, WRONG_NETWORK",
  })
  void aSignetOfSomebodysOwnHasTheSameFirstBlockAndAnotherChallenge(String challenge, State state)
      throws Exception {
    String standing = "\"blocks\":9,\"headers\":9,\"signet_challenge\":\"" + challenge + "\"";
    assertThat(health(Network.SIGNET, "signet", standing, 9, 60).state()).isEqualTo(state);
  }
}
