package org.trefoil.server.http;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.trefoil.core.policy.IpRange;
import org.trefoil.core.units.Network;
import org.trefoil.server.config.ReleaseNumber;
import org.trefoil.server.tls.LiveTls;

/**
 * What the door is told at start.
 *
 * @param host address to bind, for example {@code 127.0.0.1}
 * @param port to bind; 0 for any free one
 * @param origin what visitors type, for example {@code https://wallet.example}; null for plain http
 *     on this machine alone
 * @param network whose coins these are
 * @param practice whether the chain is the practice chain
 * @param trustedProxies whose {@code X-Forwarded-For} is believed
 * @param release folder of the signed release that this server is; null when it is none
 * @param https TLS of our own; null when {@code port} speaks plain http
 * @param minClient the oldest release whose open pages are answered; null for any
 */
public record HttpSettings(
    String host,
    int port,
    @Nullable String origin,
    Network network,
    boolean practice,
    List<IpRange> trustedProxies,
    @Nullable Path release,
    @Nullable Https https,
    @Nullable ReleaseNumber minClient) {

  /**
   * TLS of our own, for an origin that begins with {@code https:}.
   *
   * @param httpPort where plain http is sent on to https; 0 for any free one, −1 for nowhere
   */
  public record Https(LiveTls tls, int httpPort) {}
}
