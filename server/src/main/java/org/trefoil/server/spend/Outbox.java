package org.trefoil.server.spend;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.trefoil.core.coins.Coin;
import org.trefoil.core.coins.Outpoint;
import org.trefoil.core.wire.SendKind;
import org.trefoil.server.audit.AuditKind;
import org.trefoil.server.audit.AuditLog;
import org.trefoil.server.chain.BroadcastOutcome;
import org.trefoil.server.chain.ChainIndex;
import org.trefoil.server.durable.Milestones;
import org.trefoil.server.durable.Milestones.Step;
import org.trefoil.server.durable.StoreBusy;
import org.trefoil.server.durable.Transactions;
import org.trefoil.server.notify.LiveUpdates;
import org.trefoil.server.notify.WalletChange;
import org.trefoil.server.spend.SendStore.Live;

/**
 * Hands signed transactions to the network until the chain has them, and lets each send's stage
 * follow the chain, back as well as forth.
 *
 * <p>A send keeps its coins until it is buried under {@link #BURIED} blocks, or the network refused
 * it when it was handed out for the first time. Refused means that we never hand it out again. One
 * whose first handing over nobody answered may be out there, and is kept.
 */
public final class Outbox {
  /** Confirmations after which a send is left alone, unless the chain undoes its block. */
  static final int BURIED = 6;

  private static final Logger LOG = LoggerFactory.getLogger(Outbox.class);
  private static final Duration AGAIN = Duration.ofMinutes(1);
  private static final Duration LONGEST_WAIT = Duration.ofMinutes(5);
  private static final Duration LATER = Duration.ofMinutes(10);
  private static final Set<SendStage> WAITS = EnumSet.of(SendStage.SIGNED, SendStage.BROADCAST);
  private static final Set<SendStage> OUT =
      EnumSet.of(
          SendStage.SIGNED,
          SendStage.BROADCAST,
          SendStage.CONFIRMED,
          SendStage.REPLACED,
          SendStage.CANCELLED);

  private static final String OTHER_VERSION = "another version of this send took its place";
  private static final String PARENT_GONE = "the payment that it was to speed up is gone";

  private final SendStore store;
  private final ChainIndex chain;
  private final Transactions transactions;
  private final LiveUpdates live;
  private final AuditLog audit;
  private final InstantSource clock;
  private final Milestones milestones;

  public Outbox(
      SendStore store,
      ChainIndex chain,
      Transactions transactions,
      LiveUpdates live,
      AuditLog audit,
      InstantSource clock,
      Milestones milestones) {
    this.store = store;
    this.chain = chain;
    this.transactions = transactions;
    this.live = live;
    this.audit = audit;
    this.clock = clock;
    this.milestones = milestones;
  }

  ChainIndex chain() {
    return chain;
  }

  /** What came of handing a transaction over. */
  enum Delivery {
    /** The network has it. */
    TAKEN,
    /** Not now, or never. */
    NOT_TAKEN,
    /** The chain is away: it would take no other one now. */
    AWAY
  }

  /** Hands the transaction to the network once and notes what came of it. */
  Delivery deliver(SendRecord send) {
    byte[] raw = send.rawTx();
    if (raw == null) {
      throw new IllegalStateException("not signed yet");
    }
    BroadcastOutcome outcome = chain.broadcast(raw);
    milestones.reached(Step.HANDED_OVER);
    if (outcome.delivered()) {
      transactions.run(
          () -> {
            moved(send, SendStage.BROADCAST, clock.instant().plus(AGAIN), null);
            outrun(Versions.of(send, store).before(send.sendId()));
          });
      return Delivery.TAKEN;
    } else if (outcome instanceof BroadcastOutcome.Rejected rejected && chain.health().fine()) {
      refused(send, rejected.reason());
    } else {
      long wait = Math.min(LONGEST_WAIT.toSeconds(), 2L << Math.min(send.tries(), 10));
      LOG.info("Send {} could not be handed over yet, again in {} s", send.sendId(), wait);
      store.tried(send.sendId(), clock.instant().plusSeconds(wait));
      return chain.health().fine() ? Delivery.NOT_TAKEN : Delivery.AWAY;
    }
    return Delivery.NOT_TAKEN;
  }

