package org.trefoil.server.chain.bitcoind;

import java.math.BigDecimal;
import java.util.Map;
import java.util.Objects;
import org.bitcoinj.core.NetworkParameters;
import org.jspecify.annotations.Nullable;
import org.trefoil.core.units.Network;
import org.trefoil.server.chain.ChainHealth;
import org.trefoil.server.chain.ChainUnavailable;

/** Whether a node may be believed, by what it tells of itself in {@code getblockchaininfo}. */
final class NodeCheck {
  /** Of so few blocks it may have the headers alone: they are on their way. */
  private static final int ON_THEIR_WAY = 2;

  /** Every signet begins with the same block; this one is the signet that all people share. */
  private static final String SIGNET_FOR_ALL =
      "512103ad5e0edad18cb1f0fc0d28a3d4f1f3e445640337489abb10404f2d1e086be43"
          + "0210359ef5021964fe22d6f8e05b2463c9540ce96883fe3b278760f048f5189f2e6c452ae";

  private final Network network;

  NodeCheck(Network network) {
    this.network = network;
  }

  /**
   * Throws unless it is of our network, by its name, its first block and, where it tells it (older
   * ones do not), the script that signs its blocks.
   */
  void ours(Map<?, ?> info, String genesis) {
    Object signers = info.get("signet_challenge");
    if (network == Network.SIGNET && signers != null && !signers.equals(SIGNET_FOR_ALL)) {
      throw new ChainUnavailable(
          ChainHealth.State.WRONG_NETWORK, "The node follows a signet of somebody's own.");
    }
    String first = NetworkParameters.of(network.bitcoinj()).getGenesisBlock().getHashAsString();
    if (!genesis.equals(first) || !name().equals(info.get("chain"))) {
      throw new ChainUnavailable(
          ChainHealth.State.WRONG_NETWORK,
          "The node follows chain " + info.get("chain") + ", not " + network.id() + ".");
    }
  }

  /**
   * Throws while it reads the chain for the first time. A node says so too while its last block is
   * a day old, which on regtest is normal.
   */
  void loaded(Map<?, ?> info) {
    boolean first =
        network == Network.REGTEST
            ? !Objects.equals(info.get("blocks"), info.get("headers"))
            : Boolean.TRUE.equals(info.get("initialblockdownload"));
    if (first) {
      throw syncing(info);
    }
  }

  /** Throws while it has headers of more blocks: it never says "initial" again once it was not. */
  void caughtUp(Map<?, ?> info) {
    if (count(info.get("headers")) - count(info.get("blocks")) > ON_THEIR_WAY) {
      throw syncing(info);
    }
  }

  /** As nodes call it. */
  private String name() {
    return switch (network) {
      case MAINNET -> "main";
      case TESTNET -> "test";
      case SIGNET, REGTEST -> network.id();
    };
  }

  private static ChainUnavailable syncing(Map<?, ?> info) {
    return new ChainUnavailable(
        ChainHealth.State.SYNCING,
        "The node has " + info.get("blocks") + " of " + info.get("headers") + " blocks.");
  }

  private static long count(@Nullable Object value) {
    if (value instanceof BigDecimal number) {
      return number.longValue();
    }
    throw NodeRpc.garbled("a number is missing");
  }
}
