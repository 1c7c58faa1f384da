package org.trefoil.server.signer;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.trefoil.core.Refusal;
import org.trefoil.core.Token;
import org.trefoil.core.keys.AccountStatement;
import org.trefoil.core.keys.Cosigners;
import org.trefoil.core.keys.KeyRole;
import org.trefoil.server.keyfile.Sealed;
import org.trefoil.server.secondfactor.KeyProof;
import org.trefoil.server.secondfactor.OwnCodes;
import org.trefoil.server.secondfactor.SecondFactors;

/**
 * Apps that are to take the place of lost ones. Each waits by this signer's clock, and ends with
 * the next code or passkey of the account that this signer takes. Where the account has a wallet
 * and a passkey that counts, no wait is long enough: a front that keeps codes back keeps back what
 * passkeys sign as well, and the wallet's two keys say what neither can.
 */
final class Resets {
  /** How far ahead a statement of keys may end. */
  private static final Duration STATED = Duration.ofHours(1);

  private static final Pattern CHALLENGE = Pattern.compile("[A-Za-z0-9_-]{1,100}");

  private final Shelf<Reset> shelf;
  private final SaidOnce stated;
  private final OwnCodes codes;
  private final InstantSource clock;
  private final InstantSource careful;
  private final Duration wait;

  Resets(Books books, OwnCodes codes, InstantSource clock, InstantSource careful, Duration wait) {
    this.shelf = books.shelf("reset", Reset::json, Reset::read);
    this.stated = new SaidOnce(books, "stated", careful);
    this.codes = codes;
    this.clock = clock;
    this.careful = careful;
    this.wait = wait;
  }

  /** Whether the account's app is the one that took the place of another one last. */
  boolean done(String accountId) {
    return shelf.find(accountId).filter(Reset::done).isPresent();
  }

  /** Ends one that waits; nothing where none does. */
  void end(String accountId) {
    if (shelf.find(accountId).filter(reset -> reset.secret() != null).isPresent()) {
      shelf.put(accountId, Reset.OVER);
    }
  }

  /**
   * Begins one, or begins it again; its wait begins anew each time.
   *
   * @param byKeysAlone whether no wait ends
   */
  void begin(String accountId, boolean byKeysAlone) {
    if (!codes.enrolled(accountId)) {
      throw Refusal.of(Token.FACTOR_MISSING).exception();
    }
    Instant ready = byKeysAlone ? Reset.NEVER : careful.instant().plus(wait);
    shelf.put(accountId, new Reset(codes.secret(accountId), ready));
  }

  /**
   * Has one wait no longer, for both keys of a wallet of the account, each statement once; or no
   * longer than the wait, where not even that would have ended it. Refuses {@code question-dead}
   * and {@code statement-wrong}.
   *
   * @param cosigners of the wallet that the proof names
   * @param atOnce whether it waits no longer
   * @return when it is ready
   */
  Instant hasten(String accountId, Cosigners cosigners, KeyProof proof, boolean atOnce) {
    Reset reset = waiting(accountId);
    Instant expires = Instant.ofEpochSecond(proof.expires());
    Instant now = clock.instant();
    if (!CHALLENGE.matcher(proof.challenge()).matches()) {
      throw Refusal.of(Token.QUESTION_DEAD).exception();
    }
    String key = accountId + "/" + proof.challenge();
    if (!expires.isAfter(now) || expires.isAfter(now.plus(STATED)) || stated.was(key)) {
      throw Refusal.of(Token.QUESTION_DEAD).exception();
    }
    AccountStatement statement =
        new AccountStatement(
            AccountStatement.FACTOR_LOST, accountId, "", proof.challenge(), proof.expires());
    if (!statement.verify(cosigners, proof.walletId(), KeyRole.USER, sig(proof.user()))
        || !statement.verify(cosigners, proof.walletId(), KeyRole.BACKUP, sig(proof.backup()))) {
      throw Refusal.of(Token.STATEMENT_WRONG).exception();
    }
    stated.take(key, expires);
    Instant then = atOnce ? careful.instant() : careful.instant().plus(wait);
    Reset sooner = reset.hastened(Instant.ofEpochSecond(then.getEpochSecond()));
    shelf.put(accountId, sooner);
    return sooner.ready();
  }

  private static byte[] sig(String base64) {
    return Base64.getDecoder().decode(base64);
  }

  private Reset waiting(String accountId) {
    return shelf
        .find(accountId)
        .filter(found -> found.secret() != null)
        .orElseThrow(() -> Refusal.of(Token.LINK_DEAD).exception());
  }

  /** What the new app is told, each secret to one who asks: the next one is told another. */
  String show(String accountId) {
    Reset reset = waiting(accountId);
    Sealed secret =
        reset.shown() ? codes.secret(accountId) : Objects.requireNonNull(reset.secret());
    shelf.put(accountId, reset.with(secret, true));
    return codes.show(accountId, secret);
  }

  /**
   * Ends a replacement on the first code of the new app, when its wait is over: the app and the
   * recovery codes that were there are dead. Refuses {@code link-dead} where none waits, {@code
   * reset-needs-keys} where both keys did not speak and do by now, {@code reset-waiting} before its
   * time.
   *
   * @param byKeysAlone whether no wait ends
   * @return false when the code is wrong
   */
  boolean complete(String accountId, String code, List<String> recovery, boolean byKeysAlone) {
    Reset reset = waiting(accountId);
    // One that began before the wallet or the passkey was there is none that both keys began.
    if (byKeysAlone && !reset.byKeys() && !reset.ready().equals(Reset.NEVER)) {
      throw Refusal.of(Token.RESET_NEEDS_KEYS).exception();
    }
    if (reset.ready().isAfter(careful.instant())) {
      throw Refusal.of(Token.RESET_WAITING).exception();
    }
    if (codes.replace(accountId, Objects.requireNonNull(reset.secret()), code, recovery)) {
      shelf.put(accountId, Reset.DONE);
      return true;
    }
    int wrong = reset.wrong() + 1;
    boolean over = wrong >= SecondFactors.MOST_TRIES;
    shelf.put(accountId, over ? Reset.OVER : reset.wrong(wrong));
    return false;
  }
}
