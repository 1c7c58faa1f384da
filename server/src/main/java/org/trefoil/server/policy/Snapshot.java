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
 * @param newKeysAt when the keys that it moves to came into use; null when it moves to none, or
 *     before that was noted
 * @param votes who may say yes to it, and who did
 * @param by the account that begins it; null when that is not known
 * @param knownSince since when the browser is known in which it is confirmed; null where nobody
 *     asks
 */
public record Snapshot(
    Instant now,
    Instant careful,
    Sats lastDay,
    List<Past> past,
    Set<String> paidBefore,
    @Nullable Instant heldSince,
    @Nullable String address,
    @Nullable Instant newKeysAt,
    Votes votes,
    @Nullable String by,
    @Nullable Instant knownSince) {
  public Snapshot {
    past = List.copyOf(past);
    paidBefore = Set.copyOf(paidBefore);
  }

  /**
   * What members say of a send.
   *
   * @param asked accounts that may say yes as things are: members who are named and did not begin
   *     it
   * @param yes accounts that said yes to exactly it
   */
  public record Votes(Set<String> asked, Set<String> yes) {
    /** Nobody is asked. */
    public static final Votes NONE = new Votes(Set.of(), Set.of());

    public Votes {
      asked = Set.copyOf(asked);
      yes = Set.copyOf(yes);
    }

    /** How many yeses count. */
    long count() {
      return yes.stream().filter(asked::contains).count();
    }
  }

  /**
   * Something that was sent.
   *
   * @param cost fees included
   * @param first whether it counts as a send, and not as another version of one
   * @param by the account that began it; null when that is not known
   */
  public record Past(Instant at, long cost, boolean first, @Nullable String by) {}
}
