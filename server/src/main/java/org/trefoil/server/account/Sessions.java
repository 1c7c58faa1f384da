package org.trefoil.server.account;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.trefoil.core.Refusal;
import org.trefoil.core.Token;
import org.trefoil.server.audit.AuditKind;
import org.trefoil.server.audit.AuditLog;
import org.trefoil.server.durable.Ids;
import org.trefoil.server.durable.Transactions;

/**
 * Opens, finds, upgrades and ends sessions.
 *
 * <p>A session ends after 30 minutes without use and 12 hours after it was opened, whatever
 * happens. A token is replaced when its session becomes full. The second factor turns a half
 * session into a full one exactly once: the half session is removed by the same transaction.
 */
public final class Sessions {
  public static final Duration IDLE = Duration.ofMinutes(30);
  public static final Duration ABSOLUTE = Duration.ofHours(12);

  /** A half session is only there to give the second factor. */
  public static final Duration HALF = Duration.ofMinutes(15);

  /**
   * A session seen later than this from now was seen before the clock went back: it ends, rather
   * than live longer by as much.
   */
  private static final Duration CLOCKS_DIFFER = Duration.ofMinutes(2);

  private static final Duration TOUCH_EVERY = Duration.ofMinutes(1);
  private static final int MAX_DEVICE = 120;
  private static final int MAX_ADDRESS = 45;

  private final SessionStore store;
  private final Transactions transactions;
  private final AuditLog audit;
  private final InstantSource clock;
  private final SecureRandom random;

  public Sessions(
      SessionStore store,
      Transactions transactions,
      AuditLog audit,
      InstantSource clock,
      SecureRandom random) {
    this.store = store;
    this.transactions = transactions;
    this.audit = audit;
    this.clock = clock;
    this.random = random;
  }

  /**
   * Opens a session.
   *
   * @param full whether the second factor was given already
   * @param device what the browser calls itself, for the person's list of sessions
   * @param address the network address that it asks from, for the same
   */
  public Session open(String accountId, boolean full, String device, String address) {
    Instant now = clock.instant();
    return add(
        accountId, full, now, printable(device, MAX_DEVICE), printable(address, MAX_ADDRESS));
  }

  /** The live session of this token. */
  public Optional<Session> find(String token) {
    if (!Secrets.plausible(token)) {
      return Optional.empty();
    }
    byte[] hash = Secrets.hash(token);
    Instant now = clock.instant();
    Optional<Session.Entry> found = store.find(hash).filter(entry -> live(entry, now));
    if (found.isPresent() && found.get().lastSeenAt().plus(TOUCH_EVERY).isBefore(now)) {
      store.touch(hash, now);
    }
    return found.map(entry -> new Session(token, entry));
  }

  /** A full session with a new token in place of {@code half}, which ends. */
  public Session upgrade(Session half) {
    return transactions.run(
        () -> {
          if (!store.remove(Secrets.hash(half.token()))) {
            throw Refusal.of(Token.NOT_SIGNED_IN).exception();
          }
          return add(half.accountId(), true, half.createdAt(), half.device(), half.address());
        });
  }

  /** Ends the session of this token, if there is one. */
  public void end(String token) {
    Optional<Session.Entry> found = store.find(Secrets.hash(token));
    store.remove(Secrets.hash(token));
    found.ifPresent(e -> audit.note(AuditKind.SESSION_ENDED, e.accountId(), e.sessionId(), null));
  }

  /** Ends one of the account's sessions by its public name. */
  public boolean end(String accountId, String sessionId) {
    boolean ended = store.remove(accountId, sessionId);
    if (ended) {
      audit.note(AuditKind.SESSION_ENDED, accountId, sessionId, null);
    }
    return ended;
  }

  /** Ends all sessions of the account but the one with {@code exceptToken} (which may be ""). */
  public void endAll(String accountId, String exceptToken) {
    store.removeAllBut(accountId, Secrets.hash(exceptToken));
  }

  /** Ends all sessions of the account but this one, because its owner says so. */
  public void endOthers(String accountId, String ownToken) {
    transactions.run(
        () -> {
          int ended = store.removeAllBut(accountId, Secrets.hash(ownToken));
          if (ended > 0) {
            audit.note(AuditKind.SESSIONS_ENDED, accountId, null, Integer.toString(ended));
          }
        });
  }

  /** Whether the account's session of this public name is alive. */
  public boolean lives(String accountId, String sessionId) {
    Instant now = clock.instant();
    return store.find(accountId, sessionId).filter(entry -> live(entry, now)).isPresent();
  }

  /** The account's live sessions, newest first, a hundred at most. */
  public List<Session.Entry> list(String accountId) {
    Instant now = clock.instant();
    return store.list(accountId).stream().filter(entry -> live(entry, now)).toList();
  }

  /** Clears sessions out that can no longer be used. */
  public int sweep() {
    Instant now = clock.instant();
    return store.sweep(now.minus(IDLE), now.minus(ABSOLUTE));
  }

  private Session add(
      String accountId, boolean full, Instant createdAt, String device, String address) {
    String token = Secrets.fresh(random);
    Session.Entry entry =
        new Session.Entry(
            Secrets.hash(token),
            Ids.random(random),
            accountId,
            full,
            createdAt,
            clock.instant(),
            device,
            address);
    store.add(entry);
    return new Session(token, entry);
  }

  private static boolean live(Session.Entry entry, Instant now) {
    Duration age = entry.full() ? ABSOLUTE : HALF;
    return entry.createdAt().plus(age).isAfter(now)
        && entry.lastSeenAt().plus(IDLE).isAfter(now)
        && entry.lastSeenAt().isBefore(now.plus(CLOCKS_DIFFER));
  }

  private static String printable(String text, int most) {
    StringBuilder out = new StringBuilder();
    text.codePoints().filter(c -> c >= 0x20 && c < 0x7f).limit(most).forEach(out::appendCodePoint);
    return out.toString();
  }
}
