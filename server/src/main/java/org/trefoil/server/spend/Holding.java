package org.trefoil.server.spend;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.trefoil.core.Refusal;
import org.trefoil.core.RefusedException;
import org.trefoil.core.Token;
import org.trefoil.server.audit.AuditKind;
import org.trefoil.server.durable.Milestones;
import org.trefoil.server.durable.Milestones.Step;
import org.trefoil.server.durable.Transactions;
import org.trefoil.server.policy.Approver;
import org.trefoil.server.policy.RulesAt;
import org.trefoil.server.policy.Seals;
import org.trefoil.server.policy.Spending;
import org.trefoil.server.policy.Verdict;
import org.trefoil.server.wallets.WalletRecord;
import org.trefoil.server.wallets.Wallets;

/**
 * Sends that were confirmed and wait by a rule: what the rules say beforehand, how long one waits,
 * and what happens when its time is over. It is judged again then, on everything as it stands, and
 * needs no other factor: that was given for its digest.
 */
final class Holding {
  private static final Logger LOG = LoggerFactory.getLogger(Holding.class);

  /** When a send is looked at again that a passing reason keeps waiting. */
  private static final Duration LOOK_AGAIN = Duration.ofMinutes(1);

  private final SendStore store;
  private final Wallets wallets;
  private final Judging judging;
  private final Approver approver;
  private final Confirming confirming;
  private final Outbox outbox;
  private final Transactions transactions;
  private final HoldNews news;
  private final InstantSource clock;
  private final Milestones milestones;

  Holding(
      SendStore store,
      Wallets wallets,
      Judging judging,
      Approver approver,
      Confirming confirming,
      Outbox outbox,
      Transactions transactions,
      HoldNews news,
      InstantSource clock,
      Milestones milestones) {
    this.store = store;
    this.wallets = wallets;
    this.judging = judging;
    this.approver = approver;
    this.confirming = confirming;
    this.outbox = outbox;
    this.transactions = transactions;
    this.news = news;
    this.clock = clock;
    this.milestones = milestones;
  }

  /** What the rules say now; nothing is decided by it. */
  Verdict preview(WalletRecord wallet, Spending spend, String by, Whence whence) {
    Judging.Asked asked = new Judging.Asked(by, whence);
    return judging.judge(wallet, spend, confirming.refuseWhenClosed(), asked).verdict();
  }

  /** What they say of a send that waits for its code, or by a rule. */
  Verdict preview(WalletRecord wallet, SendRecord send, Whence whence) {
    Spending spend = judging.spending(wallet, send, confirming.replacing().purpose(send));
    Optional<JudgingStore.Hold> hold =
        send.stage() == SendStage.HELD ? judging.store().hold(send.sendId()) : Optional.empty();
    if (hold.isEmpty()) {
      return preview(wallet, spend, send.begunBy(), whence);
    }
    Judging.Asked asked =
        new Judging.Asked(
            send.begunBy(),
            new Whence(null, hold.get().knownSince()),
            hold.get().heldAt(),
            judging.said(wallet.walletId(), send.sendId(), send.digest()));
    return judging.judge(wallet, spend, confirming.refuseWhenClosed(), asked).verdict();
  }

  /** Until when a send waits by a rule. */
  Optional<Instant> until(SendRecord send) {
    return judging.store().hold(send.sendId()).map(JudgingStore.Hold::until);
  }

  /** Has a send wait that was confirmed just now. */
  Decision begin(
      WalletRecord wallet, SendRecord send, Verdict.Waits held, Whence whence, String evidence) {
    String sendId = send.sendId();
    Instant now = judging.careful();
    Instant known = whence.knownSince();
    JudgingStore.Hold hold = new JudgingStore.Hold(now, held.until(), known == null ? now : known);
    byte[] seal = seal(wallet, send, send.digest(), hold);
    if (!judging.store().hold(sendId, hold, seal)) {
      throw Refusal.of(Token.SEND_NOT_PENDING).exception();
    }
    wallets.note(AuditKind.SEND_HELD, wallet, send.begunBy(), sendId, evidence);
    if (held instanceof Verdict.NeedsApproval) {
      confirming.approving().ask(wallet, send, held.until());
    } else {
      news.held(wallet, send, held.until());
    }
    return new Decision.Waits();
  }

  /** Signs a send whose wait is over, when the rules still allow it; else it waits on or ends. */
  void release(SendRecord waiting) {
    Decision decision;
    try {
      decision = transactions.run(() -> goOn(waiting.sendId(), waiting.walletId()));
    } catch (RefusedException e) {
      Instant again = clock.instant().plus(LOOK_AGAIN);
      if (Confirming.WAIT.stream().anyMatch(e.refusal()::is)) {
        store.tried(waiting.sendId(), again);
      } else {
        RulesAt rules = judging.rulesIfSound(wallets.byId(waiting.walletId()));
        drop(waiting, no(waiting.digest(), rules, List.of(e.refusal())));
      }
      return;
    }
    carryOut(waiting, decision);
  }

