package org.trefoil.server.chain;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where a transaction stands in a wallet's history: what waits on top, the last seen first, below
 * it what is in blocks, the last first.
 *
 * @param newness grows towards the top: {@link #inBlock} or {@link #waiting}
 * @param txid the order, ascending, of those that are equally new
 */
public record HistoryPlace(long newness, String txid) {
  private static final long WAITING = 1L << 52;
  private static final int PLACE_BITS = 20;
  private static final Pattern TEXT = Pattern.compile("(\\d{1,16})-([0-9a-f]{64})");

  /** Newness of a transaction at a place in the block of a height. */
  public static long inBlock(int height, int place) {
    return ((long) height << PLACE_BITS) + place;
  }

  /** Newness of a transaction that waits. */
  public static long waiting(long seenAt) {
    return WAITING + seenAt;
  }

  /** As it is part of an address: newness and id, a hyphen in between. */
  public String text() {
    return newness + "-" + txid;
  }

  /** The place that {@link #text} tells, null when it tells none. */
  public static @Nullable HistoryPlace parse(String text) {
    Matcher parts = TEXT.matcher(text);
    return parts.matches()
        ? new HistoryPlace(Long.parseLong(parts.group(1)), parts.group(2))
        : null;
  }
}
