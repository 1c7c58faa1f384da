package org.trefoil.server.chain.follow;

import java.time.InstantSource;
import org.trefoil.core.keys.PublicCurve;
import org.trefoil.server.chain.ChainSource;
import org.trefoil.server.chain.Reservations;
import org.trefoil.server.store.Database;
import org.trefoil.server.store.JdbiChainReader;
import org.trefoil.server.store.JdbiChainStore;
import org.trefoil.server.store.JdbiWatchStore;

/** What follows a chain, with its rows in a database. */
public final class Following {
  private Following() {}

  public static Follower follower(Database database, ChainSource source, InstantSource clock) {
    return follower(database, source, clock, PublicCurve.EVERYWHERE);
  }

  static Follower follower(
      Database database, ChainSource source, InstantSource clock, PublicCurve curve) {
    return new Follower(
        source,
        new JdbiChainStore(database),
        new JdbiWatchStore(database),
        database.cluster(),
        clock,
        curve);
  }

  /** The index that {@code follower} keeps, where no coin is reserved. */
  public static FollowedChain index(Database database, ChainSource source, Follower follower) {
    return index(database, source, follower, Reservations.NONE);
  }

  static FollowedChain index(
      Database database, ChainSource source, Follower follower, Reservations reservations) {
    return new FollowedChain(
        source,
        follower,
        new JdbiWatchStore(database),
        new JdbiChainReader(database),
        reservations);
  }
}