  /** Brings the stage of those sends in line with the chain, each for itself. */
  void follow(List<Live> live) {
    Map<String, Integer> depths = chain.confirmations(live.stream().map(Live::txid).toList());
    Instant now = clock.instant();
    for (Live send : live) {
      int depth = depths.getOrDefault(send.txid(), -1);
      boolean known = depth == 0 && send.stage() == SendStage.BROADCAST;
      if (!known || !send.nextTryAt().isAfter(now)) {
        // Read now: one version of a send may just have settled what becomes of the others.
        try {
          follow(store.find(send.sendId()).orElseThrow(), depth);
        } catch (StoreBusy e) {
          LOG.warn("Send {} is looked at again when it is due: {}", send.sendId(), e.getMessage());
        }
      }
    }
  }

  /** Brings a send's stage in line with the chain. */
  void follow(SendRecord send) {
    follow(send, chain.confirmations(send.walletId(), send.txid()));
  }

  private void follow(SendRecord send, int confirmations) {
    milestones.reached(Step.FOLLOWED);
    Instant now = clock.instant();
    if (confirmations > 0) {
      boolean buried = confirmations >= BURIED;
      transactions.run(() -> confirmed(send, buried ? null : now.plus(LATER)));
    } else if (confirmations == 0) {
      keep(send, SendStage.BROADCAST, now, AGAIN);
    } else if (send.stage() == SendStage.CONFIRMED) {
      moved(send, SendStage.BROADCAST, now, null);
    } else if (WAITS.contains(send.stage())) {
      missing(send);
    }
  }

  /** The chain does not have it, or not any more: another took its place, or it is only late. */
  private void missing(SendRecord send) {
    if (send.kind() == SendKind.CHILD && orphaned(send)) {
      transactions.run(() -> cancelled(send));
      return;
    }
    Versions versions = Versions.of(send, store);
    Version current = versions.outrun(send.sendId()) ? versions.current() : null;
    if (current != null && chain.confirmations(send.walletId(), current.txid()) >= 0) {
      moved(send, SendStage.REPLACED, clock.instant().plus(LATER), OTHER_VERSION);
    }
  }

  /** Settles all versions of a send: this one is in a block, so no other can be. */
  private void confirmed(SendRecord send, @Nullable Instant next) {
    if (next == null) {
      moved(send, SendStage.CONFIRMED, null, null);
    } else {
      keep(send, SendStage.CONFIRMED, clock.instant(), LATER);
    }
    for (Version other : Versions.of(send, store).all()) {
      if (!other.sendId().equals(send.sendId())) {
        store.handOver(other.sendId(), send.sendId());
        Instant then = next == null ? null : clock.instant().plus(LATER);
        outrun(other, then);
      }
    }
    if (next == null) {
      store.release(send.sendId());
    }
  }

  private void outrun(List<Version> versions) {
    for (Version version : versions) {
      outrun(version, clock.instant().plus(LATER));
    }
  }

  private void outrun(Version version, @Nullable Instant next) {
    if (OUT.contains(version.stage())) {
      SendRecord send = store.find(version.sendId()).orElseThrow();
      moved(send, SendStage.REPLACED, next, OTHER_VERSION);
    }
  }

  /** Whether the payment whose coin this one spends is neither waiting nor in a block. */
  private boolean orphaned(SendRecord send) {
    return Inputs.of(send).stream()
        .anyMatch(input -> chain.confirmations(send.walletId(), input.txid()) < 0);
  }

  /** The coin that it spends is not there any more; should it come back, it is free. */
  private void cancelled(SendRecord send) {
    moved(send, SendStage.CANCELLED, clock.instant().plus(LATER), PARENT_GONE);
    store.release(send.sendId());
  }

  /** Looks after a send that is due; false when the chain is away. */
  boolean lookAfter(SendRecord send) {
    boolean known = chain.confirmations(send.walletId(), send.txid()) >= 0;
    if (known) {
      follow(send);
    } else if (!WAITS.contains(send.stage()) && send.stage() != SendStage.CONFIRMED) {
      store.tried(send.sendId(), clock.instant().plus(LATER));
    } else if (Versions.of(send, store).outrun(send.sendId())) {
      store.tried(send.sendId(), clock.instant().plus(AGAIN));
    } else {
      milestones.reached(Step.HANDED_OVER_AGAIN);
      return deliver(send) != Delivery.AWAY;
    }
    return true;
  }

  /** Gives up on a send that waited by a rule: nobody signed it, and its coins are free. */
  void drop(SendRecord send, Decision.No why) {
    transactions.run(
        () -> {
          Set<SendStage> held = EnumSet.of(SendStage.HELD);
          String token = why.refusal().token();
          if (store.move(send.sendId(), held, SendStage.CANCELLED, null, token)) {
            store.release(send.sendId());
            audit.note(AuditKind.SEND_CANCELLED, null, send.sendId(), why.noted());
          }
        });
    publish(send);
  }

