package org.trefoil.server.spend;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.trefoil.core.Refusal;
import org.trefoil.core.RefusedException;
import org.trefoil.core.Token;
import org.trefoil.core.coins.Coin;
import org.trefoil.core.coins.Outpoint;
import org.trefoil.core.proposal.CheckedSpend;
import org.trefoil.core.proposal.HalfSigned;
import org.trefoil.core.proposal.Intent;
import org.trefoil.core.wire.MemberRole;
import org.trefoil.server.audit.AuditKind;
import org.trefoil.server.audit.AuditLog;
import org.trefoil.server.cosign.CoSignedTx;
import org.trefoil.server.cosign.CoSigner;
import org.trefoil.server.durable.Milestones;
import org.trefoil.server.durable.Milestones.Step;
import org.trefoil.server.durable.Transactions;
import org.trefoil.server.duress.Duress;
import org.trefoil.server.policy.ApprovedSpend;
import org.trefoil.server.policy.Approver;
import org.trefoil.server.policy.Confirmation;
import org.trefoil.server.policy.Seals;
import org.trefoil.server.policy.Verdict;
import org.trefoil.server.secondfactor.GivenFactor;
import org.trefoil.server.secondfactor.SendFactors;
import org.trefoil.server.wallets.WalletRecord;
import org.trefoil.server.wallets.Wallets;

/**
 * Turns a waiting send into a co-signed one, in the order that a crash cannot break.
 *
 * <pre>
 * one transaction: lock the wallet · is it still waiting? · check everything again on our own coins
 *                  · policies · coins free? · use the factor up for this digest · reserve · intent
 * on disk
 * sign             (deterministic: after a crash the same bytes again)
 * one transaction: store the signed transaction
 * on disk
 * broadcast        and again and again until the chain has it
 * </pre>
 *
 * <p>No signature exists whose intent is not on disk, and none leaves that is not on disk itself.
 */
public final class Confirming {
  private static final Logger LOG = LoggerFactory.getLogger(Confirming.class);

  /** An approved send that is not signed after this long was interrupted. */
  static final Duration INTERRUPTED = Duration.ofSeconds(10);

  /** Refusals that say nothing of the send itself. */
  static final Set<Token> WAIT =
      EnumSet.of(
          Token.CHAIN_UNAVAILABLE,
          Token.SERVER_FENCED,
          Token.SERVER_RETIRED,
          Token.SIGNER_UNAVAILABLE,
          Token.SIGNER_OLDER,
          Token.SIGNER_CLOCK,
          Token.SIGNER_WAITS);

  private static final int STRIPES = 64;

  private final SendStore store;
  private final Wallets wallets;
  private final SendCheck check;
  private final Replacing replacing;
  private final Onward onward;
  private final SendFactors factors;
  private final PolicyVersions policies;
  private final Approver approver;
  private final Judging judging;
  private final CoSigner coSigner;
  private final Outbox outbox;
  private final Transactions transactions;
  private final Duress duress;
  private final AuditLog audit;
  private final InstantSource clock;
  private final Milestones milestones;
  private final Gathering gathering;
  private final Granting granting;
  private final Holding holding;
  private final Approving approving;
  private final ReentrantLock[] stripes = new ReentrantLock[STRIPES];

  public Confirming(
      SendStore store,
      Wallets wallets,
      SendFactors factors,
      PolicyVersions policies,
      Approver approver,
      Judging judging,
      CoSigner coSigner,
      Outbox outbox,
      Transactions transactions,
      Duress duress,
      AuditLog audit,
      HoldNews news,
      InstantSource clock,
      Milestones milestones) {
    this.store = store;
    this.wallets = wallets;
    this.replacing = new Replacing(store, judging.store(), approver.seals(), outbox.chain());
    this.check =
        new SendCheck(outbox.chain(), approver.ceilings(), coSigner.publicCurve(), replacing);
    this.onward = new Onward(wallets);
    this.factors = factors;
    this.policies = policies;
    this.approver = approver;
    this.judging = judging;
    this.coSigner = coSigner;
    this.outbox = outbox;
    this.transactions = transactions;
    this.duress = duress;
    this.audit = audit;
    this.clock = clock;
    this.milestones = milestones;
    this.gathering = new Gathering(store, wallets, this, transactions, clock);
    this.granting = new Granting(store, wallets, approver, duress, audit, clock);
    this.holding =
        new Holding(
            store, wallets, judging, approver, this, outbox, transactions, news, clock, milestones);
    this.approving =
        new Approving(store, wallets, judging, this, factors, approver.seals(), transactions, news);
    for (int i = 0; i < STRIPES; i++) {
      stripes[i] = new ReentrantLock();
    }
  }

