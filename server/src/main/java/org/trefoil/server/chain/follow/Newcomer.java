package org.trefoil.server.chain.follow;

/**
 * A wallet whose past is still to be read.
 *
 * @param scanned the height up to which it has been; −1 before the first block
 */
public record Newcomer(String walletId, int scanned) {}