  /** Does what {@link #goOn} decided, once that is committed. */
  void carryOut(SendRecord waiting, Decision decision) {
    if (decision instanceof Decision.No no) {
      drop(waiting, no);
    } else if (decision instanceof Decision.Approved approved) {
      transactions.force();
      milestones.reached(Step.INTENDED);
      confirming.signAndSend(approved.send(), approved.spend());
    }
  }

  private void drop(SendRecord waiting, Decision.No why) {
    if (confirming.dropped(waiting)) {
      outbox.drop(waiting, why);
    } else {
      store.tried(waiting.sendId(), clock.instant().plus(LOOK_AGAIN));
    }
  }

  private static Decision.No no(byte[] digest, @Nullable RulesAt rules, List<Refusal> reasons) {
    String noted = Evidence.of(digest, rules, Evidence.WAITED, reasons);
    return new Decision.No(reasons.get(0), noted);
  }

  private boolean proved(
      WalletRecord wallet, SendRecord send, byte[] digest, JudgingStore.Hold hold) {
    return Seals.fits(judging.store().seal(send.sendId()), seal(wallet, send, digest, hold));
  }

  private byte[] seal(WalletRecord wallet, SendRecord send, byte[] digest, JudgingStore.Hold hold) {
    return approver
        .seals()
        .held(
            wallet.walletId(),
            send.sendId(),
            digest,
            hold.heldAt(),
            hold.knownSince(),
            send.begunBy());
  }

  /**
   * Has a send ask for its factor again that the database calls confirmed, without a seal that says
   * so: it was tampered with, or is of a release that made none.
   */
  void askAgain(WalletRecord wallet, SendRecord send) {
    LOG.warn("Send {} was confirmed by no proof of ours; it is asked for again", send.sendId());
    judging.store().askAgain(send.sendId(), clock.instant().plus(Sends.PATIENCE));
    wallets.note(AuditKind.SEND_REFUSED, wallet, send.begunBy(), send.sendId(), "unproved");
  }

  /** Judges a send that waits, under the wallet's lock and in the caller's transaction. */
  Decision goOn(String sendId, String walletId) {
    WalletRecord wallet = wallets.lock(walletId);
    SendRecord send = store.find(sendId).orElseThrow();
    if (send.stage() != SendStage.HELD) {
      return new Decision.Done();
    }
    Instant completeSince = confirming.refuseWhenClosed();
    Purpose purpose = confirming.replacing().purpose(send);
    Verified verified = confirming.recheck(wallet, send, purpose);
    confirming.onward().refuseElsewhere(wallet, verified.half().spend(), purpose);
    confirming.replacing().refuseFleeting(walletId, verified.half().spend());
    byte[] digest = verified.half().spend().digest();
    Optional<JudgingStore.Hold> waits = judging.store().hold(sendId);
    if (waits.isEmpty() || !proved(wallet, send, digest, waits.get())) {
      askAgain(wallet, send);
      return new Decision.Waits();
    }
    if (!judging.maySend(wallet, send.begunBy())) {
      List<Refusal> removed = List.of(Refusal.of(Token.SENDER_REMOVED));
      return no(digest, judging.rulesIfSound(wallet), removed);
    }
    JudgingStore.Hold hold = waits.get();
    judging.lockTogether();
    Judging.Judged judged =
        judging.judge(
            wallet,
            judging.spending(wallet, send, purpose, verified.half().spend()),
            completeSince,
            new Judging.Asked(
                send.begunBy(),
                new Whence(null, hold.knownSince()),
                hold.heldAt(),
                judging.said(walletId, sendId, digest)));
    Instant now = clock.instant();
    if (judged.verdict() instanceof Verdict.Refused refused) {
      if (refused.refusal().is(Token.APPROVAL_EXPIRED)) {
        confirming.approving().expire(wallet, send);
        return new Decision.Waits();
      }
      if (!refused.passes()) {
        return no(digest, judged.rules(), refused.reasons());
      }
      store.tried(sendId, now.plus(LOOK_AGAIN));
      return new Decision.Waits();
    }
    if (judged.verdict() instanceof Verdict.Waits held) {
      judging.store().prolong(sendId, held.until());
      return new Decision.Waits();
    }
    return confirming
        .granting()
        .grant(wallet, send, purpose, verified.half(), judged, Evidence.WAITED);
  }
}