  SendCheck check() {
    return check;
  }

  Gathering gathering() {
    return gathering;
  }

  Granting granting() {
    return granting;
  }

  Holding holding() {
    return holding;
  }

  Approving approving() {
    return approving;
  }

  /** As {@link CoSigner#refuseWhenClosed}: refuses on a copy of the server that may not sign. */
  Instant refuseWhenClosed() {
    return coSigner.refuseWhenClosed();
  }

  /** Has whoever holds the keys not sign what is over here, as {@link CoSigner#drop}. */
  void drop(SendRecord send) {
    coSigner.drop(send.walletId(), send.digest());
  }

  /** The same before it ends here: what ends here alone could still be signed there; or not now. */
  boolean dropped(SendRecord send) {
    try {
      drop(send);
      return true;
    } catch (RefusedException e) {
      LOG.warn("Send {} is not ended yet: {}", send.sendId(), e.getMessage());
      return false;
    }
  }

  /** Ends one that waited too long for its second factor, unless it was given meanwhile. */
  boolean expired(SendStore.Overdue overdue, Instant now) {
    return transactions.run(
        () -> {
          wallets.lock(overdue.walletId());
          boolean over = store.expire(overdue.sendId(), now);
          if (over) {
            coSigner.drop(overdue.walletId(), overdue.digest());
          }
          return over;
        });
  }

  Judging judging() {
    return judging;
  }

  PolicyVersions policies() {
    return policies;
  }

  Replacing replacing() {
    return replacing;
  }

  Onward onward() {
    return onward;
  }

  Duress duress() {
    return duress;
  }

  /**
   * Confirms a send; one that was confirmed before stays as it is.
   *
   * @param whence from where
   * @return the send when it was confirmed now and the network has it
   */
  @Nullable SendRecord confirm(
      String accountId, String walletId, String sendId, GivenFactor given, Whence whence) {
    // Spares work when the same request comes many times at once; what holds is the row lock.
    ReentrantLock stripe = stripes[Math.floorMod(sendId.hashCode(), STRIPES)];
    stripe.lock();
    try {
      Decision decision =
          transactions.run(() -> decide(accountId, walletId, sendId, given, whence));
      if (decision instanceof Decision.No no) {
        throw no.refusal().exception();
      }
      if (decision instanceof Decision.Approved approved) {
        transactions.force();
        milestones.reached(Step.INTENDED);
        return signAndSend(approved.send(), approved.spend());
      }
      return null;
    } finally {
      stripe.unlock();
    }
  }

  /** Takes up a send that was approved when the server was interrupted. */
  void resume(SendRecord send) {
    WalletRecord wallet = wallets.byId(send.walletId());
    HalfSigned half;
    try {
      refuseWhenClosed();
      half = recheck(wallet, send, replacing.purpose(send)).half();
    } catch (RefusedException e) {
      unsigned(send, e.refusal());
      return;
    }
    byte[] seal =
        approver
            .seals()
            .approved(
                send.walletId(),
                send.sendId(),
                half.spend().digest(),
                judging.store().rules(send.sendId()));
    if (!Seals.fits(judging.store().seal(send.sendId()), seal)) {
      transactions.run(() -> holding.askAgain(wallet, send));
      return;
    }
    Confirmation confirmation = new Confirmation(send.digest());
    signAndSend(send, approver.approve(send.walletId(), half, confirmation));
  }

