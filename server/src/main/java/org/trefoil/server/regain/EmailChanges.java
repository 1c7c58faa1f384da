package org.trefoil.server.regain;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.trefoil.core.Refusal;
import org.trefoil.core.Token;
import org.trefoil.core.keys.AccountStatement;
import org.trefoil.core.wire.ChangeEmailRequest;
import org.trefoil.core.wire.KeyQuestion;
import org.trefoil.server.account.Account;
import org.trefoil.server.account.Accounts;
import org.trefoil.server.account.Email;
import org.trefoil.server.audit.AuditKind;
import org.trefoil.server.audit.AuditLog;
import org.trefoil.server.durable.Ids;
import org.trefoil.server.durable.Transactions;
import org.trefoil.server.mail.Mailroom;
import org.trefoil.server.secondfactor.SecondFactors;
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
  private final Accounts accounts;
  private final SecondFactors factors;
  private final Letters letters;
  private final CancelLinks cancels;
  private final Mailroom mail;
  private final Transactions transactions;
  private final AuditLog audit;
  private final InstantSource clock;
  private final SecureRandom random;

  EmailChanges(
      EmailChangeStore store,
      PasswordLinkStore passwordLinks,
      KeyQuestions questions,
      Accounts accounts,
      SecondFactors factors,
      Letters letters,
      CancelLinks cancels,
      Mailroom mail,
      Transactions transactions,
      AuditLog audit,
      InstantSource clock,
      SecureRandom random) {
    this.store = store;
    this.passwordLinks = passwordLinks;
    this.questions = questions;
    this.accounts = accounts;
    this.factors = factors;
    this.letters = letters;
    this.cancels = cancels;
    this.mail = mail;
    this.transactions = transactions;
    this.audit = audit;
    this.clock = clock;
    this.random = random;
  }

  /** The address that waits for its confirmation. */
  public Optional<String> pending(String accountId) {
    return store
        .ofAccount(accountId)
        .filter(change -> change.expiresAt().isAfter(clock.instant()))
        .map(EmailChangeStore.Entry::email);
  }

  /** Asks the wallet's user key to sign for the new address. */
  public KeyQuestion ask(String accountId, String email, String walletId) {
    Email fresh = fresh(email);
    return questions.ask(accountId, walletId, AccountStatement.CHANGE_EMAIL, fresh.text(), false);
  }

  /**
   * Takes the proofs and writes to both addresses. Refuses {@code email-taken}, {@code
   * keys-needed}, {@code statement-wrong}, {@code password-wrong}, and a code as a sign-in does.
   */
  public void begin(String accountId, ChangeEmailRequest request) {
    Email fresh = fresh(request.email());
    QuestionStore.@Nullable Entry asked = proved(accountId, fresh, request);
    Verdict verdict = factors.use(accountId, request.code());
    if (verdict != Verdict.OK) {
      throw SecondFactors.refusal(verdict).exception();
    }
    String token = LinkToken.fresh(random);
    transactions.run(
        () -> {
          if (asked != null) {
            questions.use(asked);
          }
          String changeId = Ids.random(random);
          store.put(
              new EmailChangeStore.Entry(
                  accountId,
                  changeId,
                  fresh.text(),
                  LinkToken.hash(token),
                  clock.instant().plus(LIFE)));
          Account account = accounts.find(accountId).orElseThrow();
          letters.emailAsked(account, fresh.text(), token, cancels.of(changeId));
          audit.note(AuditKind.EMAIL_CHANGE_STARTED, accountId, changeId, null);
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
    accounts.refuseWrong(accountId, proof);
    return null;
  }

  /** The address that the link confirms; refuses {@code link-dead}. */
  public String email(String token) {
    return live(token).email();
  }

  /**
   * Changes the address, ends every session but {@code keepToken}'s, and tells the old address;
   * refuses {@code link-dead} and {@code email-taken}.
   */
  public void confirm(String token, String keepToken) {
    transactions.run(
        () -> {
          EmailChangeStore.Entry change = live(token);
          if (!store.end(change.changeId())) {
            throw PasswordLinks.dead();
          }
          Account before = accounts.find(change.accountId()).orElseThrow();
          accounts.changeEmail(
              before.accountId(), before.email(), Email.parse(change.email()), keepToken);
          passwordLinks.removeAll(before.accountId());
          letters.emailChanged(before, change.email());
        });
  }

  /** Cancels what waits, for whoever is signed in; that is final. */
  public void cancel(String accountId) {
    store.ofAccount(accountId).ifPresent(change -> cancelById(change.changeId()));
  }

  boolean cancelById(String changeId) {
    Optional<EmailChangeStore.Entry> change = store.find(changeId);
    return change.isPresent()
        && transactions.run(
            () -> {
              boolean ended = store.end(changeId);
              if (ended) {
                audit.note(
                    AuditKind.EMAIL_CHANGE_CANCELLED, change.get().accountId(), changeId, null);
              }
              return ended;
            });
  }

  boolean runs(String changeId) {
    return store.find(changeId).isPresent();
  }

  void sweep() {
    store.sweep(clock.instant());
  }

  private Email fresh(String typed) {
    if (!mail.reachesPeople()) {
      throw Refusal.of(Token.MAIL_MISSING).exception();
    }
    Email fresh = Email.parse(typed);
    if (accounts.byEmail(fresh).isPresent()) {
      throw Refusal.of(Token.EMAIL_TAKEN).exception();
    }
    return fresh;
  }

  private EmailChangeStore.Entry live(String token) {
    return store
        .byToken(LinkToken.hash(token))
        .filter(change -> change.expiresAt().isAfter(clock.instant()))
        .orElseThrow(PasswordLinks::dead);
  }
}
