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

  private final Network network;

  NodeCheck(Network network) {
    this.network = network;
  }

  /** Throws unless it is of our network. */
  void ours(Map<?, ?> info, String genesis) {
    String ours = NetworkParameters.of(network.bitcoinj()).getGenesisBlock().getHashAsString();
    if (!genesis.equals(ours)) {
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
