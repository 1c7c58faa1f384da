package org.trefoil.server.chain.follow;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.bitcoinj.core.Transaction;
import org.jspecify.annotations.Nullable;
import org.trefoil.core.units.Network;
import org.trefoil.core.wire.Fees;
import org.trefoil.server.chain.BroadcastOutcome;
import org.trefoil.server.chain.ChainBlock;
import org.trefoil.server.chain.ChainHealth;
import org.trefoil.server.chain.ChainSource;
import org.trefoil.server.chain.RawBlock;
import org.trefoil.server.chain.Tip;

/** A chain of blocks in memory, handed out as far as {@link #height}, each read from its bytes. */
final class MadeChain implements ChainSource {
  private final List<byte[]> blocks;
  private final List<Tip> places = new ArrayList<>();
  volatile int height;

  MadeChain(List<byte[]> blocks) {
    this.blocks = blocks;
    for (byte[] raw : blocks) {
      RawBlock block = RawBlock.read(raw);
      places.add(new Tip(places.size(), block.hash(), block.time()));
    }
  }

  @Override
  public Network network() {
    return Network.REGTEST;
  }

  @Override
  public Tip tip() {
    return places.get(height);
  }

  @Override
  public @Nullable Tip at(int at) {
    return at > height ? null : places.get(at);
  }

  @Override
  public ChainBlock block(String hash) {
    Tip place = places.stream().filter(each -> each.hash().equals(hash)).findFirst().orElseThrow();
    return new ChainBlock(place, RawBlock.read(blocks.get(place.height())));
  }

  @Override
  public Set<String> mempool() {
    return Set.of();
  }

  @Override
  public List<Transaction> mempoolTransactions(Collection<String> txids) {
    return List.of();
  }

  @Override
  public BroadcastOutcome broadcast(byte[] raw) {
    return new BroadcastOutcome.Unreachable("nobody is there");
  }

  @Override
  public Fees fees() {
    return new Fees(1_000, 1_000, 1_000, 1_000, 1_000_000);
  }

  @Override
  public ChainHealth health() {
    return ChainHealth.FINE;
  }

  @Override
  public Duration pollInterval() {
    return Duration.ofSeconds(1);
  }

  @Override
  public void onChange(Runnable listener) {
    // never
  }

  @Override
  public void close() {
    // nothing is open
  }
}