  /**
   * Refuses with {@code coins-taken} when another send holds one of the inputs, or when one comes
   * from a send that is being replaced.
   */
  void refuseTaken(String walletId, Verified verified) {
    CheckedSpend spend = verified.half().spend();
    for (Outpoint outpoint : outpoints(spend)) {
      if (verified.held().contains(outpoint)) {
        throw Refusal.of(Token.COINS_TAKEN).exception();
      }
    }
    replacing.refuseFleeting(walletId, spend);
  }

  /**
   * Holds the coins of a send that waits for other owners, so that the week in which they sign is
   * not for nothing. Refuses {@code coins-taken}.
   */
  void reserve(SendRecord send, CheckedSpend spend) {
    if (!store.reserve(send.walletId(), send.sendId(), outpoints(spend))) {
      throw Refusal.of(Token.COINS_TAKEN).exception();
    }
  }

  private Decision decide(
      String accountId, String walletId, String sendId, GivenFactor given, Whence whence) {
    WalletRecord wallet = wallets.lockLive(accountId, walletId, MemberRole.SPENDER);
    milestones.reached(Step.LOCKED);
    SendRecord send =
        store
            .find(sendId)
            .filter(found -> found.walletId().equals(wallet.walletId()))
            .orElseThrow(() -> Refusal.of(Token.NOT_FOUND).exception());
    if (send.stage().confirmed()) {
      return new Decision.Done();
    }
    if (!send.begunBy().equals(accountId)) {
      throw Refusal.of(Token.SEND_OF_ANOTHER).exception();
    }
    milestones.reached(Step.NEW);
    Instant completeSince = coSigner.refuseWhenClosed();
    Instant now = clock.instant();
    Refusal closed = closed(send, now);
    if (closed != null) {
      return new Decision.No(closed);
    }
    Purpose purpose = replacing.purpose(send);
    Verified verified = recheck(wallet, send, purpose);
    HalfSigned half = verified.half();
    if (half.missing() > 0) {
      String missing = Integer.toString(half.missing());
      return new Decision.No(Refusal.of(Token.OWNERS_MISSING, "missing", missing));
    }
    duress.refuseUnmarked(wallet.marks(), SendCheck.byUser(half), sendId);
    onward.refuseElsewhere(wallet, half.spend(), purpose);
    List<Outpoint> coins = outpoints(half.spend());
    boolean holds = verified.held().containsAll(coins) && store.heldBy(sendId).containsAll(coins);
    if (holds) {
      replacing.refuseFleeting(walletId, half.spend());
    } else if (!(purpose instanceof Purpose.Instead)) {
      refuseTaken(walletId, verified);
    }
    judging.lockTogether();
    Judging.Judged judged =
        judging.judge(
            wallet,
            judging.spending(wallet, send, purpose, verified.half().spend()),
            completeSince,
            new Judging.Asked(accountId, whence));
    if (judged.verdict() instanceof Verdict.Refused refused) {
      byte[] digest = half.spend().digest();
      String noted = Evidence.of(digest, judged.rules(), Evidence.NO_FACTOR, refused.reasons());
      wallets.note(AuditKind.SEND_REFUSED, wallet, accountId, sendId, noted);
      return new Decision.No(refused.refusal(), noted);
    }
    milestones.reached(Step.JUDGED);
    Refusal unproved = factors.use(confirmed(send, half, judged.rules().version(), whence), given);
    if (unproved != null) {
      return new Decision.No(unproved);
    }
    if (!holds && !hold(send, purpose, coins)) {
      throw Refusal.of(Token.COINS_TAKEN).exception();
    }
    if (judged.verdict() instanceof Verdict.Waits held) {
      String evidence = Evidence.of(send.digest(), judged.rules(), given.kind(), held.reasons());
      return holding.begin(wallet, send, held, whence, evidence);
    }
    Decision decision = granting.grant(wallet, send, purpose, half, judged, given.kind());
    milestones.reached(Step.RESERVED);
    return decision;
  }

  /** What the second factor is for: what was checked just now, whatever the row says of it. */
  private static SendFactors.For confirmed(
      SendRecord send, HalfSigned half, int policyVersion, Whence whence) {
    return new SendFactors.For(
        send.begunBy(),
        send.walletId(),
        send.sendId(),
        half.spend().digest(),
        policyVersion,
        send.psbt(),
        whence.address(),
        whence.knownSince());
  }

