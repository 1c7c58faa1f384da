package org.trefoil.server.regain;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.trefoil.core.Refusal;
import org.trefoil.core.Token;
import org.trefoil.core.keys.AccountStatement;
import org.trefoil.core.wire.ChangeEmailRequest;
import org.trefoil.core.wire.KeyQuestion;
import org.trefoil.server.account.Account;
import org.trefoil.server.account.Email;
import org.trefoil.server.audit.AuditKind;
import org.trefoil.server.durable.Ids;
import org.trefoil.server.secondfactor.Verdict;

/**
 * An account gets another e-mail address for whoever is signed in, gives the second factor, and has
 * the user key of a wallet sign for exactly this address (without a wallet: gives the password).
 * The new address confirms by a link; the old one is told and can cancel until then.
 */
public final class EmailChanges {
  public static final Duration LIFE = Duration.ofHours(24);

  private final EmailChangeStore store;
  private final PasswordLinkStore passwordLinks;
  private final KeyQuestions questions;
  private final Means means;

  EmailChanges(
      EmailChangeStore store,
      PasswordLinkStore passwordLinks,
      KeyQuestions questions,
      Means means) {
    this.store = store;
    this.passwordLinks = passwordLinks;
    this.questions = questions;
    this.means = means;
  }

  /** The address that waits for its confirmation. */
  public Optional<String> pending(String accountId) {
    return store
        .ofAccount(accountId)
        .filter(change -> change.expiresAt().isAfter(means.clock().instant()))
        .map(EmailChangeStore.Entry::email);
  }

  /** Asks the wallet's user key to sign for the new address. */
  public KeyQuestion ask(String accountId, String email, String walletId) {
    Email fresh = fresh(email);
    return questions.ask(accountId, walletId, AccountStatement.CHANGE_EMAIL, fresh.text(), false);
  }

  /**
   * Takes the proofs and writes to both addresses; whether the new one is somebody's is told there
   * alone. Refuses {@code keys-needed}, {@code statement-wrong}, {@code password-wrong}, and a code
   * as a sign-in does.
   */
  public void begin(String accountId, ChangeEmailRequest request) {
    Email fresh = fresh(request.email());
    QuestionStore.@Nullable Entry asked = proved(accountId, fresh, request);
    Verdict verdict = means.factors().use(accountId, request.code());
    verdict.orRefuse();
    String token = LinkToken.fresh(means.random());
    means
        .transactions()
        .run(
            () -> {
              if (asked != null) {
                questions.use(asked);
              }
              String changeId = Ids.random(means.random());
              store.put(
                  new EmailChangeStore.Entry(
                      accountId,
                      changeId,
                      fresh.text(),
                      LinkToken.hash(token),
                      means.clock().instant().plus(LIFE)));
              Account account = means.account(accountId);
              String cancel = means.cancels().of(changeId);
              Optional<Account> taken = means.accounts().byEmail(fresh);
              if (taken.isPresent()) {
                means.letters().emailIsTaken(account, taken.get(), cancel);
              } else {
                means.letters().emailAsked(account, fresh.text(), token, cancel);
              }
              means.audit().note(AuditKind.EMAIL_CHANGE_STARTED, accountId, changeId, null);
            });
  }

  private QuestionStore.@Nullable Entry proved(
      String accountId, Email fresh, ChangeEmailRequest request) {
    String challenge = request.challenge();
    String user = request.user();
    String proof = request.proof();
    if (challenge != null && user != null) {
      return questions.check(
          accountId, AccountStatement.CHANGE_EMAIL, fresh.text(), challenge, user, null);
    }
    if (proof == null || !questions.speakers(accountId).isEmpty()) {
      throw Refusal.of(Token.KEYS_NEEDED).exception();
    }
    means.accounts().refuseWrong(accountId, proof);
    return null;
  }

  /** The address that the link confirms; refuses {@code link-dead}. */
  public String email(String token) {
    return live(token).email();
  }

  /**
   * Changes the address, ends every session but {@code keepToken}'s, and tells the old address;
   * refuses {@code link-dead}, also when another account has the address meanwhile.
   */
  public void confirm(String token, String keepToken) {
    means
        .transactions()
        .run(
            () -> {
              EmailChangeStore.Entry change = live(token);
              if (!store.end(change.changeId())) {
                throw PasswordLinks.dead();
              }
              Account before = means.account(change.accountId());
              if (!means
                  .accounts()
                  .changeEmail(
                      before.accountId(), before.email(), Email.parse(change.email()), keepToken)) {
                throw PasswordLinks.dead();
              }
              passwordLinks.removeAll(before.accountId());
              means.letters().emailChanged(before, change.email());
            });
  }

  /** Cancels what waits, for whoever is signed in; that is final. */
  public void cancel(String accountId) {
    store.ofAccount(accountId).ifPresent(change -> cancelById(change.changeId()));
  }

  boolean cancelById(String changeId) {
    Optional<EmailChangeStore.Entry> change = store.find(changeId);
    return change.isPresent()
        && means
            .transactions()
            .run(
                () -> {
                  boolean ended = store.end(changeId);
                  if (ended) {
                    means
                        .audit()
                        .note(
                            AuditKind.EMAIL_CHANGE_CANCELLED,
                            change.get().accountId(),
                            changeId,
                            null);
                  }
                  return ended;
                });
  }

  boolean runs(String changeId) {
    return store.find(changeId).isPresent();
  }

  void sweep() {
    store.sweep(means.clock().instant());
  }

  private Email fresh(String typed) {
    means.refuseWithoutMail();
    return Email.parse(typed);
  }

  private EmailChangeStore.Entry live(String token) {
    return store
        .byToken(LinkToken.hash(token))
        .filter(change -> change.expiresAt().isAfter(means.clock().instant()))
        .orElseThrow(PasswordLinks::dead);
  }
}
