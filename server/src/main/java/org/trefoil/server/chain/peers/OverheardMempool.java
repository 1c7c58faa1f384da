package org.trefoil.server.chain.peers;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bitcoinj.base.Sha256Hash;
import org.bitcoinj.core.Transaction;
import org.bitcoinj.core.TransactionInput;
import org.bitcoinj.core.TransactionOutPoint;
import org.jspecify.annotations.Nullable;

/**
 * Transactions that wait, as far as peers announced them since we listen. Nobody here can tell
 * whether their coins exist or their signatures are right; so a transaction counts once two peers
 * announced it (one, while there is only one), and of two that spend one coin the later counts, as
 * peers relay a replacement only when they took it.
 *
 * <p>It keeps {@value #MOST_BYTES} bytes at most and forgets the oldest first, but never those that
 * the index {@linkplain #keep holds}.
 */
final class OverheardMempool {
  private static final long MOST_BYTES = 24_000_000;
  private static final int MOST_BODILESS = 50_000;
  private static final int MOST_SIZE = 400_000;
  private static final Duration FETCH = Duration.ofSeconds(20);
  private static final Duration EXPIRES = Duration.ofDays(14);

  private static final class Entry {
    final Set<RemotePeer> announcers = new HashSet<>(2);
    final Set<RemotePeer> sentTo = new HashSet<>(2);
    final long since;
    byte @Nullable [] raw;
    boolean kept;
    boolean own;

    /** A peer that did not have it from us has it. */
    boolean seenElsewhere;

    long fetchingSince;

    Entry(long since) {
      this.since = since;
    }
  }

  private final InstantSource clock;
  private final Map<String, Entry> entries = new LinkedHashMap<>();
  private final Map<TransactionOutPoint, String> spenders = new HashMap<>();
  private long bytes;

  OverheardMempool(InstantSource clock) {
    this.clock = clock;
  }

  /** Those of the announced ones that {@code peer} should be asked for. */
  synchronized List<Sha256Hash> announced(RemotePeer peer, List<Sha256Hash> txids) {
    long now = clock.millis();
    List<Sha256Hash> fetch = new ArrayList<>();
    for (Sha256Hash txid : txids) {
      Entry entry = entries.get(txid.toString());
      if (entry == null) {
        if (entries.size() >= MOST_BODILESS && !makeRoom()) {
          continue;
        }
        entry = new Entry(now);
        entries.put(txid.toString(), entry);
      }
      if (!entry.sentTo.contains(peer)) {
        entry.announcers.add(peer);
        entry.seenElsewhere |= entry.own;
      }
      if (entry.raw == null && now - entry.fetchingSince > FETCH.toMillis()) {
        entry.fetchingSince = now;
        fetch.add(txid);
      }
    }
    notifyAll();
    return fetch;
  }

  /**
   * A body arrived, while so many peers are connected; false when nobody asked for it, or when it
   * would throw out what the index holds and does not count itself: it is fetched again once
   * another announces it.
   */
  synchronized boolean arrived(RemotePeer from, Transaction tx, int peers) {
    Entry entry = entries.get(tx.getTxId().toString());
    if (entry == null) {
      return false;
    }
    if (entry.own) {
      entry.seenElsewhere = true; // only asked of a peer that did not have it from us
      entry.announcers.add(from);
      notifyAll();
    } else if (entry.raw == null) {
      if (entry.announcers.size() < enough(peers) && rivals(tx).stream().anyMatch(this::isKept)) {
        entry.fetchingSince = 0;
        return false;
      }
      put(tx, entry);
    }
    return true;
  }

  private boolean isKept(String txid) {
    Entry entry = entries.get(txid);
    return entry != null && entry.kept;
  }

  /** Those that spend one of its coins. */
  private Set<String> rivals(Transaction tx) {
    Set<String> rivals = new HashSet<>();
    for (TransactionInput input : tx.getInputs()) {
      String rival = spenders.get(input.getOutpoint());
      if (rival != null) {
        rivals.add(rival);
      }
    }
    return rivals;
  }

  /** How many must have announced a transaction. */
  private static int enough(int peers) {
    return Math.max(1, Math.min(2, peers));
  }

  synchronized void notFound(Sha256Hash txid) {
    Entry entry = entries.get(txid.toString());
    if (entry != null && entry.raw == null) {
      entry.fetchingSince = 0;
    }
  }

  /** A peer left: what only it announced counts on, so that it does not come and go. */
  synchronized void left(RemotePeer peer) {
    entries.values().forEach(entry -> entry.sentTo.remove(peer));
  }

  /** One of ours is about to be handed out. */
  synchronized void own(Transaction tx) {
    Entry entry = entries.computeIfAbsent(tx.getTxId().toString(), id -> new Entry(clock.millis()));
    if (entry.raw == null) {
      put(tx, entry);
    }
    entry.seenElsewhere |= !entry.own && !entry.announcers.isEmpty();
    entry.own = true;
    entry.kept = true;
  }

