package org.trefoil.server.policy;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.trefoil.core.units.Sats;

/**
 * How things stand when a send is judged.
 *
 * @param now by the clock, for hours of the day
 * @param careful by a clock that no jump forward moves, for windows and holds
 * @param lastDay what the wallet sent in the last 24 hours, fees included
 * @param past what it sent, as far back as the longest window
 * @param paidBefore of the addresses to be paid, those that a send of the wallet paid before
 * @param heldSince when the second factor was given for a send that waits; null for none that does
 * @param address from which network address it is asked for; null when that is not known
 */
public record Snapshot(
    Instant now,
    Instant careful,
    Sats lastDay,
    List<Past> past,
    Set<String> paidBefore,
    @Nullable Instant heldSince,
    @Nullable String address) {
  public Snapshot {
    past = List.copyOf(past);
    paidBefore = Set.copyOf(paidBefore);
  }

  /**
   * Something that was sent.
   *
   * @param cost fees included
   * @param first whether it counts as a send, and not as another version of one
   */
  public record Past(Instant at, long cost, boolean first) {}
}
