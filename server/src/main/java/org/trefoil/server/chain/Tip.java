package org.trefoil.server.chain;

/**
 * A block's place on the best chain.
 *
 * @param height 0 for genesis
 * @param hash block hash, 64 hexadecimal digits in display order
 * @param time block time, epoch seconds
 */
public record Tip(int height, String hash, long time) {}
