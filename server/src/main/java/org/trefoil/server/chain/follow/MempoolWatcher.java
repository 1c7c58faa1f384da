package org.trefoil.server.chain.follow;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.bitcoinj.core.Transaction;
import org.jspecify.annotations.Nullable;
import org.trefoil.server.chain.ChainSource;

/** Keeps the index's transactions without a block in line with the source's mempool. */
final class MempoolWatcher {
  private static final Duration READ_EVERY = Duration.ofMinutes(1);

  private final ChainSource source;
  private final ChainStore store;
  private final SignedSpends signed;
  private final InstantSource clock;
  private final Set<String> seen = new HashSet<>();

  /** What the index has without a block, as far as it is known; read again every now and then. */
  private @Nullable Set<String> waiting;

  private Instant readAt = Instant.EPOCH;

  /** What the source was told to keep. */
  private @Nullable Set<String> kept;

  MempoolWatcher(ChainSource source, ChainStore store, InstantSource clock) {
    this.source = source;
    this.store = store;
    this.signed = new SignedSpends(store);
    this.clock = clock;
  }

  /** How many transactions waited at the last look. */
  int seen() {
    return seen.size();
  }

  /** Looks at every transaction again, because what to look for has changed. */
  void forget() {
    seen.clear();
    kept = null;
    waiting = null;
  }

  /** The chain moved: what waited may be in a block now, or wait again. */
  void moved() {
    waiting = null;
  }

  private Set<String> waiting() {
    Instant now = clock.instant();
    Set<String> known = waiting;
    if (known == null || now.isBefore(readAt) || now.isAfter(readAt.plus(READ_EVERY))) {
      known = store.unconfirmed();
      waiting = known;
      readAt = now;
    }
    return known;
  }

  /**
   * The mempool's ids; a source that overhears only some of it is told before what the index has.
   */
  Set<String> list() {
    if (source.overhears()) {
      Set<String> now = waiting();
      if (!now.equals(kept)) {
        List<Transaction> transactions = new ArrayList<>();
        for (String txid : now) {
          byte[] raw = store.raw(txid);
          if (raw != null) {
            transactions.add(Transaction.read(ByteBuffer.wrap(raw)));
          }
        }
        source.keep(transactions);
        kept = Set.copyOf(now);
      }
    }
    return source.mempool();
  }

  /**
   * Takes up what entered {@code mempool}, as it was listed before the blocks were followed, and
   * drops what left it.
   *
   * @param complete whether a transaction that is not in it has left; not right after a
   *     reorganisation, whose transactions come back only later
   */
  void look(Watchlist watching, Set<String> mempool, boolean complete, Changes changes) {
    Set<String> left = new TreeSet<>();
    if (complete) {
      waiting().stream().filter(txid -> !mempool.contains(txid)).forEach(left::add);
    }
    seen.retainAll(mempool);
    Collection<String> unseen = new ArrayList<>(mempool);
    unseen.removeAll(seen);
    List<Transaction> entered = unseen.isEmpty() ? List.of() : source.mempoolTransactions(unseen);
    Watchlist.Pass pass = watching.pass(entered);
    List<FoundTransaction> found = source.overhears() ? signed.among(pass.found()) : pass.found();
    if (!left.isEmpty() || !found.isEmpty() || !pass.fresh().isEmpty()) {
      long now = clock.instant().getEpochSecond();
      changes.addAll(store.mempool(found, pass.fresh(), left, now));
      Set<String> known = waiting();
      known.removeAll(left);
      found.forEach(tx -> known.add(tx.txid()));
    }
    watching.written();
    entered.forEach(tx -> seen.add(tx.getTxId().toString()));
  }
}
