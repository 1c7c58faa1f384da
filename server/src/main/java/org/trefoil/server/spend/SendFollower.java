package org.trefoil.server.spend;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toSet;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.trefoil.core.RefusedException;

/** Looks after sends as time passes and as the chain moves. */
public final class SendFollower {
  private static final Logger LOG = LoggerFactory.getLogger(SendFollower.class);
  private static final int BATCH = 100;

  private final SendStore store;
  private final Confirming confirming;
  private final Outbox outbox;
  private final InstantSource clock;

  public SendFollower(SendStore store, Confirming confirming, Outbox outbox, InstantSource clock) {
    this.store = store;
    this.confirming = confirming;
    this.outbox = outbox;
    this.clock = clock;
  }

  /**
   * Takes up whatever is due: interrupted signings, transactions the network lost. While the chain
   * is away one of these is tried, not all: each would wait for it.
   */
  public int lookAfterDue() {
    int looked = 0;
    boolean away = false;
    for (SendRecord send : store.due(clock.instant(), BATCH)) {
      try {
        if (send.stage() == SendStage.APPROVED) {
          confirming.resume(send);
        } else if (send.stage() == SendStage.HELD) {
          confirming.holding().release(send);
        } else if (away) {
          continue;
        } else {
          away = !outbox.lookAfter(send);
        }
        looked++;
      } catch (RuntimeException e) {
        LOG.warn("Send {} could not be looked after", send.sendId(), e);
      }
    }
    return looked;
  }

  /**
   * The chain learned something about wallets.
   *
   * @return the transactions of their sends that are on their way, by the wallet's id
   */
  public Map<String, Set<String>> walletsChanged(Collection<String> walletIds) {
    List<SendStore.Live> live = store.live(walletIds);
    outbox.follow(live);
    return live.stream()
        .collect(groupingBy(SendStore.Live::walletId, mapping(SendStore.Live::txid, toSet())));
  }

  /** The tip moved. */
  public void tipChanged() {
    outbox.follow(store.live());
  }

  /** Ends what waited too long for its second factor, where the keys are as well; how many. */
  public int expire() {
    Instant now = clock.instant();
    int ended = 0;
    for (SendStore.Overdue overdue : store.over(now)) {
      try {
        ended += confirming.expired(overdue, now) ? 1 : 0;
      } catch (RefusedException e) {
        LOG.warn("Send {} is not ended yet: {}", overdue.sendId(), e.getMessage());
      }
    }
    return ended;
  }
}
