package org.trefoil.server.regain;

import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.trefoil.core.Refusal;
import org.trefoil.core.Token;
import org.trefoil.core.keys.AccountStatement;
import org.trefoil.core.wire.KeyQuestion;
import org.trefoil.core.wire.ProvedKeysRequest;
import org.trefoil.server.account.Session;
import org.trefoil.server.account.Sessions;
import org.trefoil.server.audit.AuditKind;
import org.trefoil.server.durable.Ids;
import org.trefoil.server.keyfile.Sealed;
import org.trefoil.server.secondfactor.Enrolment;
import org.trefoil.server.secondfactor.KeyProof;

/**
 * A lost second factor is replaced for whoever is signed in, with the password at least, and
 *
 * <ul>
 *   <li>has the user key and the backup key of a wallet sign for it: at once, unless a signer that
 *       does not know the wallet as the account's for long enough says that they wait as well;
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

  private final FactorResetStore store;
  private final KeyQuestions questions;
  private final Sessions sessions;
  private final Means means;
  private final Duration wait;
  private final FactorResetRound round;

  FactorResets(
      FactorResetStore store,
      KeyQuestions questions,
      Sessions sessions,
      Means means,
      Duration wait) {
    this.store = store;
    this.questions = questions;
    this.sessions = sessions;
    this.means = means;
    this.wait = wait;
    this.round = new FactorResetRound(store, means);
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

  /** Whether no wait replaces the factor of an account: both keys do, or nothing. */
  public boolean keysAlone(String accountId) {
    return means.factors().keysAlone(accountId);
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
      return beginByKeys(accountId, asked, keys);
    }
    refuseSilentWait(accountId);
    means
        .transactions()
        .run(
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
    means.transactions().run(() -> beginWait(accountId));
  }

  private void beginWait(String accountId) {
    Sealed secret = means.factors().fresh(accountId, false);
    beginWait(accountId, secret, now().plus(wait), "user");
  }

  private void beginWait(String accountId, Sealed secret, Instant ready, String by) {
    String resetId = add(accountId, secret, ready, null, null);
    means.letters().resetBegun(means.account(accountId), ready, means.cancels().of(resetId));
    means.audit().note(AuditKind.FACTOR_RESET_STARTED, accountId, resetId, by);
  }

  /** Both keys go before whatever waits. */
  private Optional<String> beginByKeys(
      String accountId, QuestionStore.Entry asked, ProvedKeysRequest keys) {
    String token = LinkToken.fresh(means.random());
    return means
        .transactions()
        .run(
            () -> {
              questions.use(asked);
              store.ofAccount(accountId).ifPresent(old -> store.end(old.resetId()));
              Sealed secret = means.factors().fresh(accountId, true);
              Instant waits = means.factors().hasten(accountId, proof(asked, keys));
              if (waits != null) {
                means.refuseWithoutMail();
                beginWait(accountId, secret, waits, "both");
                return Optional.empty();
              }
              Instant now = now();
              byte[] hash = LinkToken.hash(token);
              String resetId = add(accountId, secret, now, hash, now.plus(AT_ONCE));
              means.letters().resetByKeys(means.account(accountId), means.cancels().of(resetId));
              means.audit().note(AuditKind.FACTOR_RESET_STARTED, accountId, resetId, "both");
              return Optional.of(token);
            });
  }

  private static KeyProof proof(QuestionStore.Entry asked, ProvedKeysRequest keys) {
    return new KeyProof(
        asked.walletId(),
        asked.challenge(),
        asked.expiresAt().getEpochSecond(),
        keys.user(),
        Objects.requireNonNull(keys.backup()));
  }

  /** Remembers a replacement that is ready then; refuses {@code reset-waiting} beside another. */
  private String add(
      String accountId,
      Sealed secret,
      Instant ready,
      byte @Nullable [] tokenHash,
      @Nullable Instant tokenUntil) {
    Instant now = now();
    String resetId = Ids.random(means.random());
    FactorResetStore.Entry reset =
        new FactorResetStore.Entry(
            accountId,
            resetId,
            now,
            ready,
            now.plus(FactorResetRound.TOLD_EVERY),
            tokenHash,
            tokenUntil,
            secret);
    if (!store.add(reset)) {
      throw Refusal.of(Token.RESET_WAITING).exception();
    }
    return resetId;
  }

  /** What the new authenticator app is told; refuses {@code link-dead}. */
  public Enrolment enrolment(String accountId, String token) {
    FactorResetStore.Entry reset = live(accountId, token);
    return means.factors().show(accountId, reset.secret(), means.account(accountId).email());
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
    return means
        .transactions()
        .run(
            () -> {
              FactorResetStore.Entry reset = live(accountId, token);
              if (!store.end(reset.resetId())) {
                throw PasswordLinks.dead();
              }
              List<String> recovery = means.factors().replace(accountId, reset.secret(), code);
              sessions.endAll(accountId, half.token());
              Session full = sessions.upgrade(half);
              means.letters().factorReplaced(means.account(accountId));
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
    return round.end(reset, AuditKind.FACTOR_RESET_CANCELLED, "was cancelled");
  }

  /** Ends waits that are over, tells owners again, and forgets questions that nobody answered. */
  public void lookAfter() {
    round.run(now());
    questions.sweep();
  }

  private FactorResetStore.Entry live(String accountId, String token) {
    byte[] hash = LinkToken.hash(token);
    Instant now = means.clock().instant();
    return store
        .ofAccount(accountId)
        .filter(reset -> MessageDigest.isEqual(reset.tokenHash(), hash))
        .filter(reset -> reset.expiresAt() != null && reset.expiresAt().isAfter(now))
        .orElseThrow(PasswordLinks::dead);
  }

  private void refuseWithoutFactor(String accountId) {
    if (!means.factors().enrolled(accountId)) {
      throw Refusal.of(Token.FACTOR_MISSING).exception();
    }
  }

  /**
   * A wait of which nobody would be told protects nobody, two at once are one, and some replace
   * nothing.
   */
  private void refuseSilentWait(String accountId) {
    means.refuseWithoutMail();
    if (means.factors().keysAlone(accountId)) {
      throw Refusal.of(Token.RESET_NEEDS_KEYS).exception();
    }
    if (store.ofAccount(accountId).isPresent()) {
      throw Refusal.of(Token.RESET_WAITING).exception();
    }
  }

  private Instant now() {
    return Instant.ofEpochSecond(means.clock().instant().getEpochSecond());
  }
}
