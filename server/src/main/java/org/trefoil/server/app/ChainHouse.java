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
import org.trefoil.server.chain.Practice;
import org.trefoil.server.chain.Reservations;
import org.trefoil.server.chain.bitcoind.BitcoindChain;
import org.trefoil.server.chain.bitcoind.NodeLogin;
import org.trefoil.server.chain.follow.FollowedChain;
import org.trefoil.server.chain.follow.Follower;
import org.trefoil.server.chain.practice.PracticeChain;
import org.trefoil.server.config.Config;
import org.trefoil.server.store.Database;
import org.trefoil.server.store.JdbiChainReader;
import org.trefoil.server.store.JdbiChainStore;
import org.trefoil.server.store.JdbiPracticeStore;
import org.trefoil.server.store.JdbiWatchStore;

/** The chain as configured, followed. */
record ChainHouse(
    ChainSource source, Follower follower, ChainIndex index, @Nullable Practice practice)
    implements AutoCloseable {

  static ChainHouse open(
      Config config, Database database, Reservations reservations, InstantSource clock)
      throws IOException {
    JdbiChainStore store = new JdbiChainStore(database);
    PracticeChain practice = null;
    ChainSource source;
    if (config.practice()) {
      practice = PracticeChain.open(new JdbiPracticeStore(database), clock);
      source = practice;
    } else {
      Config.Node node = Objects.requireNonNull(config.node());
      source = new BitcoindChain(config.network(), node.address(), login(node));
    }
    JdbiWatchStore watched = new JdbiWatchStore(database);
    Follower follower = new Follower(source, store, watched, clock);
    ChainIndex index =
        new FollowedChain(source, follower, watched, new JdbiChainReader(database), reservations);
    return new ChainHouse(source, follower, index, practice);
  }

  /** Begins to follow, and to mine where that is ours to do. */
  void start(Config config) {
    follower.start();
    if (practice instanceof PracticeChain chain && !config.practiceBlocks().isZero()) {
      chain.mineEvery(config.practiceBlocks());
    }
  }

  /** The nodes that answer, by their addresses; none when the chain is in this process. */
  List<String> peers(Config config) {
    Config.Node node = config.node();
    ChainHealth.State state = index.health().state();
    boolean away = state == ChainHealth.State.UNREACHABLE || state == ChainHealth.State.DENIED;
    return node == null || away ? List.of() : List.of(node.address().getAuthority());
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
