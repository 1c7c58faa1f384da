package org.trefoil.server.regain;

import java.time.Duration;
import java.time.Instant;
import org.trefoil.server.audit.AuditKind;

/** What time does to replacements of second factors: owners are told again, waits end. */
final class FactorResetRound {
  /** How often an owner is told of a wait. */
  static final Duration TOLD_EVERY = Duration.ofDays(1);

  private static final int SOME = 50;

  private final FactorResetStore store;
  private final Means means;

  FactorResetRound(FactorResetStore store, Means means) {
    this.store = store;
    this.means = means;
  }

  /** Ends waits that are over, and tells owners again. */
  void run(Instant now) {
    for (FactorResetStore.Entry reset : store.due(now, SOME)) {
      Instant expires = reset.expiresAt();
      if (expires != null) {
        end(reset, AuditKind.FACTOR_RESET_EXPIRED, "was not carried out in time");
      } else if (!reset.readyAt().isAfter(now)) {
        means.transactions().run(() -> ready(reset, now));
      } else {
        means.transactions().run(() -> tellAgain(reset, now));
      }
    }
  }

  /** Ends one for good and tells its owner why; false when it was over. */
  boolean end(FactorResetStore.Entry reset, AuditKind kind, String why) {
    return means
        .transactions()
        .run(
            () -> {
              boolean ended = store.end(reset.resetId());
              if (ended) {
                means.letters().resetEnded(means.account(reset.accountId()), why);
                means.audit().note(kind, reset.accountId(), reset.resetId(), null);
              }
              return ended;
            });
  }

  private void ready(FactorResetStore.Entry reset, Instant now) {
    String token = LinkToken.fresh(means.random());
    Instant until = now.plus(FactorResets.AFTER_WAIT);
    if (store.ready(reset.resetId(), LinkToken.hash(token), until)) {
      String cancel = means.cancels().of(reset.resetId());
      means.letters().resetReady(means.account(reset.accountId()), until, token, cancel);
      means.audit().note(AuditKind.FACTOR_RESET_READY, reset.accountId(), reset.resetId(), null);
    }
  }

  private void tellAgain(FactorResetStore.Entry reset, Instant now) {
    if (store.nextMail(reset.resetId(), reset.nextMailAt(), now.plus(TOLD_EVERY))) {
      Duration left = Duration.between(now, reset.readyAt());
      String cancel = means.cancels().of(reset.resetId());
      means.letters().resetWaits(means.account(reset.accountId()), reset.readyAt(), left, cancel);
    }
  }
}
