package org.trefoil.server.chain.peers;

import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.bitcoinj.net.NioClientManager;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps some connections open: tries addresses, waits ever longer before it tries a dead one again,
 * and leaves alone for a day those that misbehaved.
 */
final class PeerPool implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(PeerPool.class);

  /** How long a peer that misbehaved is not asked again. */
  static final Duration BAN = Duration.ofHours(24);

  private static final Duration HANDSHAKE = Duration.ofSeconds(10);
  private static final Duration LOOK_UP_AGAIN = Duration.ofSeconds(30);
  private static final long FIRST_WAIT_MS = 500;
  private static final long LONGEST_WAIT_MS = 60_000;

  /** What is known about an address. */
  private static final class Record {
    long notBefore;
    int failures;
    boolean inUse;
  }

  private final Seeds seeds;
  private final int wanted;
  private final InstantSource clock;
  private final Function<InetSocketAddress, RemotePeer> opener;
  private final NioClientManager network = new NioClientManager();
  private final Map<InetSocketAddress, Record> book = new HashMap<>();
  private final List<RemotePeer> opening = new CopyOnWriteArrayList<>();
  private final List<RemotePeer> ready = new CopyOnWriteArrayList<>();
  private final AtomicBoolean looking = new AtomicBoolean();
  private final SecureRandom random = new SecureRandom();
  private long lookedUpAt;

  PeerPool(
      Seeds seeds,
      int wanted,
      InstantSource clock,
      Function<InetSocketAddress, RemotePeer> opener) {
    this.seeds = seeds;
    this.wanted = wanted;
    this.clock = clock;
    this.opener = opener;
    BitcoinjThread.prepare();
    network.startAsync().awaitRunning();
  }

  /** Those that shook hands and are of use. */
  List<RemotePeer> ready() {
    return ready;
  }

  /** Opens and closes what is due. */
  void tick() {
    long now = clock.millis();
    for (RemotePeer peer : opening) {
      if (now - peer.openedAt() > HANDSHAKE.toMillis()) {
        gone(peer);
        peer.close();
      }
    }
    if (ready.size() + opening.size() < wanted) {
      for (InetSocketAddress address : due(now)) {
        open(address);
      }
    }
  }

  private synchronized List<InetSocketAddress> due(long now) {
    List<InetSocketAddress> due = new ArrayList<>();
    for (Map.Entry<InetSocketAddress, Record> each : book.entrySet()) {
      if (!each.getValue().inUse && each.getValue().notBefore <= now) {
        due.add(each.getKey());
      }
    }
    boolean scarce = due.isEmpty();
    if (scarce && (lookedUpAt == 0 || now - lookedUpAt > LOOK_UP_AGAIN.toMillis())) {
      lookedUpAt = now;
      lookUp();
    }
    Collections.shuffle(due, random);
    List<InetSocketAddress> chosen =
        due.subList(0, Math.min(due.size(), wanted - ready.size() - opening.size()));
    chosen.forEach(address -> Objects.requireNonNull(book.get(address)).inUse = true);
    return chosen;
  }

  private void lookUp() {
    if (looking.compareAndSet(false, true)) {
      Thread thread =
          new Thread(
              () -> {
                try {
                  List<InetSocketAddress> found = seeds.find();
                  synchronized (this) {
                    found.stream()
                        .filter(address -> !address.isUnresolved())
                        .forEach(address -> book.computeIfAbsent(address, a -> new Record()));
                  }
                } finally {
                  looking.set(false);
                }
              },
              "peer-seeds");
      thread.setDaemon(true);
      thread.start();
    }
  }

  private void open(InetSocketAddress address) {
    BitcoinjThread.prepare();
    RemotePeer peer = opener.apply(address);
    opening.add(peer);
    network
        .openConnection(address, peer.peer())
        .whenComplete(
            (connected, failure) -> {
              if (failure != null) {
                gone(peer);
              }
            });
  }

  /** It shook hands: from now on it is asked, or sent away when it has nothing for us. */
  boolean welcome(RemotePeer peer) {
    opening.remove(peer);
    if (!peer.useful()) {
      drop(peer, "it has no blocks with witnesses");
      return false;
    }
    if (peer.closed()) {
      return false;
    }
    ready.add(peer);
    LOG.info("Peer {} is connected, {} in all", peer, ready.size());
    return true;
  }

  /** The connection ended. */
  void gone(RemotePeer peer) {
    boolean was = opening.remove(peer) | ready.remove(peer);
    if (was) {
      synchronized (this) {
        Record about = book.computeIfAbsent(peer.address(), a -> new Record());
        about.inUse = false;
        boolean lasted = clock.millis() - peer.openedAt() > LONGEST_WAIT_MS;
        about.failures = lasted ? 0 : Math.min(about.failures + 1, 16);
        long wait = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS << Math.min(about.failures, 10));
        about.notBefore = Math.max(about.notBefore, clock.millis() + wait);
      }
      LOG.info("Peer {} is gone, {} are left", peer, ready.size());
    }
  }

  /** Sends a peer away that misbehaved, and does not ask it again for {@link #BAN}. */
  void drop(RemotePeer peer, String why) {
    LOG.warn("Peer {} is sent away: {}", peer, why);
    synchronized (this) {
      book.computeIfAbsent(peer.address(), a -> new Record()).notBefore =
          clock.millis() + BAN.toMillis();
    }
    gone(peer);
    peer.close();
  }

  @Override
  public void close() {
    opening.forEach(RemotePeer::close);
    ready.forEach(RemotePeer::close);
    network.stopAsync();
  }
}
