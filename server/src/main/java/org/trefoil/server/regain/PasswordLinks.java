package org.trefoil.server.regain;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.trefoil.core.Refusal;
import org.trefoil.core.RefusedException;
import org.trefoil.core.Token;
import org.trefoil.core.wire.NewPasswordRequest;
import org.trefoil.server.account.Account;
import org.trefoil.server.account.Email;
import org.trefoil.server.audit.AuditKind;
import org.trefoil.server.secondfactor.Verdict;

/**
 * A forgotten password is replaced by a link from a mail and the second factor. That opens the
 * account, never a key: passcodes are another secret.
 *
 * <p>A link holds for 30 minutes, for one use, and for the password that the account has now. Codes
 * tried on it are counted here: whoever reads the mail cannot use up the tries of a sign-in. Once
 * the code was given, the link of the mail is dead and the browser that gave it goes on with
 * another one.
 */
public final class PasswordLinks {
  public static final Duration LIFE = Duration.ofMinutes(30);
  public static final int MOST_TRIES = 5;
  public static final int MOST_TRIES_PER_DAY = 30;
  public static final int MOST_AT_ONCE = 3;

  private static final Duration KEPT = Duration.ofDays(1);

  private final PasswordLinkStore store;
  private final Means means;

  PasswordLinks(PasswordLinkStore store, Means means) {
    this.store = store;
    this.means = means;
  }

  /**
   * Mails a link to the address if it is an account's, and does nothing otherwise; nothing also
   * when {@value #MOST_AT_ONCE} were sent that still hold. So whoever asks has one or gets one,
   * however often a stranger asked before. Takes longer when there is an account: whoever calls
   * this does so after the answer.
   */
  void send(Email email) {
    Optional<Account> account = means.accounts().byEmail(email);
    if (account.isEmpty()) {
      return;
    }
    String accountId = account.get().accountId();
    Instant now = means.clock().instant();
    means
        .transactions()
        .run(
            () -> {
              boolean enough = store.madeSince(accountId, now.minus(LIFE)) >= MOST_AT_ONCE;
              Optional<byte[]> mark = means.accounts().passwordMark(accountId);
              if (enough || mark.isEmpty()) {
                return;
              }
              String token = LinkToken.fresh(means.random());
              store.add(
                  new PasswordLinkStore.Entry(
                      LinkToken.hash(token), accountId, mark.get(), now, now.plus(LIFE), false));
              means.letters().passwordLink(account.get(), token);
              means.audit().note(AuditKind.PASSWORD_LINK_SENT, accountId);
            });
  }

  /** Whether the link asks for the second factor first; refuses {@code link-dead}. */
  public boolean asksCode(String token) {
    return asksCode(live(token));
  }

  private boolean asksCode(PasswordLinkStore.Entry link) {
    return !link.factorGiven() && means.factors().enrolled(link.accountId());
  }

  /** The address of the account whose password the link sets. */
  public String email(String token) {
    return means.accounts().find(live(token).accountId()).map(Account::email).orElse("");
  }

  /**
   * Takes the second factor; refuses as a sign-in does, and {@code link-dead} after {@value
   * #MOST_TRIES} tries of this link or {@value #MOST_TRIES_PER_DAY} of all links of a day.
   *
   * @return the token to go on with
   */
  public String giveCode(String token, String code) {
    byte[] hash = LinkToken.hash(token);
    String next = LinkToken.fresh(means.random());
    Verdict verdict = means.transactions().run(() -> tryCode(hash, live(token), code, next));
    if (verdict == Verdict.TOO_MANY) {
      throw dead();
    }
    verdict.orRefuse();
    return next;
  }

  private Verdict tryCode(byte[] hash, PasswordLinkStore.Entry link, String code, String next) {
    Instant dayAgo = means.clock().instant().minus(KEPT);
    if (store.triesSince(link.accountId(), dayAgo) >= MOST_TRIES_PER_DAY
        || !store.takeTry(hash, MOST_TRIES)) {
      return Verdict.TOO_MANY;
    }
    Verdict verdict = means.factors().useCountedElsewhere(link.accountId(), code);
    if (verdict == Verdict.OK
        && !store.factorGiven(hash, LinkToken.hash(next), means.clock().instant().plus(LIFE))) {
      throw dead();
    }
    return verdict;
  }

  /** Sets the password, ends every session, and tells the owner; refuses {@code link-dead}. */
  public void set(NewPasswordRequest request) {
    means
        .transactions()
        .run(
            () -> {
              PasswordLinkStore.Entry link = live(request.token());
              if (asksCode(link) || !store.remove(link.tokenHash())) {
                throw dead();
              }
              String accountId = link.accountId();
              if (!means
                  .accounts()
                  .resetPassword(
                      accountId, link.mark(), request.salt(), request.kdf(), request.proof())) {
                throw dead();
              }
              store.removeAll(accountId);
              means.letters().passwordSet(means.account(accountId));
            });
  }

  void sweep() {
    store.sweep(means.clock().instant().minus(KEPT));
  }

  private PasswordLinkStore.Entry live(String token) {
    PasswordLinkStore.@Nullable Entry link = store.find(LinkToken.hash(token)).orElse(null);
    Optional<byte[]> mark =
        link == null ? Optional.empty() : means.accounts().passwordMark(link.accountId());
    boolean same = mark.isPresent() && java.util.Arrays.equals(mark.get(), link.mark());
    if (link == null || !same || !link.expiresAt().isAfter(means.clock().instant())) {
      throw dead();
    }
    return link;
  }

  static RefusedException dead() {
    return Refusal.of(Token.LINK_DEAD).exception();
  }
}