  /** Gives up on a send that nobody ever had: its coins are free, and it is never handed out. */
  void reject(SendRecord send, String reason) {
    transactions.run(
        () -> {
          boolean moved =
              store.move(
                  send.sendId(),
                  EnumSet.of(SendStage.APPROVED, SendStage.SIGNED),
                  SendStage.REJECTED,
                  null,
                  shortened(reason));
          if (moved) {
            giveBack(send);
            audit.note(AuditKind.SEND_REJECTED, null, send.sendId(), shortened(reason));
          }
        });
    publish(send);
  }

  /** The coins go back to the version whose place it should have taken, if that one lives. */
  private void giveBack(SendRecord send) {
    for (Version before : Versions.of(send, store).before(send.sendId())) {
      if (WAITS.contains(before.stage()) || before.stage() == SendStage.CONFIRMED) {
        store.handOver(send.sendId(), before.sendId());
        return;
      }
    }
    store.release(send.sendId());
  }

  private void refused(SendRecord send, String reason) {
    Fate fate = fate(send);
    switch (fate) {
      case SPENT_ELSEWHERE -> replaced(send, reason);
      case PARENT_REPLACED -> transactions.run(() -> cancelled(send));
      case PARENT_LOST -> store.tried(send.sendId(), clock.instant().plus(AGAIN));
      case NOT_WANTED -> {
        if (send.stage() == SendStage.BROADCAST || send.tries() > 0) {
          // The network had it, or may have taken it without a word: others may still have it, so
          // its coins and its debit stay held.
          store.tried(send.sendId(), clock.instant().plus(AGAIN));
        } else {
          reject(send, reason);
        }
      }
    }
  }

  private enum Fate {
    SPENT_ELSEWHERE,
    PARENT_LOST,
    PARENT_REPLACED,
    NOT_WANTED
  }

  /** Why the network may refuse: every input of ours is unspent, or spent, or its maker is gone. */
  private Fate fate(SendRecord send) {
    for (Version before : Versions.of(send, store).before(send.sendId())) {
      int confirmations = chain.confirmations(send.walletId(), before.txid());
      if (confirmations >= 0) {
        return confirmations > 0 ? Fate.SPENT_ELSEWHERE : Fate.NOT_WANTED;
      }
    }
    Set<Outpoint> unspent = new HashSet<>();
    for (Coin coin : chain.coins(send.walletId())) {
      unspent.add(coin.outpoint());
    }
    for (Outpoint input : Inputs.of(send)) {
      if (!unspent.contains(input)) {
        boolean made = chain.confirmations(send.walletId(), input.txid()) >= 0;
        if (made) {
          return Fate.SPENT_ELSEWHERE;
        }
        boolean replaced = store.beingReplaced(send.walletId(), Set.of(input.txid()));
        boolean forGood = replaced || send.kind() == SendKind.CHILD;
        return forGood ? Fate.PARENT_REPLACED : Fate.PARENT_LOST;
      }
    }
    return Fate.NOT_WANTED;
  }

  private void replaced(SendRecord send, String reason) {
    transactions.run(
        () -> {
          moved(send, SendStage.REPLACED, clock.instant().plus(LATER), shortened(reason));
          store.release(send.sendId());
        });
  }

  /** To a stage, unless it is there already and has its time to be looked at again. */
  private void keep(SendRecord send, SendStage to, Instant now, Duration again) {
    Instant next = send.nextTryAt();
    if (send.stage() != to || next == null || !next.isAfter(now)) {
      moved(send, to, now.plus(again), null);
    }
  }

  private void moved(
      SendRecord send, SendStage to, @Nullable Instant next, @Nullable String reason) {
    boolean moved = store.move(send.sendId(), OUT, to, next, reason);
    if (moved && send.stage() != to) {
      audit.note(kind(to), null, send.sendId(), send.txid());
      publish(send);
    }
  }

  private void publish(SendRecord send) {
    live.publish(new WalletChange(send.walletId(), List.of(send.txid())));
  }

  private static AuditKind kind(SendStage stage) {
    return switch (stage) {
      case CONFIRMED -> AuditKind.SEND_CONFIRMED;
      case CANCELLED -> AuditKind.SEND_CANCELLED;
      case REPLACED -> AuditKind.SEND_REPLACED;
      default -> AuditKind.SEND_BROADCAST;
    };
  }

  private static String shortened(String reason) {
    StringBuilder out = new StringBuilder();
    reason.codePoints().filter(c -> c >= 0x20 && c < 0x7f).limit(160).forEach(out::appendCodePoint);
    return out.toString();
  }
}
