package org.trefoil.server.mail;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes what waits to its recipients. A mail is claimed by its row before it leaves, so of several
 * servers on one database one sends it. A server that dies between sending and noting it leaves a
 * mail that is sent again, under the same Message-ID.
 */
public final class MailRound {
  private static final Logger LOG = LoggerFactory.getLogger(MailRound.class);
  private static final int AT_ONCE = 20;

  /** For how long one server has a mail; what it leaves behind when it dies waits for no more. */
  private static final Duration CLAIM = Carrier.LONGEST.multipliedBy(2);

  private static final Duration LONGEST_WAIT = Duration.ofHours(1);
  private static final Duration GIVEN_UP = Duration.ofDays(3);
  private static final Duration SHOWN_FOR = Duration.ofDays(14);

  private final MailStore store;
  private final Mailroom room;
  private final Carrier carrier;
  private final InstantSource clock;

  public MailRound(MailStore store, Mailroom room, Carrier carrier, InstantSource clock) {
    this.store = store;
    this.room = room;
    this.carrier = carrier;
    this.clock = clock;
  }

  /** Sends what is due; ends at the first that nobody takes now. */
  public void run() {
    for (MailStore.Entry mail : store.due(clock.instant(), AT_ONCE)) {
      if (store.claim(mail.mailId(), mail.tries(), clock.instant().plus(CLAIM)) && !carry(mail)) {
        return;
      }
    }
  }

  private boolean carry(MailStore.Entry mail) {
    Carrier.Outcome outcome = carrier.carry(room.open(mail));
    Instant now = clock.instant();
    boolean late = mail.createdAt().plus(GIVEN_UP).isBefore(now);
    if (outcome == Carrier.Outcome.TAKEN) {
      store.remove(mail.mailId());
    } else if (outcome == Carrier.Outcome.REFUSED || late) {
      LOG.warn("Mail {} is given up: nobody takes it", mail.mailId());
      store.remove(mail.mailId());
    } else {
      long wait = Math.min(LONGEST_WAIT.toSeconds(), 15L << Math.min(mail.tries(), 10));
      LOG.info("Mail {} is not taken now, again in {} s", mail.mailId(), wait);
      store.later(mail.mailId(), now.plusSeconds(wait));
      return false;
    }
    return true;
  }

  /** Clears out what nobody reads any more. */
  public void sweep() {
    store.sweep(clock.instant().minus(SHOWN_FOR));
  }
}
