package org.trefoil.server.spend;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Supplier;
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
  private final Supplier<Instant> completeSince;
  private final InstantSource clock;
  private final InstantSource careful;

  /**
   * For all wallets.
   *
   * @param completeSince when our records begin to be complete
   * @param careful a clock that no jump forward moves, for the beginning of the window
   */
  public Velocity(
      SendStore store,
      ChainIndex chain,
      Supplier<Instant> completeSince,
      InstantSource clock,
      InstantSource careful) {
    this.store = store;
    this.chain = chain;
    this.completeSince = completeSince;
    this.clock = clock;
    this.careful = careful;
  }

  /** Fees included. */
  Sats lastDay(String walletId) {
    Instant since = careful.instant().minus(DAY);
    long spent = store.spentSince(walletId, since);
    for (String family : store.familiesSince(walletId, since)) {
      spent += new Versions(store.versions(family)).countedSince(since);
    }
    if (completeSince.get().isAfter(since)) {
      spent += unrecorded(walletId, since);
    }
    return new Sats(spent);
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

  /** When a send is approved that is approved now: never before the wallet's last one. */
  Instant stamp(String walletId) {
    Instant now = clock.instant();
    Instant last = store.lastApproved(walletId);
    return last.isAfter(now) ? last : now;
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
