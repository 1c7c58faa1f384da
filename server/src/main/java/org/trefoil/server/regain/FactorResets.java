package org.trefoil.server.regain;

import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.trefoil.core.Refusal;
import org.trefoil.core.Token;
import org.trefoil.core.keys.AccountStatement;
import org.trefoil.core.wire.KeyQuestion;
import org.trefoil.core.wire.ProvedKeysRequest;
import org.trefoil.server.account.Account;
import org.trefoil.server.account.Accounts;
import org.trefoil.server.account.Session;
import org.trefoil.server.account.Sessions;
import org.trefoil.server.audit.AuditKind;
import org.trefoil.server.audit.AuditLog;
import org.trefoil.server.durable.Ids;
import org.trefoil.server.durable.Transactions;
import org.trefoil.server.mail.Mailroom;
import org.trefoil.server.secondfactor.Enrolment;
import org.trefoil.server.secondfactor.SecondFactors;

/**
 * A lost second factor is replaced for whoever is signed in, with the password at least, and
 *
 * <ul>
 *   <li>has the user key and the backup key of a wallet sign for it: at once;
 *   <li>has the user key alone sign, or has no wallet: after a wait in which the owner is told by
 *       mail, and on each page, and can cancel, and then only by a link from a mail.
 * </ul>
 *
 * <p>The old factor stays until the new one's first code is given; then it, its recovery codes and
 * every other session are dead. Whoever cancels and whoever carries it out meet at one row: one of
 * them gets it.
 */
public final class FactorResets {
  /** How long the link of a replacement by both keys holds. */
  public static final Duration AT_ONCE = Duration.ofMinutes(30);

  /** How long a link holds after the wait. */
  public static final Duration AFTER_WAIT = Duration.ofDays(7);

  private static final Duration TOLD_EVERY = Duration.ofDays(1);
  private static final int SOME = 50;

  private final FactorResetStore store;
  private final KeyQuestions questions;
  private final Accounts accounts;
  private final Sessions sessions;
  private final SecondFactors factors;
  private final Letters letters;
  private final CancelLinks cancels;
  private final Mailroom mail;
  private final Transactions transactions;
  private final AuditLog audit;
  private final InstantSource clock;
  private final SecureRandom random;
  private final Duration wait;

  FactorResets(
      FactorResetStore store,
      KeyQuestions questions,
      Accounts accounts,
      Sessions sessions,
      SecondFactors factors,
      Letters letters,
      CancelLinks cancels,
      Mailroom mail,
      Transactions transactions,
      AuditLog audit,
      InstantSource clock,
      SecureRandom random,
      Duration wait) {
    this.store = store;
    this.questions = questions;
    this.accounts = accounts;
    this.sessions = sessions;
    this.factors = factors;
    this.letters = letters;
    this.cancels = cancels;
    this.mail = mail;
    this.transactions = transactions;
    this.audit = audit;
    this.clock = clock;
    this.random = random;
    this.wait = wait;
  }

  /** A replacement under way, as its owner sees it. */
  public record Pending(Instant startedAt, Instant readyAt, boolean ready) {}

  public Optional<Pending> pending(String accountId) {
    return store
        .ofAccount(accountId)
        .map(reset -> new Pending(reset.startedAt(), reset.readyAt(), reset.ready()));
  }

  /** The wallets whose keys may speak for the account, the one that may at once first. */
  public List<KeyQuestions.Speaker> speakers(String accountId) {
    return questions.speakers(accountId);
  }

  public Duration waits() {
    return wait;
  }

  /** Asks the user key, and the backup key if it is there, for their signatures. */
  public KeyQuestion ask(String accountId, String walletId, boolean withBackup) {
    refuseWithoutFactor(accountId);
    if (!withBackup) {
      refuseSilentWait(accountId);
    }
    return questions.ask(accountId, walletId, AccountStatement.FACTOR_LOST, "", withBackup);
  }

  /**
   * Takes the signatures.
   *
   * @return the token to enrol with now; empty when the wait begins
   */
  public Optional<String> begin(String accountId, ProvedKeysRequest keys) {
    refuseWithoutFactor(accountId);
    QuestionStore.Entry asked =
        questions.check(
            accountId,
            AccountStatement.FACTOR_LOST,
            "",
            keys.challenge(),
            keys.user(),
            keys.backup());
    if (asked.withBackup()) {
      return Optional.of(beginAtOnce(accountId, asked));
    }
    refuseSilentWait(accountId);
    transactions.run(
        () -> {
          questions.use(asked);
          beginWait(accountId);
        });
    return Optional.empty();
  }

  /** Begins the wait for an account that has no wallet whose keys could speak for it. */
  public void beginByMail(String accountId) {
    refuseWithoutFactor(accountId);
    refuseSilentWait(accountId);
    if (!questions.speakers(accountId).isEmpty()) {
      throw Refusal.of(Token.KEYS_NEEDED).exception();
    }
    transactions.run(() -> beginWait(accountId));
  }

  private void beginWait(String accountId) {
    Instant now = now();
    Instant ready = now.plus(wait);
    String resetId = Ids.random(random);
    FactorResetStore.Entry reset =
        new FactorResetStore.Entry(
            accountId,
            resetId,
            now,
            ready,
            now.plus(TOLD_EVERY),
            null,
            null,
            factors.fresh(accountId));
    if (!store.add(reset)) {
      throw Refusal.of(Token.RESET_WAITING).exception();
    }
    letters.resetBegun(account(accountId), ready, cancels.of(resetId));
    audit.note(AuditKind.FACTOR_RESET_STARTED, accountId, resetId, "user");
  }

