package org.trefoil.server.account;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.trefoil.server.audit.AuditKind;
import org.trefoil.server.audit.AuditLog;
import org.trefoil.server.durable.Transactions;

/**
 * Browsers in which an account was signed in to with its second factor, known by a cookie of their
 * own for a year after the last time.
 *
 * <p>The cookie proves nothing but that: it signs nobody in. One browser may be known to several
 * accounts by the same cookie.
 */
public final class Devices {
  /** How long a browser is known after it was last seen. */
  public static final Duration LIFE = Duration.ofDays(365);

  private final DeviceStore store;
  private final Sessions sessions;
  private final Transactions transactions;
  private final AuditLog audit;
  private final InstantSource clock;
  private final SecureRandom random;
  private final SignInNews news;

  public Devices(
      DeviceStore store,
      Sessions sessions,
      Transactions transactions,
      AuditLog audit,
      InstantSource clock,
      SecureRandom random,
      SignInNews news) {
    this.store = store;
    this.sessions = sessions;
    this.transactions = transactions;
    this.audit = audit;
    this.clock = clock;
    this.random = random;
    this.news = news;
  }

  /** Whether the account was signed in to in the browser with this cookie, which may be "". */
  public boolean knows(String accountId, String cookie) {
    return since(accountId, cookie).isPresent();
  }

  /** Since when it was; empty when it never was. */
  public Optional<Instant> since(String accountId, String cookie) {
    return Secrets.plausible(cookie)
        ? store.since(Secrets.hash(cookie), accountId)
        : Optional.empty();
  }

  /** A session that became full, and the cookie of the browser that it is in. */
  public record Arrival(Session session, String cookie) {
    @Override
    public String toString() {
      return "Arrival[redacted]";
    }
  }

  /** Makes a half session full, as {@link Sessions#upgrade}, and remembers its browser. */
  public Arrival arrive(Session half, String cookie, boolean first) {
    return transactions.run(
        () -> {
          Session full = sessions.upgrade(half);
          return new Arrival(full, remember(full, cookie, first));
        });
  }

  /**
   * Remembers the browser of a full session. One that nobody signed in to the account with before
   * is written down, and told to the owner unless the account was only just made.
   *
   * @param cookie what the browser brought along, or ""
   * @param first whether this session ends the sign-up
   * @return the cookie to set
   */
  public String remember(Session session, String cookie, boolean first) {
    Instant now = clock.instant();
    String account = session.accountId();
    return transactions.run(
        () -> {
          boolean plausible = Secrets.plausible(cookie);
          if (plausible && store.seen(Secrets.hash(cookie), account, now)) {
            return cookie;
          }
          // a cookie that we did not set is not taken over
          boolean ours = plausible && store.any(Secrets.hash(cookie));
          String set = ours ? cookie : Secrets.fresh(random);
          store.add(Secrets.hash(set), account, session.device(), now);
          audit.note(AuditKind.DEVICE_ADDED, account, session.sessionId(), session.entry().place());
          if (!first) {
            news.newDevice(session.entry());
          }
          return set;
        });
  }

  /** Forgets browsers that were not seen for a year. */
  public int sweep() {
    return store.sweep(clock.instant().minus(LIFE));
  }
}
