package org.trefoil.server.config;

import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.trefoil.core.policy.IpRange;
import org.trefoil.core.units.Network;
import org.trefoil.core.units.Sats;

/**
 * What the operator chose, complete and consistent.
 *
 * @param db null for the database in the data folder
 * @param publicUrl null for plain http on this machine alone
 * @param tls null when {@code port} speaks plain http
 * @param trustedProxies whose word about visitors' addresses is taken
 * @param chain who tells it
 * @param practiceBlocks time between practice blocks; zero for on demand only
 * @param limitPerDay most that one wallet may send in 24 hours; null for no limit
 * @param limitAllPerDay most that all wallets together may send in 24 hours; null for no limit
 * @param unchosenLimits flags of those of the two of which nothing was said, not even none
 * @param operator where the operator reads how things are; null for nowhere
 * @param smtp who takes our mail; null for nobody
 * @param factorWait how long a lost second factor waits when the user key alone asks
 * @param signer socket of the process that holds the server's keys; null for this one
 * @param release folder of the signed release that this server must be; null when it is none
 * @param minClient the oldest release whose open pages are answered; null for any
 * @param jsonLog whether the log is lines of JSON, not of text
 */
public record Config(
    Path data,
    @Nullable Db db,
    int port,
    String bind,
    @Nullable String publicUrl,
    @Nullable Tls tls,
    List<IpRange> trustedProxies,
    Network network,
    Chain chain,
    Duration practiceBlocks,
    @Nullable Sats limitPerDay,
    @Nullable Sats limitAllPerDay,
    List<String> unchosenLimits,
    @Nullable Listener operator,
    @Nullable Smtp smtp,
    Duration factorWait,
    @Nullable Path signer,
    @Nullable Path release,
    @Nullable ReleaseNumber minClient,
    boolean jsonLog) {

  /** An address to serve on; port 0 for any free one. */
  public record Listener(String bind, int port) {}

  /**
   * TLS of our own.
   *
   * @param httpPort where plain http is sent on to https; 0 for any free one, −1 for nowhere
   */
  public record Tls(Credential credential, int httpPort) {}

  /** Where certificate and private key are. */
  public sealed interface Credential {}

  /** A chain of certificates, the server's own first, and its private key. */
  public record PemFiles(Path chain, Path key) implements Credential {}

  /** A PKCS#12 with one private key, and a file that holds its password. */
  public record KeyStoreFile(Path file, Path passwordFile) implements Credential {}

  /** A PostgreSQL: a JDBC address without user and password, and a file that holds the latter. */
  public record Db(String url, @Nullable String user, @Nullable Path passwordFile) {}

  /**
   * A mail server.
   *
   * @param wrapped whether TLS begins before the first word
   * @param here whether it is on this machine, where TLS is not asked for
   * @param passwordFile holds the password of {@code user}; null as that is
   */
  public record Smtp(
      String host,
      int port,
      boolean wrapped,
      boolean here,
      @Nullable String user,
      @Nullable Path passwordFile,
      String from) {}

  /** Who tells the chain. */
  public sealed interface Chain {}

  /** This process itself. */
  public record Practice() implements Chain {}

  /**
   * A bitcoind: with its cookie file, or with a user and a file that holds the password.
   *
   * @param zmq where it publishes what is new; null to ask again and again
   */
  public record Node(
      URI address,
      @Nullable Path cookie,
      @Nullable String user,
      @Nullable Path passwordFile,
      @Nullable InetSocketAddress zmq)
      implements Chain {}

  /** The network itself: these peers, or when none are named those that its DNS seeds know. */
  public record Peers(List<InetSocketAddress> named) implements Chain {}

  /** Whether the chain lives in this process. */
  public boolean practice() {
    return chain instanceof Practice;
  }

  /** What the data folder belongs to: another kind of chain must not be put on it. */
  public String chainName() {
    return practice() ? "practice" : network.id();
  }
}