  /** Takes coins that are free, or those of the send that is replaced; false when it cannot. */
  private boolean hold(SendRecord send, Purpose purpose, List<Outpoint> coins) {
    if (!(purpose instanceof Purpose.Instead instead)) {
      return store.reserve(send.walletId(), send.sendId(), coins);
    }
    SendRecord original = instead.original();
    boolean kept = original.stage() == SendStage.QUIET;
    if (duress.quiet(send.sendId())) {
      // What nobody signs takes nothing from the one that lives.
      return kept || store.heldBy(original.sendId()).size() == coins.size();
    }
    Replacing.refuseInsteadOfKept(purpose);
    return store.handOver(original.sendId(), send.sendId()) == coins.size();
  }

  private @Nullable Refusal closed(SendRecord send, Instant now) {
    if (send.stage() == SendStage.NEEDS_FACTOR && send.expiresAt().isAfter(now)) {
      return null;
    }
    if (send.stage() == SendStage.NEEDS_FACTOR) {
      drop(send);
      store.move(send.sendId(), EnumSet.of(SendStage.NEEDS_FACTOR), SendStage.EXPIRED, null, null);
      store.release(send.sendId());
    }
    boolean over = send.stage() == SendStage.NEEDS_FACTOR || send.stage() == SendStage.EXPIRED;
    return Refusal.of(over ? Token.SEND_EXPIRED : Token.SEND_NOT_PENDING);
  }

  /** A send that waits, checked again as it stands now. */
  Verified verified(WalletRecord wallet, SendRecord send) {
    return recheck(wallet, send, replacing.purpose(send));
  }

  /** The same for what is known of its purpose. */
  Verified recheck(WalletRecord wallet, SendRecord send, Purpose purpose) {
    Intent intent = SendCheck.intent(wallet.network(), send);
    Verified verified;
    try {
      verified = check.check(wallet, send.psbt(), intent, purpose);
    } catch (RefusedException e) {
      if (e.refusal().is(Token.FOREIGN_INPUT)) {
        // It was ours when it was proposed, so somebody spent it since.
        throw Refusal.of(Token.COINS_TAKEN).exception();
      }
      throw e;
    }
    if (verified.kind() != send.kind()) {
      throw Refusal.of(Token.NOT_REPLACEABLE).exception();
    }
    return verified;
  }

  /** Signs what was approved and is on disk as such, stores that, and hands it over. */
  @Nullable SendRecord signAndSend(SendRecord send, ApprovedSpend approved) {
    CoSignedTx signed;
    try {
      signed = coSigner.sign(approved);
    } catch (RefusedException e) {
      unsigned(send, e.refusal());
      return null;
    }
    milestones.reached(Step.SIGNED);
    boolean stored =
        transactions.run(
            () -> {
              Instant next = clock.instant().plus(INTERRUPTED);
              if (!store.signed(send.sendId(), signed.raw(), next)) {
                return false;
              }
              audit.note(AuditKind.SEND_SIGNED, null, send.sendId(), signed.txid());
              return true;
            });
    if (stored) {
      transactions.force();
      milestones.reached(Step.STORED);
      SendRecord whole = send.signed(signed.raw());
      boolean taken = outbox.deliver(whole) == Outbox.Delivery.TAKEN;
      return taken ? whole.at(SendStage.BROADCAST) : null;
    }
    return null;
  }

  /** It is tried again when what stands in the way passes, else nobody ever has the send. */
  private void unsigned(SendRecord send, Refusal why) {
    LOG.warn("Approved send {} is not signed: {}", send.sendId(), why.token());
    if (WAIT.stream().anyMatch(why::is) || !dropped(send)) {
      store.tried(send.sendId(), clock.instant().plus(INTERRUPTED));
    } else {
      outbox.reject(send, why.token());
    }
  }

  private static List<Outpoint> outpoints(CheckedSpend spend) {
    List<Outpoint> outpoints = new ArrayList<>(spend.inputs().size());
    for (Coin coin : spend.inputs()) {
      outpoints.add(coin.outpoint());
    }
    return outpoints;
  }
}
