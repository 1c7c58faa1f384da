package org.trefoil.server.spend;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.trefoil.core.Refusal;
import org.trefoil.core.RefusedException;
import org.trefoil.core.Token;
import org.trefoil.server.audit.AuditKind;
import org.trefoil.server.audit.AuditLog;
import org.trefoil.server.durable.Milestones;
import org.trefoil.server.durable.Milestones.Step;
import org.trefoil.server.durable.Transactions;
import org.trefoil.server.policy.Approver;
import org.trefoil.server.policy.Confirmation;
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
  /** When a send is looked at again that a passing reason keeps waiting. */
  private static final Duration LOOK_AGAIN = Duration.ofMinutes(1);

  private final SendStore store;
  private final Wallets wallets;
  private final Judging judging;
  private final Approver approver;
  private final Confirming confirming;
  private final Outbox outbox;
  private final Transactions transactions;
  private final AuditLog audit;
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
      AuditLog audit,
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
    this.audit = audit;
    this.news = news;
    this.clock = clock;
    this.milestones = milestones;
  }

  /** What the rules say now; nothing is decided by it. */
  Verdict preview(WalletRecord wallet, Spending spend, String address) {
    Judging.Asked asked = new Judging.Asked(address, null);
    return judging.judge(wallet, spend, confirming.refuseWhenClosed(), asked).verdict();
  }

  /** What they say of a send that waits for its code. */
  Verdict preview(WalletRecord wallet, SendRecord send, String address) {
    Spending spend = judging.spending(wallet, send, confirming.replacing().purpose(send));
    return preview(wallet, spend, address);
  }

  /** Until when a send waits by a rule. */
  Optional<Instant> until(SendRecord send) {
    return judging.store().hold(send.sendId()).map(JudgingStore.Hold::until);
  }

  /** Has a send wait that was confirmed just now. */
  Decision begin(WalletRecord wallet, SendRecord send, Verdict.Held held) {
    String sendId = send.sendId();
    JudgingStore.Hold hold = new JudgingStore.Hold(judging.careful(), held.until());
    if (!judging.store().hold(sendId, hold)) {
      throw Refusal.of(Token.SEND_NOT_PENDING).exception();
    }
    audit.note(AuditKind.SEND_HELD, wallet.accountId(), sendId, held.reasons().get(0).token());
    news.held(wallet, send, held.until());
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
        outbox.drop(waiting, e.refusal().token());
      }
      return;
    }
    if (decision instanceof Decision.No no) {
      outbox.drop(waiting, no.refusal().token());
    } else if (decision instanceof Decision.Approved approved) {
      transactions.force();
      milestones.reached(Step.INTENDED);
      confirming.signAndSend(approved.send(), approved.spend());
    }
  }

  private Decision goOn(String sendId, String walletId) {
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
    JudgingStore.Hold hold = judging.store().hold(sendId).orElseThrow();
    Judging.Judged judged =
        judging.judge(
            wallet,
            judging.spending(wallet, send, purpose, verified.half().spend()),
            completeSince,
            new Judging.Asked(null, hold.heldAt()));
    Instant now = clock.instant();
    if (judged.verdict() instanceof Verdict.Refused refused) {
      if (!refused.passes()) {
        return new Decision.No(refused.refusal());
      }
      store.tried(sendId, now.plus(LOOK_AGAIN));
      return new Decision.Waits();
    }
    if (judged.verdict() instanceof Verdict.Held held) {
      judging.store().prolong(sendId, held.until());
      return new Decision.Waits();
    }
    if (!store.approve(
        sendId, judged.pace().now(), now.plus(Confirming.INTERRUPTED), judged.version())) {
      throw new IllegalStateException("a send that waited changed under the wallet's lock");
    }
    audit.note(AuditKind.SEND_APPROVED, wallet.accountId(), sendId, null);
    Confirmation confirmation = new Confirmation(wallet.accountId(), send.digest());
    return new Decision.Approved(send, approver.approve(walletId, verified.half(), confirmation));
  }
}
