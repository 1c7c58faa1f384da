package org.trefoil.server.chain.follow;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
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
import org.trefoil.server.chain.Tip;

/**
 * Another source as peers tell of it: it never says what became of a transaction, and what it says
 * waits is not judged.
 *
 * @param rumours transactions that it tells of besides
 */
record SilentSource(ChainSource other, List<Transaction> rumours) implements ChainSource {
  @Override
  public boolean overhears() {
    return true;
  }

  @Override
  public BroadcastOutcome broadcast(byte[] raw) {
    return new BroadcastOutcome.Unreachable("No other peer has announced it yet.");
  }

  @Override
  public Network network() {
    return other.network();
  }

  @Override
  public Tip tip() {
    return other.tip();
  }

  @Override
  public @Nullable Tip at(int height) {
    return other.at(height);
  }

  @Override
  public @Nullable ChainBlock block(String hash) {
    return other.block(hash);
  }

  @Override
  public Set<String> mempool() {
    Set<String> ids = new LinkedHashSet<>(other.mempool());
    rumours.forEach(tx -> ids.add(tx.getTxId().toString()));
    return ids;
  }

  @Override
  public List<Transaction> mempoolTransactions(Collection<String> txids) {
    List<Transaction> found = new ArrayList<>(other.mempoolTransactions(txids));
    rumours.stream().filter(tx -> txids.contains(tx.getTxId().toString())).forEach(found::add);
    return found;
  }

  @Override
  public Fees fees() {
    return other.fees();
  }

  @Override
  public ChainHealth health() {
    return other.health();
  }

  @Override
  public Duration pollInterval() {
    return other.pollInterval();
  }

  @Override
  public void onChange(Runnable listener) {
    other.onChange(listener);
  }

  @Override
  public void close() {
    other.close();
  }
}
