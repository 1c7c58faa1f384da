package org.trefoil.server.chain.practice;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bitcoinj.core.Transaction;
import org.bitcoinj.core.TransactionInput;
import org.bitcoinj.core.TransactionOutput;
import org.jspecify.annotations.Nullable;
import org.trefoil.core.coins.Outpoint;
import org.trefoil.server.chain.Ancestry;
import org.trefoil.server.chain.script.InputCheck;

/**
 * What waits for a block, parents before children, and who may enter.
 *
 * <p>The order of the checks, their limits and the words of the refusals are those of a node with
 * its default settings: 1 sat/vB at least and at most 0.1 BTC/kvB, chains of at most 25 that wait,
 * replacement by BIP-0125.
 */
final class Mempool {
  private static final long MIN_RELAY = 1;
  private static final long MAX_FEE_PER_KVB = 10_000_000;
  private static final int MAX_CHAIN = 25;
  private static final long MAX_CHAIN_VBYTES = 101_000;
  private static final int MAX_EVICTED = 100;
  private static final int BYTES_PER_SIGOP = 20;
  private static final long LOCK_TIME_THRESHOLD = 500_000_000;
  private static final long SEQUENCE_FINAL = 0xffffffffL;

  private final Ledger ledger;
  private final Map<String, PooledTransaction> entries = new LinkedHashMap<>();
  private final Map<Outpoint, String> spenders = new HashMap<>();

  /**
   * What came of a transaction that wanted in.
   *
   * @param refusal null when it entered
   * @param evicted those that it replaced
   */
  record Entry(@Nullable String refusal, @Nullable PooledTransaction entered, Set<String> evicted) {
    static Entry refused(String reason) {
      return new Entry(reason, null, Set.of());
    }
  }

  Mempool(Ledger ledger) {
    this.ledger = ledger;
  }

  /** The transaction in its only encoding, or null when the bytes are anything else. */
  static @Nullable Transaction decode(byte[] raw) {
    try {
      Transaction tx = Transaction.read(ByteBuffer.wrap(raw));
      return Arrays.equals(tx.serialize(), raw) ? tx : null;
    } catch (RuntimeException e) {
      return null;
    }
  }

  Set<String> ids() {
    return new LinkedHashSet<>(entries.keySet());
  }

  List<PooledTransaction> all() {
    return new ArrayList<>(entries.values());
  }

  @Nullable PooledTransaction get(String txid) {
    return entries.get(txid);
  }

  boolean spends(Outpoint outpoint) {
    return spenders.containsKey(outpoint);
  }

  void clear() {
    entries.clear();
    spenders.clear();
  }

  /** Takes {@code txids} out, and nothing else: their children stay. */
  void remove(Collection<String> txids) {
    for (String txid : txids) {
      PooledTransaction gone = entries.remove(txid);
      if (gone != null) {
        gone.spends().forEach(spenders::remove);
      }
    }
  }

  /** The transaction and all that build on it. */
  Set<String> withDescendants(String txid) {
    Set<String> found = new LinkedHashSet<>(Set.of(txid));
    for (PooledTransaction entry : entries.values()) {
      if (entry.parents().stream().anyMatch(found::contains)) {
        found.add(entry.txid());
      }
    }
    return found;
  }

  /** The transaction's ancestors that wait, without itself. */
  Set<String> ancestors(Collection<String> parents) {
    Set<String> found = new HashSet<>();
    Deque<String> open = new ArrayDeque<>(parents);
    while (!open.isEmpty()) {
      String next = open.pop();
      PooledTransaction entry = entries.get(next);
      if (entry != null && found.add(next)) {
        open.addAll(entry.parents());
      }
    }
    return found;
  }

  /** The transaction and its ancestors that wait, together; null when it does not wait. */
  @Nullable Ancestry ancestry(String txid) {
    PooledTransaction entry = entries.get(txid);
    if (entry == null) {
      return null;
    }
    Set<String> above = ancestors(entry.parents());
    long fee = entry.fee() + above.stream().mapToLong(this::feeOf).sum();
    return new Ancestry(fee, entry.vsize() + above.stream().mapToLong(this::sizeOf).sum());
  }

  /** Judges a transaction and, when nothing is wrong with it, lets it in. */
  Entry enter(byte[] raw) {
    Transaction tx = decode(raw);
    if (tx == null) {
      return Entry.refused("TX decode failed");
    }
    String refusal = TransactionRules.refuse(tx);
    if (refusal == null && !isFinal(tx)) {
      refusal = "non-final";
    }
    return refusal != null ? Entry.refused(refusal) : enter(tx, raw);
  }

  private Entry enter(Transaction tx, byte[] raw) {
    int nextHeight = ledger.tip().height() + 1;
    Set<String> conflicts = new LinkedHashSet<>();
    Set<String> parents = new LinkedHashSet<>();
    List<Utxo> spent = new ArrayList<>();
    for (TransactionInput input : tx.getInputs()) {
      Outpoint outpoint = Outpoints.spentBy(input);
      Utxo coin = coin(outpoint);
      if (coin == null) {
        return Entry.refused("bad-txns-inputs-missingorspent");
      }
      if (!coin.mature(nextHeight)) {
        return Entry.refused("bad-txns-premature-spend-of-coinbase");
      }
      if (coin.height() == Utxo.IN_MEMPOOL) {
        parents.add(outpoint.txid());
      }
      String rival = spenders.get(outpoint);
      if (rival != null) {
        conflicts.add(rival);
      }
      spent.add(coin);
    }
    if (tx.getVersion() >= 2 && tx.getInputs().stream().anyMatch(Mempool::lockedRelatively)) {
      return Entry.refused("non-BIP68-final");
    }
    long fee =
        spent.stream().mapToLong(Utxo::value).sum()
            - tx.getOutputs().stream().mapToLong(o -> o.getValue().value).sum();
    if (fee < 0) {
      return Entry.refused("bad-txns-in-belowout");
    }
    return enter(tx, raw, spent, fee, parents, conflicts);
  }

