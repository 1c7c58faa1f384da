package org.trefoil.server.spend;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.trefoil.core.units.Sats;
import org.trefoil.core.wire.HistoryItem;
import org.trefoil.server.chain.ChainIndex;

/**
 * What a wallet sent in the last 24 hours, at whatever moment that is asked: the window slides.
 *
 * <p>Whoever asks holds the wallet's lock. What a copy of this server signed before a restore is
 * not in its records; what of that the chain shows counts as well. Several versions of one send
 * count once.
 */
public final class Velocity {
  private static final Duration DAY = Duration.ofDays(1);

  private final SendStore store;
  private final ChainIndex chain;
  private final InstantSource clock;
  private final InstantSource careful;

  /**
   * For all wallets.
   *
   * @param careful a clock that no jump forward moves, for the beginning of the window
   */
  public Velocity(SendStore store, ChainIndex chain, InstantSource clock, InstantSource careful) {
    this.store = store;
    this.chain = chain;
    this.clock = clock;
    this.careful = careful;
  }

  /**
   * What counts against the limits.
   *
   * @param lastDay what was sent in the last 24 hours, fees included
   * @param now when a send is approved that is approved now: never before the wallet's last one
   */
  record Pace(Sats lastDay, Instant now) {}

  /**
   * How the wallet spends.
   *
   * @param completeSince when our records begin to be complete
   */
  Pace pace(String walletId, Instant completeSince) {
    Instant since = careful.instant().minus(DAY);
    SendStore.Approvals approvals = store.approvals(walletId, since);
    long spent = approvals.spent();
    if (approvals.versions()) {
      for (String family : store.familiesSince(walletId, since)) {
        spent += new Versions(store.versions(family)).countedSince(since);
      }
    }
    if (completeSince.isAfter(since)) {
      spent += unrecorded(walletId, since);
    }
    Instant now = clock.instant();
    return new Pace(new Sats(spent), approvals.last().isAfter(now) ? approvals.last() : now);
  }

  /** What a send would add: for a replacement, only what it costs beyond what is counted. */
  Sats adds(SendRecord send, Purpose purpose) {
    long counted = 0;
    if (purpose instanceof Purpose.Instead instead) {
      Versions versions = Versions.of(instead.original(), store);
      counted = versions.all().isEmpty() ? instead.original().cost() : versions.counted();
    }
    return new Sats(Math.max(0, send.cost() - counted));
  }

  private long unrecorded(String walletId, Instant since) {
    long spent = 0;
    for (HistoryItem item : chain.history(walletId)) {
      boolean left = item.delta() < 0 && item.time() > since.getEpochSecond();
      if (left && !store.knows(walletId, item.txid())) {
        spent -= item.delta();
      }
    }
    return spent;
  }
}
