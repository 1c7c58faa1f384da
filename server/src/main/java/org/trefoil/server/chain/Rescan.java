package org.trefoil.server.chain;

import org.jspecify.annotations.Nullable;

/**
 * Blocks that are to be read again for one wallet, from a height or from a time on.
 *
 * @param from the first one; null until the block of {@code time} is found
 * @param time epoch seconds; null when the height was given
 * @param next the one to read next; null before the first
 */
public record Rescan(
    String walletId, @Nullable Integer from, @Nullable Long time, @Nullable Integer next) {

  /** From that height on. */
  public static Rescan fromHeight(String walletId, int height) {
    return new Rescan(walletId, height, null, null);
  }

  /** From that time on, and a little before, as the times of blocks are only about right. */
  public static Rescan fromTime(String walletId, long time) {
    return new Rescan(walletId, null, time, null);
  }
}