  /** Both keys go before whatever waits. */
  private String beginAtOnce(String accountId, QuestionStore.Entry asked) {
    String token = LinkToken.fresh(random);
    Instant now = now();
    transactions.run(
        () -> {
          questions.use(asked);
          store.ofAccount(accountId).ifPresent(old -> store.end(old.resetId()));
          String resetId = Ids.random(random);
          FactorResetStore.Entry reset =
              new FactorResetStore.Entry(
                  accountId,
                  resetId,
                  now,
                  now,
                  now.plus(TOLD_EVERY),
                  LinkToken.hash(token),
                  now.plus(AT_ONCE),
                  factors.fresh(accountId));
          if (!store.add(reset)) {
            throw Refusal.of(Token.RESET_WAITING).exception();
          }
          letters.resetByKeys(account(accountId), cancels.of(resetId));
          audit.note(AuditKind.FACTOR_RESET_STARTED, accountId, resetId, "both");
        });
    return token;
  }

  /** What the new authenticator app is told; refuses {@code link-dead}. */
  public Enrolment enrolment(String accountId, String token) {
    FactorResetStore.Entry reset = live(accountId, token);
    return factors.show(accountId, reset.secret(), account(accountId).email());
  }

  /** The new factor and its recovery codes, and the session that goes on with them. */
  public record Done(List<String> recovery, Session session) {}

  /**
   * Puts the new factor in the place of the lost one, on its first code; refuses {@code link-dead}
   * and {@code code-wrong}.
   *
   * @param half the session that asked; it ends as all others do, and a full one takes its place
   */
  public Done complete(String accountId, String token, String code, Session half) {
    return transactions.run(
        () -> {
          FactorResetStore.Entry reset = live(accountId, token);
          if (!store.end(reset.resetId())) {
            throw PasswordLinks.dead();
          }
          List<String> recovery = factors.replace(accountId, reset.secret(), code);
          sessions.endAll(accountId, half.token());
          Session full = sessions.upgrade(half);
          letters.factorReplaced(account(accountId));
          return new Done(recovery, full);
        });
  }

  /**
   * Cancels what is under way, for whoever gave the second factor too; that is final. The password
   * alone does not: whoever has only that could keep the owner out for ever.
   */
  public void cancel(String accountId) {
    store.ofAccount(accountId).ifPresent(this::cancel);
  }

  /** Cancels by the link from a mail; false when it is no such link or it is over. */
  boolean cancelById(String resetId) {
    return store.find(resetId).map(this::cancel).orElse(false);
  }

  boolean runs(String resetId) {
    return store.find(resetId).isPresent();
  }

  private boolean cancel(FactorResetStore.Entry reset) {
    return end(reset, AuditKind.FACTOR_RESET_CANCELLED, "was cancelled");
  }

  private boolean end(FactorResetStore.Entry reset, AuditKind kind, String why) {
    return transactions.run(
        () -> {
          boolean ended = store.end(reset.resetId());
          if (ended) {
            letters.resetEnded(account(reset.accountId()), why);
            audit.note(kind, reset.accountId(), reset.resetId(), null);
          }
          return ended;
        });
  }

  /** Ends waits that are over, tells owners again, and forgets links that nobody used. */
  public void lookAfter() {
    Instant now = now();
    for (FactorResetStore.Entry reset : store.due(now, SOME)) {
      Instant expires = reset.expiresAt();
      if (expires != null) {
        end(reset, AuditKind.FACTOR_RESET_EXPIRED, "was not carried out in time");
      } else if (!reset.readyAt().isAfter(now)) {
        transactions.run(() -> ready(reset, now));
      } else {
        transactions.run(() -> tellAgain(reset, now));
      }
    }
    questions.sweep();
  }

  private void ready(FactorResetStore.Entry reset, Instant now) {
    String token = LinkToken.fresh(random);
    Instant until = now.plus(AFTER_WAIT);
    if (store.ready(reset.resetId(), LinkToken.hash(token), until)) {
      String cancel = cancels.of(reset.resetId());
      letters.resetReady(account(reset.accountId()), until, token, cancel);
      audit.note(AuditKind.FACTOR_RESET_READY, reset.accountId(), reset.resetId(), null);
    }
  }

  private void tellAgain(FactorResetStore.Entry reset, Instant now) {
    if (store.nextMail(reset.resetId(), reset.nextMailAt(), now.plus(TOLD_EVERY))) {
      Duration left = Duration.between(now, reset.readyAt());
      String cancel = cancels.of(reset.resetId());
      letters.resetWaits(account(reset.accountId()), reset.readyAt(), left, cancel);
    }
  }

  private FactorResetStore.Entry live(String accountId, String token) {
    byte[] hash = LinkToken.hash(token);
    Instant now = clock.instant();
    return store
        .ofAccount(accountId)
        .filter(reset -> MessageDigest.isEqual(reset.tokenHash(), hash))
        .filter(reset -> reset.expiresAt() != null && reset.expiresAt().isAfter(now))
        .orElseThrow(PasswordLinks::dead);
  }

  private void refuseWithoutFactor(String accountId) {
    if (!factors.enrolled(accountId)) {
      throw Refusal.of(Token.FACTOR_MISSING).exception();
    }
  }

  /** A wait of which nobody would be told protects nobody, and two at once are one. */
  private void refuseSilentWait(String accountId) {
    if (!mail.reachesPeople()) {
      throw Refusal.of(Token.MAIL_MISSING).exception();
    }
    if (store.ofAccount(accountId).isPresent()) {
      throw Refusal.of(Token.RESET_WAITING).exception();
    }
  }

  private Account account(String accountId) {
    return accounts.find(accountId).orElseThrow();
  }

  private Instant now() {
    return Instant.ofEpochSecond(clock.instant().getEpochSecond());
  }
}
