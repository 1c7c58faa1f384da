package org.trefoil.server.spend;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.trefoil.core.units.Sats;
import org.trefoil.core.wire.HistoryItem;
import org.trefoil.server.chain.ChainIndex;
import org.trefoil.server.policy.Snapshot;

/**
 * What a wallet sent lately, at whatever moment that is asked: each window slides.
 *
 * <p>Whoever asks holds the wallet's lock. What a copy of this server signed before a restore is
 * not in its records; what of that the chain shows counts as well. Several versions of one send
 * count once.
 */
public final class Velocity {
  static final Duration DAY = Duration.ofDays(1);

  private final SendStore store;
  private final JudgingStore judging;
  private final ChainIndex chain;
  private final InstantSource clock;
  private final InstantSource careful;

  /**
   * For all wallets.
   *
   * @param careful a clock that no jump forward moves, for the beginning of the window
   */
  public Velocity(
      SendStore store,
      JudgingStore judging,
      ChainIndex chain,
      InstantSource clock,
      InstantSource careful) {
    this.store = store;
    this.judging = judging;
    this.chain = chain;
    this.clock = clock;
    this.careful = careful;
  }

  /**
   * What counts against the limits.
   *
   * @param lastDay what was sent in the last 24 hours, fees included
   * @param past what was sent as far back as was asked
   * @param now when a send is approved that is approved now: never before the wallet's last one
   */
  record Pace(Sats lastDay, List<Snapshot.Past> past, Instant now) {}

  Instant now() {
    return clock.instant();
  }

  /** A clock that no jump forward moves. */
  Instant careful() {
    return careful.instant();
  }

  /**
   * How the wallet spends.
   *
   * @param completeSince when our records begin to be complete
   * @param back how far back single sends are asked for; nothing for none
   */
  Pace pace(String walletId, Instant completeSince, Duration back) {
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
    List<Snapshot.Past> past = back.isZero() ? List.of() : past(walletId, completeSince, back);
    Instant now = clock.instant();
    return new Pace(new Sats(spent), past, approvals.last().isAfter(now) ? approvals.last() : now);
  }

  private List<Snapshot.Past> past(String walletId, Instant completeSince, Duration back) {
    Instant since = careful.instant().minus(back);
    List<Snapshot.Past> past = new ArrayList<>(judging.past(walletId, since));
    for (String family : store.familiesSince(walletId, since)) {
      past.addAll(new Versions(store.versions(family)).pastSince(since));
    }
    if (completeSince.isAfter(since)) {
      for (HistoryItem item : unrecordedSince(walletId, since)) {
        past.add(new Snapshot.Past(Instant.ofEpochSecond(item.time()), -item.delta(), true, null));
      }
    }
    return past;
  }

  /** What a send of this cost would add: for a replacement, only what is beyond what is counted. */
  Sats adds(Sats cost, Purpose purpose) {
    long counted = 0;
    if (purpose instanceof Purpose.Instead instead) {
      Versions versions = Versions.of(instead.original(), store);
      counted = versions.all().isEmpty() ? instead.original().cost() : versions.counted();
    }
    return new Sats(Math.max(0, cost.value() - counted));
  }

  private long unrecorded(String walletId, Instant since) {
    return unrecordedSince(walletId, since).stream().mapToLong(item -> -item.delta()).sum();
  }

  private List<HistoryItem> unrecordedSince(String walletId, Instant since) {
    return chain.history(walletId).stream()
        .filter(item -> item.delta() < 0 && item.time() > since.getEpochSecond())
        .filter(item -> !store.knows(walletId, item.txid()))
        .toList();
  }
}
