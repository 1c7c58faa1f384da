package org.trefoil.server.chain.peers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.bitcoinj.core.Block;
import org.bitcoinj.core.CheckpointManager;
import org.bitcoinj.core.NetworkParameters;
import org.bitcoinj.core.StoredBlock;
import org.trefoil.core.units.Network;

/**
 * The blocks that came with this program, some weeks apart, with the work done up to each: headers
 * are asked for from the last one that is needed, not from genesis.
 */
final class Checkpoints {
  private final NavigableMap<Integer, StoredBlock> byHeight = new TreeMap<>();

  Checkpoints(Network network) {
    NetworkParameters params = NetworkParameters.of(network.bitcoinj());
    Block genesis = params.getGenesisBlock().cloneAsHeader();
    byHeight.put(0, new StoredBlock(genesis, genesis.getWork(), 0));
    if (network != Network.REGTEST) {
      try {
        addAll(new CheckpointManager(params, null));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** Genesis and these, of regtest, which has none. */
  Checkpoints(List<StoredBlock> made) {
    this(Network.REGTEST);
    made.forEach(each -> byHeight.put(each.getHeight(), each));
  }

  private void addAll(CheckpointManager shipped) {
    Instant before = Instant.ofEpochSecond(0xffffffffL);
    StoredBlock last = shipped.getCheckpointBefore(before);
    while (last.getHeight() > 0) {
      byHeight.put(last.getHeight(), last);
      last = shipped.getCheckpointBefore(last.getHeader().time().minus(Duration.ofSeconds(1)));
    }
  }

  /** The highest at or below {@code height}. */
  StoredBlock below(int height) {
    return byHeight.floorEntry(Math.max(0, height)).getValue();
  }

  StoredBlock last() {
    return byHeight.lastEntry().getValue();
  }
}
