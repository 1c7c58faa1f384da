package org.trefoil.server.config;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.trefoil.core.units.Network;
import org.trefoil.core.units.Sats;

/**
 * What the operator chose, complete and consistent.
 *
 * @param db null for the database in the data folder
 * @param publicUrl null for plain http on this machine alone
 * @param practice whether the chain lives in this process
 * @param node where bitcoind is; null on the practice chain
 * @param practiceBlocks time between practice blocks; zero for on demand only
 * @param limitPerDay most that one wallet may send in 24 hours; null for no limit
 * @param operator where the operator reads how things are; null for nowhere
 * @param jsonLog whether the log is lines of JSON, not of text
 */
public record Config(
    Path data,
    @Nullable Db db,
    int port,
    String bind,
    @Nullable String publicUrl,
    @Nullable String trustedProxy,
    Network network,
    boolean practice,
    @Nullable Node node,
    Duration practiceBlocks,
    @Nullable Sats limitPerDay,
    @Nullable Listener operator,
    boolean jsonLog) {

  /** An address to serve on; port 0 for any free one. */
  public record Listener(String bind, int port) {}

  /** A PostgreSQL: a JDBC address without user and password, and a file that holds the latter. */
  public record Db(String url, @Nullable String user, @Nullable Path passwordFile) {}

  /**
   * How to reach bitcoind: with its cookie file, or with a user and a file that holds the password.
   */
  public record Node(
      URI address, @Nullable Path cookie, @Nullable String user, @Nullable Path passwordFile) {}

  /** What the data folder belongs to: another kind of chain must not be put on it. */
  public String chainName() {
    return practice ? "practice" : network.id();
  }
}
