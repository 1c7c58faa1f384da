package org.trefoil.server.chain.follow;

import java.time.Duration;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.trefoil.core.proposal.FeeBounds;
import org.trefoil.core.wire.Fees;
import org.trefoil.server.chain.ChainSource;
import org.trefoil.server.chain.ChainUnavailable;

/**
 * The source's fee rates, or the last known ones: those are as good a guess as there is, and
 * nothing is signed on a chain that is away. An answer is waited for a moment, and once it is
 * overdue by nobody.
 */
final class KnownFees {
  private static final Duration MOMENT = Duration.ofSeconds(1);

  private final ChainSource source;
  private final Patience patience;
  private volatile Fees last = new Fees(1_000, 5_000, 20_000, 1_000, FeeBounds.CEILING);
  private @Nullable Future<Fees> asked;
  private long since;

  KnownFees(ChainSource source, Patience patience) {
    this.source = source;
    this.patience = patience;
  }

  Fees now() {
    try {
      Future<Fees> running;
      long left;
      synchronized (this) {
        Future<Fees> before = asked;
        if (before == null || before.isDone()) {
          before = patience.begin(source::fees);
          asked = before;
          since = System.nanoTime();
        }
        running = before;
        left = Math.max(0, MOMENT.toNanos() - (System.nanoTime() - since));
      }
      Fees fees = Patience.answer(running, Duration.ofNanos(left));
      last = fees;
      return fees;
    } catch (ChainUnavailable e) {
      return last;
    }
  }
}
