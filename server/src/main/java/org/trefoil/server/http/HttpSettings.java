package org.trefoil.server.http;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.trefoil.core.units.Network;

/**
 * What the door is told at start.
 *
 * @param host address to bind, for example {@code 127.0.0.1}
 * @param port to bind; 0 for any free one
 * @param origin what visitors type, for example {@code https://wallet.example}; null for plain http
 *     on this machine alone
 * @param network whose coins these are
 * @param practice whether the chain is the practice chain
 * @param trustedProxy address of the one proxy whose {@code X-Forwarded-For} is believed; null for
 *     none
 * @param release folder of the signed release that this server is; null when it is none
 */
public record HttpSettings(
    String host,
    int port,
    @Nullable String origin,
    Network network,
    boolean practice,
    @Nullable String trustedProxy,
    @Nullable Path release) {}
