package org.trefoil.server.chain.peers;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import org.trefoil.core.proposal.FeeBounds;
import org.trefoil.core.units.Network;
import org.trefoil.core.wire.Fees;
import org.trefoil.server.chain.ChainHealth;

/**
 * How peers are dealt with.
 *
 * @param peers whom to connect to; empty for those that the network's DNS seeds name
 * @param connections how many at once
 * @param fewest how many must have told all their headers before the tip is believed
 * @param stall how long a peer may take for headers or a block
 * @param ask how often every peer is asked for new headers, besides when it announces a block
 * @param hearing how long a broadcast waits for another peer to announce it
 * @param stale how old the newest block may be
 */
public record PeerSettings(
    Network network,
    List<InetSocketAddress> peers,
    int connections,
    int fewest,
    Duration stall,
    Duration ask,
    Duration hearing,
    Duration stale,
    Fees guess) {
  private static final long CEILING = FeeBounds.CEILING;

  public PeerSettings {
    peers = List.copyOf(peers);
  }

  /**
   * For {@code network}, with these peers or, when there are none, with its DNS seeds'. Named peers
   * are the operator's choice, so one is enough; of found ones two must agree.
   */
  public static PeerSettings of(Network network, List<InetSocketAddress> peers) {
    boolean regtest = network == Network.REGTEST;
    Fees guess =
        regtest
            ? new Fees(1_000, 2_000, 5_000, 1_000, CEILING)
            : new Fees(2_000, 10_000, 25_000, 1_000, CEILING);
    return new PeerSettings(
        network,
        peers,
        peers.isEmpty() ? 6 : Math.min(8, peers.size()),
        peers.isEmpty() ? 2 : 1,
        Duration.ofSeconds(20),
        Duration.ofSeconds(regtest ? 2 : 30),
        Duration.ofMillis(500),
        ChainHealth.oldestTip(network),
        guess);
  }
}
