package org.trefoil.server.chain.follow;

import org.jspecify.annotations.Nullable;
import org.trefoil.core.keys.Cosigners;

/**
 * A wallet that is followed.
 *
 * @param scannedHeight up to where its past was read; null once it is followed with all others
 */
public record WatchedWallet(
    String walletId, Cosigners cosigners, int birthHeight, @Nullable Integer scannedHeight) {}
