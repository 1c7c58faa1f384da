package org.trefoil.server.app;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.trefoil.server.chain.ChainHealth;
import org.trefoil.server.chain.ChainIndex;
import org.trefoil.server.chain.ChainSource;
import org.trefoil.server.chain.CoinFinder;
import org.trefoil.server.chain.Practice;
import org.trefoil.server.chain.Reservations;
import org.trefoil.server.chain.bitcoind.BitcoindChain;
import org.trefoil.server.chain.bitcoind.NodeLogin;
import org.trefoil.server.chain.follow.FollowedChain;
import org.trefoil.server.chain.follow.Follower;
import org.trefoil.server.chain.peers.PeerChain;
import org.trefoil.server.chain.peers.PeerSettings;
import org.trefoil.server.chain.practice.PracticeChain;
import org.trefoil.server.cluster.Cluster;
import org.trefoil.server.config.Config;
import org.trefoil.server.cosign.OwnKeys;
import org.trefoil.server.store.Database;
import org.trefoil.server.store.JdbiChainReader;
import org.trefoil.server.store.JdbiChainStore;
import org.trefoil.server.store.JdbiHeaderStore;
import org.trefoil.server.store.JdbiPracticeStore;
import org.trefoil.server.store.JdbiWatchStore;

/** The chain as configured, followed. */
record ChainHouse(
    ChainSource source, Follower follower, ChainIndex index, @Nullable Practice practice)
    implements AutoCloseable {
  private static final int TRIES = 30;
  private static final int PAUSE_MS = 100;

  static ChainHouse open(
      Config config, Database database, Reservations reservations, InstantSource clock)
      throws IOException {
    return of(source(config, database, clock), database, reservations, clock);
  }

  /** A chain from wherever, followed. */
  static ChainHouse of(
      ChainSource source, Database database, Reservations reservations, InstantSource clock) {
    JdbiChainStore store = new JdbiChainStore(database);
    JdbiWatchStore watched = new JdbiWatchStore(database);
    Follower follower =
        new Follower(source, store, watched, database.cluster(), clock, OwnKeys.publicCurve());
    ChainIndex index =
        new FollowedChain(source, follower, watched, new JdbiChainReader(database), reservations);
    Practice practice = source instanceof PracticeChain chain ? chain : null;
    return new ChainHouse(source, follower, index, practice);
  }

  private static ChainSource source(Config config, Database database, InstantSource clock)
      throws IOException {
    Config.Chain chain = config.chain();
    if (chain instanceof Config.Node node) {
      return new BitcoindChain(config.network(), node.address(), login(node), node.zmq(), clock);
    }
    if (chain instanceof Config.Peers peers) {
      PeerSettings settings = PeerSettings.of(config.network(), peers.named());
      return new PeerChain(settings, new JdbiHeaderStore(database), clock);
    }
    refuseToShareThePracticeChain(database.cluster());
    return PracticeChain.open(new JdbiPracticeStore(database), clock);
  }

  /** One that was killed a moment ago is waited for. */
  private static void refuseToShareThePracticeChain(Cluster cluster) {
    for (int i = 0; i < TRIES && !cluster.leads(); i++) {
      try {
        Thread.sleep(PAUSE_MS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        break;
      }
    }
    if (!cluster.leads()) {
      throw new StartRefused(
          "Another server is using this database, and the practice chain lives inside one server:"
              + " several at once need a node or peers, --chain bitcoind or --chain p2p.");
    }
  }

  /** Who can look for coins of no wallet of ours; null where nobody can. */
  @Nullable CoinFinder finder() {
    if (source instanceof BitcoindChain node) {
      return node.coins();
    }
    return source instanceof PracticeChain chain ? chain.coins() : null;
  }

  /** Begins to follow, and to mine where that is ours to do. */
  void start(Config config) {
    if (source instanceof PeerChain peers) {
      peers.start();
    }
    follower.start();
    if (practice instanceof PracticeChain chain && !config.practiceBlocks().isZero()) {
      chain.mineEvery(config.practiceBlocks());
    }
  }

  /** The nodes that answer, by their addresses; none when the chain is in this process. */
  List<String> peers(Config config, ChainHealth health) {
    if (source instanceof PeerChain peers) {
      return peers.connected();
    }
    ChainHealth.State state = health.state();
    boolean away = state == ChainHealth.State.UNREACHABLE || state == ChainHealth.State.DENIED;
    return config.chain() instanceof Config.Node node && !away
        ? List.of(node.address().getAuthority())
        : List.of();
  }

  @Override
  public void close() {
    follower.close();
    source.close();
  }

  private static NodeLogin login(Config.Node node) throws IOException {
    Path cookie = node.cookie();
    if (cookie != null) {
      return NodeLogin.cookie(cookie);
    }
    Path file = Objects.requireNonNull(node.passwordFile());
    try {
      String password = Files.readString(file, StandardCharsets.UTF_8).strip();
      return NodeLogin.password(Objects.requireNonNull(node.user()), password);
    } catch (IOException e) {
      throw new StartRefused("The file with bitcoind's RPC password cannot be read: " + file);
    }
  }
}
