package org.trefoil.server.chain;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.bitcoinj.core.Transaction;
import org.jspecify.annotations.Nullable;
import org.trefoil.core.units.Network;
import org.trefoil.core.wire.Fees;

/**
 * Somebody who knows the best chain and the mempool: the practice chain or a node.
 *
 * <p>Every question may throw {@link ChainUnavailable}; {@link #broadcast} says so as an outcome.
 * The best chain may change between two questions. Safe for use by several threads.
 */
public interface ChainSource extends AutoCloseable {
  Network network();

  /** The last block of the best chain. */
  Tip tip();

  /** The block at {@code height} of the best chain, or null above its tip. */
  @Nullable Tip at(int height);

  /** A whole block by its hash, or null when it is not on the best chain. */
  @Nullable ChainBlock block(String hash);

  /** Ids of all transactions in the mempool. */
  Set<String> mempool();

  /** Those of {@code txids} that are in the mempool still, parents before children. */
  List<Transaction> mempoolTransactions(Collection<String> txids);

  /**
   * Whether its mempool is only what it overheard: what is missing from it may wait all the same,
   * and it has to be told what to {@link #keep}.
   */
  default boolean overhears() {
    return false;
  }

  /** Exactly these wait as far as the index knows; they count until something shows otherwise. */
  default void keep(Collection<Transaction> waiting) {
    // whoever knows the whole mempool knows better
  }

  /** Hands a transaction to the network. */
  BroadcastOutcome broadcast(byte[] raw);

  /** What the network would charge, satoshis per 1,000 virtual bytes. */
  Fees fees();

  /**
   * What a waiting transaction and those that it builds on pay; null when it does not wait, or the
   * source cannot tell.
   */
  default @Nullable Ancestry ancestry(String txid) {
    return null;
  }

  /** How it is; never throws. */
  ChainHealth health();

  /** How long to wait before asking again when nobody {@linkplain #onChange called}. */
  Duration pollInterval();

  /**
   * Calls {@code listener}, on any thread, soon after something changed, if the source can tell.
   */
  void onChange(Runnable listener);

  @Override
  void close();
}
