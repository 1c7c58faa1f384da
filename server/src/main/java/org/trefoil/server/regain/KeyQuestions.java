package org.trefoil.server.regain;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.trefoil.core.Refusal;
import org.trefoil.core.Token;
import org.trefoil.core.keys.AccountStatement;
import org.trefoil.core.keys.KeyRole;
import org.trefoil.core.wire.Balance;
import org.trefoil.core.wire.KeyQuestion;
import org.trefoil.core.wire.MemberRole;
import org.trefoil.core.wire.WalletView;
import org.trefoil.server.wallets.Line;
import org.trefoil.server.wallets.WalletRecord;
import org.trefoil.server.wallets.Wallets;

/**
 * Asks keys of an account's wallet to sign for the account, and checks the answer: of these keys,
 * to this question, for this account and purpose, in time, once.
 *
 * <p>What is done at once, only the account's oldest wallet says. Those that are in use for {@link
 * #OLD_ENOUGH} may begin what waits and is mailed. So whoever makes a wallet of his own as a guest
 * of the account gets no further by it, however long he waits. A successor is as old as the first
 * wallet of its line.
 */
public final class KeyQuestions {
  public static final Duration LIFE = Duration.ofMinutes(15);
  public static final Duration OLD_ENOUGH = Duration.ofDays(7);

  private final QuestionStore store;
  private final Wallets wallets;
  private final InstantSource clock;
  private final SecureRandom random;

  KeyQuestions(QuestionStore store, Wallets wallets, InstantSource clock, SecureRandom random) {
    this.store = store;
    this.wallets = wallets;
    this.clock = clock;
    this.random = random;
  }

  /** A wallet whose keys may speak for the account; {@code atOnce} if not only after a wait. */
  public record Speaker(WalletRecord wallet, boolean atOnce) {}

  /** The wallets whose keys may speak for the account, the one that may at once first. */
  List<Speaker> speakers(String accountId) {
    List<Line> lines = wallets.lines(accountId);
    Instant old = clock.instant().minus(OLD_ENOUGH);
    return lines.stream()
        .filter(line -> line == lines.get(0) || !line.since().isAfter(old))
        .map(line -> new Speaker(line.wallet(), line == lines.get(0)))
        .toList();
  }

  /**
   * Asks. With the backup key, and for another address, it is done at once, so it has to be the
   * oldest wallet. Refuses {@code keys-too-new}, or {@code not-found} as if the wallet were not
   * there.
   */
  KeyQuestion ask(
      String accountId, String walletId, String purpose, String subject, boolean withBackup) {
    wallets.active(accountId, walletId);
    WalletRecord wallet = speaker(accountId, walletId, atOnce(purpose, withBackup));
    Instant expires = Instant.ofEpochSecond(clock.instant().plus(LIFE).getEpochSecond());
    String challenge = LinkToken.fresh(random);
    store.add(
        new QuestionStore.Entry(
            challenge, accountId, walletId, purpose, subject, withBackup, expires));
    return new KeyQuestion(
        view(wallet), purpose, accountId, subject, challenge, expires.getEpochSecond(), withBackup);
  }

  private static boolean atOnce(String purpose, boolean withBackup) {
    return withBackup || purpose.equals(AccountStatement.CHANGE_EMAIL);
  }

  private WalletRecord speaker(String accountId, String walletId, boolean atOnce) {
    return speakers(accountId).stream()
        .filter(speaker -> speaker.atOnce() || !atOnce)
        .map(Speaker::wallet)
        .filter(wallet -> wallet.walletId().equals(walletId))
        .findFirst()
        .orElseThrow(() -> Refusal.of(Token.KEYS_TOO_NEW).exception());
  }

  /**
   * What the vault needs of a wallet: its keys, and no count of its money; a password gets here.
   */
  private static WalletView view(WalletRecord wallet) {
    return new WalletView(
        wallet.walletId(),
        wallet.name(),
        wallet.network().id(),
        wallet.state(),
        wallet.descriptor(),
        wallet.endorsement(),
        wallet.sealed(),
        wallet.backupIsCold(),
        wallet.birthHeight(),
        wallet.createdAt().getEpochSecond(),
        new Balance(0, 0, 0),
        0,
        0,
        wallet.birthHeight(),
        wallet.owners(),
        wallet.split(),
        MemberRole.OWNER,
        wallet.slot(),
        List.of());
  }

  /**
   * Checks an answer without using it up. Refuses {@code question-dead} and {@code
   * statement-wrong}.
   */
  QuestionStore.Entry check(
      String accountId,
      String purpose,
      String subject,
      String challenge,
      String user,
      @Nullable String backup) {
    QuestionStore.Entry asked =
        store
            .find(challenge)
            .filter(
                entry ->
                    entry.accountId().equals(accountId)
                        && entry.purpose().equals(purpose)
                        && entry.subject().equals(subject)
                        && entry.expiresAt().isAfter(clock.instant()))
            .orElseThrow(() -> Refusal.of(Token.QUESTION_DEAD).exception());
    AccountStatement statement =
        new AccountStatement(
            purpose, accountId, subject, challenge, asked.expiresAt().getEpochSecond());
    WalletRecord wallet = speaker(accountId, asked.walletId(), atOnce(purpose, asked.withBackup()));
    boolean signed =
        signed(statement, wallet, KeyRole.USER, user)
            && (!asked.withBackup() || signed(statement, wallet, KeyRole.BACKUP, backup));
    if (!signed) {
      throw Refusal.of(Token.STATEMENT_WRONG).exception();
    }
    return asked;
  }

  /** Uses the question up, inside the caller's transaction; refuses {@code question-dead}. */
  void use(QuestionStore.Entry asked) {
    if (!store.remove(asked.challenge())) {
      throw Refusal.of(Token.QUESTION_DEAD).exception();
    }
  }

  void sweep() {
    store.sweep(clock.instant());
  }

  private static boolean signed(
      AccountStatement statement, WalletRecord wallet, KeyRole by, @Nullable String signature) {
    if (signature == null) {
      return false;
    }
    byte[] sig64;
    try {
      sig64 = Base64.getDecoder().decode(signature);
    } catch (IllegalArgumentException e) {
      return false;
    }
    return statement.verify(wallet.cosigners(), wallet.walletId(), by, sig64);
  }
}