  private Entry enter(
      Transaction tx,
      byte[] raw,
      List<Utxo> spent,
      long fee,
      Set<String> parents,
      Set<String> conflicts) {
    long sigops = 0;
    String wrong = null;
    for (int i = 0; i < spent.size() && wrong == null; i++) {
      Utxo coin = spent.get(i);
      InputCheck.Verdict verdict = InputCheck.judge(tx, i, coin.value(), coin.script());
      wrong = verdict.refusal();
      sigops += verdict.sigops();
    }
    if (InputCheck.NOT_STANDARD.equals(wrong)) {
      return Entry.refused(InputCheck.NOT_STANDARD);
    }
    long vsize = (Math.max(TransactionRules.weight(tx), sigops * BYTES_PER_SIGOP) + 3) / 4;
    if (fee < vsize * MIN_RELAY) {
      return Entry.refused("min relay fee not met");
    }
    if (fee * 1000 > vsize * MAX_FEE_PER_KVB) {
      return Entry.refused("max-fee-exceeded");
    }
    String txid = tx.getTxId().toString();
    PooledTransaction entry = new PooledTransaction(txid, tx, raw.clone(), fee, vsize, parents);
    Set<String> evicted = new LinkedHashSet<>();
    conflicts.forEach(rival -> evicted.addAll(withDescendants(rival)));
    String refusal = conflicts.isEmpty() ? null : replaces(entry, conflicts, evicted);
    if (refusal == null) {
      refusal = tooLong(entry, evicted);
    }
    if (refusal == null) {
      refusal = wrong;
    }
    if (refusal != null) {
      return Entry.refused(refusal);
    }
    remove(evicted);
    entries.put(txid, entry);
    entry.spends().forEach(outpoint -> spenders.put(outpoint, txid));
    return new Entry(null, entry, evicted);
  }

  /**
   * BIP-0125: rivals allow it, no new unconfirmed input, pays for all it throws out and for itself.
   */
  private @Nullable String replaces(
      PooledTransaction entry, Set<String> conflicts, Set<String> evicted) {
    if (evicted.size() > MAX_EVICTED) {
      return "too many potential replacements";
    }
    Set<String> parentsOfRivals = new HashSet<>();
    for (String rival : conflicts) {
      PooledTransaction old = entries.get(rival);
      if (old == null || !old.replaceable()) {
        return "txn-mempool-conflict";
      }
      parentsOfRivals.addAll(old.parents());
      if (entry.fee() * old.vsize() <= old.fee() * entry.vsize()) {
        return "insufficient fee";
      }
    }
    if (ancestors(entry.parents()).stream().anyMatch(evicted::contains)) {
      return "bad-txns-spends-conflicting-tx";
    }
    if (!parentsOfRivals.containsAll(entry.parents())) {
      return "replacement-adds-unconfirmed";
    }
    long thrownOut = evicted.stream().mapToLong(txid -> feeOf(txid)).sum();
    return entry.fee() < thrownOut + entry.vsize() * MIN_RELAY ? "insufficient fee" : null;
  }

  /** At most 25 that wait, and 101,000 vbytes, on any line from oldest ancestor to newest child. */
  private @Nullable String tooLong(PooledTransaction entry, Set<String> evicted) {
    Set<String> above = ancestors(entry.parents());
    long size = entry.vsize() + above.stream().mapToLong(this::sizeOf).sum();
    boolean tooLong = above.size() + 1 > MAX_CHAIN || size > MAX_CHAIN_VBYTES;
    for (String ancestor : above) {
      Set<String> below = withDescendants(ancestor);
      below.removeAll(evicted);
      long family = entry.vsize() + below.stream().mapToLong(this::sizeOf).sum();
      tooLong |= below.size() + 1 > MAX_CHAIN || family > MAX_CHAIN_VBYTES;
    }
    return tooLong ? "too-long-mempool-chain" : null;
  }

  private @Nullable Utxo coin(Outpoint outpoint) {
    PooledTransaction parent = entries.get(outpoint.txid());
    if (parent == null) {
      return ledger.coin(outpoint);
    }
    List<TransactionOutput> outputs = parent.transaction().getOutputs();
    if (outpoint.vout() >= outputs.size()) {
      return null;
    }
    TransactionOutput output = outputs.get(outpoint.vout());
    return new Utxo(output.getValue().value, output.getScriptBytes(), Utxo.IN_MEMPOOL, false);
  }

  private long feeOf(String txid) {
    PooledTransaction entry = entries.get(txid);
    return entry == null ? 0 : entry.fee();
  }

  private long sizeOf(String txid) {
    PooledTransaction entry = entries.get(txid);
    return entry == null ? 0 : entry.vsize();
  }

  /**
   * Whether the next block may hold it: lock by height, or by the median time of the last blocks.
   */
  private boolean isFinal(Transaction tx) {
    long lock = tx.lockTime().rawValue();
    long now = lock < LOCK_TIME_THRESHOLD ? ledger.tip().height() + 1L : ledger.medianTime();
    return lock < now
        || tx.getInputs().stream().allMatch(i -> i.getSequenceNumber() == SEQUENCE_FINAL);
  }

  /** A relative lock (BIP-0068) of any length but none; wallets of this family make none. */
  private static boolean lockedRelatively(TransactionInput input) {
    long sequence = input.getSequenceNumber();
    return (sequence & 0x80000000L) == 0 && (sequence & 0x0040ffffL) != 0;
  }
}