  synchronized void sentTo(String txid, RemotePeer peer) {
    Entry entry = entries.get(txid);
    if (entry != null) {
      entry.sentTo.add(peer);
    }
  }

  synchronized Set<RemotePeer> hadFromUs(String txid) {
    Entry entry = entries.get(txid);
    return entry == null ? Set.of() : Set.copyOf(entry.sentTo);
  }

  synchronized boolean seenElsewhere(String txid) {
    Entry entry = entries.get(txid);
    return entry != null && (entry.seenElsewhere || (!entry.own && entry.raw != null));
  }

  /** Waits until somebody else was seen to have it; false when that takes too long. */
  synchronized boolean awaitSeen(String txid, Duration atMost) throws InterruptedException {
    long end = System.nanoTime() + atMost.toNanos();
    while (!seenElsewhere(txid)) {
      long left = (end - System.nanoTime()) / 1_000_000;
      if (left <= 0) {
        return false;
      }
      wait(left);
    }
    return true;
  }

  /** Ids of those that count, when so many peers are connected. */
  synchronized Set<String> ids(int peers) {
    int enough = enough(peers);
    Set<String> ids = new LinkedHashSet<>();
    entries.forEach(
        (txid, entry) -> {
          boolean counts =
              entry.own ? entry.seenElsewhere : entry.kept || entry.announcers.size() >= enough;
          if (entry.raw != null && counts) {
            ids.add(txid);
          }
        });
    return ids;
  }

  synchronized List<Transaction> get(Collection<String> txids) {
    List<Transaction> found = new ArrayList<>();
    for (String txid : txids) {
      Entry entry = entries.get(txid);
      if (entry != null && entry.raw != null) {
        found.add(Transaction.read(ByteBuffer.wrap(entry.raw)));
      }
    }
    return found;
  }

  /** Exactly these are in the index without a block; they count until they are known to be gone. */
  synchronized void keep(Collection<Transaction> waiting) {
    Set<String> txids = new HashSet<>();
    for (Transaction tx : waiting) {
      String txid = tx.getTxId().toString();
      txids.add(txid);
      Entry entry = entries.computeIfAbsent(txid, id -> new Entry(clock.millis()));
      if (entry.raw == null) {
        put(tx, entry);
      }
    }
    entries.forEach((txid, entry) -> entry.kept = entry.own || txids.contains(txid));
  }

  /** A block of the best chain: what it holds waits no longer, nor what spends the same coins. */
  synchronized void mined(List<Transaction> transactions) {
    for (Transaction tx : transactions) {
      remove(tx.getTxId().toString());
      rivals(tx).forEach(this::removeWithChildren);
    }
  }

  /** Forgets what waits too long, and those whose bodies never came. */
  synchronized void tick() {
    long now = clock.millis();
    List<String> old = new ArrayList<>();
    entries.forEach(
        (txid, entry) -> {
          boolean bodiless = entry.raw == null && now - entry.since > 10 * FETCH.toMillis();
          if (bodiless || now - entry.since > EXPIRES.toMillis()) {
            old.add(txid);
          }
        });
    old.forEach(this::removeWithChildren);
  }

  private void put(Transaction tx, Entry entry) {
    byte[] raw = tx.serialize();
    if (raw.length > MOST_SIZE) {
      return; // no peer relays that
    }
    rivals(tx).forEach(this::removeWithChildren);
    entry.raw = raw;
    bytes += raw.length;
    String txid = tx.getTxId().toString();
    entries.put(txid, entry);
    tx.getInputs().forEach(input -> spenders.put(input.getOutpoint(), txid));
    while (bytes > MOST_BYTES && makeRoom()) {
      continue;
    }
  }

  /** Drops the oldest that nobody holds. */
  private boolean makeRoom() {
    for (Map.Entry<String, Entry> each : entries.entrySet()) {
      if (!each.getValue().kept) {
        remove(each.getKey());
        return true;
      }
    }
    return false;
  }

  private void removeWithChildren(String txid) {
    Transaction tx = remove(txid);
    if (tx != null) {
      for (int vout = 0; vout < tx.getOutputs().size(); vout++) {
        String child = spenders.get(new TransactionOutPoint(vout, tx.getTxId()));
        if (child != null) {
          removeWithChildren(child);
        }
      }
    }
  }

  private @Nullable Transaction remove(String txid) {
    Entry entry = entries.remove(txid);
    if (entry == null || entry.raw == null) {
      return null;
    }
    bytes -= entry.raw.length;
    Transaction tx = Transaction.read(ByteBuffer.wrap(entry.raw));
    tx.getInputs().forEach(input -> spenders.remove(input.getOutpoint(), txid));
    return tx;
  }
}
