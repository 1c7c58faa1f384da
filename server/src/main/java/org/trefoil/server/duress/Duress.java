package org.trefoil.server.duress;

import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.trefoil.core.Refusal;
import org.trefoil.core.Token;
import org.trefoil.core.envelope.Marks;
import org.trefoil.server.audit.AuditKind;
import org.trefoil.server.audit.AuditLog;
import org.trefoil.server.durable.Transactions;

/**
 * Keeps what was signed under the second passcode. It looks as if it were on its way, and nobody
 * signs it; once the first passcode is typed again, it is shown as held back, for its owner to
 * cancel.
 *
 * <p>Guarantee: this server never signs what the second passcode signed, and until the first one is
 * typed it changes nothing that would outlast the robbery. Limit: who looks into the database sees
 * it.
 */
public final class Duress {
  /** Noted as the reason of a send that waits for its owner afterwards: to be cancelled. */
  public static final String HELD_BACK = "second-passcode";

  private static final long HOUR = 3_600;

  private final DuressStore store;
  private final DuressNews news;
  private final Transactions transactions;
  private final AuditLog audit;
  private final InstantSource clock;

  public Duress(
      DuressStore store,
      DuressNews news,
      Transactions transactions,
      AuditLog audit,
      InstantSource clock) {
    this.store = store;
    this.news = news;
    this.transactions = transactions;
    this.audit = audit;
    this.clock = clock;
  }

  /** Hears under which passcode something was done: the second begins it, the first ends it. */
  public void heard(Whose whose, Hand hand) {
    if (hand == Hand.SECOND) {
      transactions.run(
          () -> {
            store.lock(whose.walletId());
            if (store.begin(whose.walletId(), clock.instant())) {
              news.tellOthers(whose);
            }
          });
    } else if (hand == Hand.FIRST) {
      over(whose);
    }
  }

  /** It is over: what was kept waits for its owner, even where nothing stood any more. */
  public void over(Whose whose) {
    transactions.run(
        () -> {
          store.lock(whose.walletId());
          boolean stood = store.end(whose.walletId(), clock.instant());
          List<String> kept = store.wake(whose.walletId(), HELD_BACK);
          if (!stood && kept.isEmpty()) {
            return;
          }
          for (String sendId : kept) {
            audit.note(AuditKind.SEND_KEPT, whose.owner(), sendId, null);
          }
          String many = Integer.toString(kept.size());
          audit.note(AuditKind.DURESS_OVER, whose.owner(), whose.walletId(), many);
        });
  }

  /**
   * Takes down how a send was signed, in the transaction that adds it and locks its wallet. An
   * ordinary one ends nothing while what somebody else was forced to sign is kept: whoever forces
   * them would see it.
   */
  public void proposed(Whose whose, String sendId, Hand hand) {
    if (hand != Hand.PAPER) {
      store.note(sendId, hand == Hand.SECOND);
    }
    if (hand != Hand.FIRST) {
      heard(whose, hand);
    } else if (store.everBegun(whose.walletId())) {
      boolean standsForAnother =
          store.stands(whose.walletId())
              && store.keptOfAnother(whose.walletId(), whose.actor(), HELD_BACK);
      if (!standsForAnother) {
        heard(whose, hand);
      }
    }
  }

  /** Refuses {@code mark-missing} for a send that the user key signed where nobody marked it. */
  public void refuseUnmarked(@Nullable Marks marks, boolean byUser, String sendId) {
    if (marks != null && byUser && store.quiet(sendId).isEmpty()) {
      throw Refusal.of(Token.MARK_MISSING).exception();
    }
  }

  /** Whether the second passcode signed a send. */
  public boolean quiet(String sendId) {
    return store.quiet(sendId).orElse(false);
  }

  /**
   * Keeps a send that would be approved now, if the second passcode signed it. The record is to say
   * of it what it says of every other send; {@link AuditKind#SEND_KEPT} says later that it was not
   * so.
   */
  public boolean keeps(String sendId) {
    if (!quiet(sendId)) {
      return false;
    }
    if (!store.keep(sendId, clock.instant())) {
      throw Refusal.of(Token.SEND_NOT_PENDING).exception();
    }
    return true;
  }

  /**
   * Refuses, while it stands, what would outlast it: as if the server had too much to do, for the
   * truth would give it away.
   */
  public void refuseWhileStanding(String walletId) {
    if (store.stands(walletId)) {
      throw Refusal.of(Token.STORE_BUSY).exception();
    }
  }

  /** The time as the page tells it to a vault that only tries a passcode: the hour. */
  public String now() {
    return Long.toString(clock.instant().getEpochSecond() / HOUR);
  }

  /**
   * A passcode was tried. Refuses {@code wrong-value} for a mark of another hour than this one and
   * the last.
   *
   * @return how many sends that were held back wait for their owner
   */
  public int tried(Whose whose, @Nullable Marks marks, String now, String mark) {
    String last = Long.toString(clock.instant().getEpochSecond() / HOUR - 1);
    if (!now.equals(now()) && !now.equals(last)) {
      throw Refusal.of(Token.WRONG_VALUE, "field", "now").exception();
    }
    heard(whose, Hand.of(marks, true, Marks.checked(whose.walletId(), now), mark));
    return store.waiting(whose.walletId(), HELD_BACK);
  }
}
