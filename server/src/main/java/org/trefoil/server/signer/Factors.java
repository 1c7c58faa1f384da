package org.trefoil.server.signer;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.trefoil.core.Refusal;
import org.trefoil.core.Token;
import org.trefoil.core.keys.AccountStatement;
import org.trefoil.core.keys.Cosigners;
import org.trefoil.core.keys.KeyRole;
import org.trefoil.core.wire.Fields;
import org.trefoil.core.wire.Json;
import org.trefoil.server.durable.Ids;
import org.trefoil.server.keyfile.Sealed;
import org.trefoil.server.passkey.Preimage;
import org.trefoil.server.passkey.ProofCheck;
import org.trefoil.server.passkey.SendProof;
import org.trefoil.server.secondfactor.KeyProof;
import org.trefoil.server.secondfactor.OwnCodes;
import org.trefoil.server.secondfactor.SecondFactors;
import org.trefoil.server.secondfactor.Tries;
import org.trefoil.server.secondfactor.Verdict;

/**
 * Second factors of accounts, as this signer knows them. The first app of an account is taken as it
 * comes; whatever is to take its place waits by this signer's clock, and ends with the next code of
 * the one that is there.
 */
final class Factors {
  /** No question of the front's may be open for longer. */
  private static final Duration ANSWERING = Duration.ofMinutes(10);

  /** How long after a code a passkey may be added. */
  private static final Duration ADDING = Duration.ofMinutes(20);

  /** How far ahead a statement of keys may end. */
  private static final Duration STATED = Duration.ofHours(1);

  private static final int MOST_KEY = 2_000;

  private final OwnCodes codes;
  private final Shelf<Reset> resets;
  private final Shelf<Known> passkeys;
  private final Shelf<Grant> grants;
  private final InstantSource clock;
  private final InstantSource careful;
  private final Duration wait;

  /**
   * A secret that waits to take the place of an account's; nothing once it is over.
   *
   * @param wrong how many codes of it were wrong
   */
  record Reset(@Nullable Sealed secret, Instant ready, int wrong) {
    static final Reset OVER = new Reset(null, Instant.EPOCH, 0);

    static Reset read(Fields f) {
      String sealed = f.optionalBase64("secret");
      return new Reset(
          sealed == null ? null : new Sealed(Base64.getDecoder().decode(sealed)),
          Instant.ofEpochSecond(f.number("ready")),
          f.count("wrong"));
    }

    Json json() {
      return Json.object()
          .put("wrong", wrong)
          .put("secret", secret == null ? null : Base64.getEncoder().encodeToString(secret.bytes()))
          .put("ready", ready.getEpochSecond())
          .json();
    }
  }

  /** A passkey of an account, by its public key; a removed one stays, and is none. */
  record Known(boolean live) {
    static Known read(Fields f) {
      return new Known(f.bool("live"));
    }

    Json json() {
      return Json.object().put("live", live).json();
    }
  }

  /**
   * Until when an account may add a passkey, for a code that it gave; under a challenge, that a
   * statement with it was taken.
   */
  record Grant(Instant until) {
    static Grant read(Fields f) {
      return new Grant(Instant.ofEpochSecond(f.number("until")));
    }

    Json json() {
      return Json.object().put("until", until.getEpochSecond()).json();
    }
  }

  Factors(Books books, OwnCodes codes, InstantSource clock, InstantSource careful, Duration wait) {
    this.codes = codes;
    this.resets = books.shelf("reset", Reset::json, Reset::read);
    this.passkeys = books.shelf("passkey", Known::json, Known::read);
    this.grants = books.shelf("grant", Grant::json, Grant::read);
    this.clock = clock;
    this.careful = careful;
    this.wait = wait;
  }

  boolean enrolled(String accountId) {
    return codes.enrolled(accountId);
  }

  int recoveryLeft(String accountId) {
    return codes.recoveryLeft(accountId);
  }

  String begin(String accountId) {
    if (!Ids.isId(accountId)) {
      throw Refusal.of(Token.NOT_FOUND).exception();
    }
    return codes.begin(accountId);
  }

  Verdict confirm(String accountId, String code, List<String> recovery) {
    return codes.enrolled(accountId) || !Ids.isId(accountId)
        ? refused(Token.FACTOR_ALREADY_ENROLLED)
        : codes.confirm(accountId, code, recovery);
  }

  private static Verdict refused(Token token) {
    throw Refusal.of(token).exception();
  }

  /** Uses a code up; whoever has one ends what is to take its place. */
  Verdict use(String accountId, String code, byte @Nullable [] digest, Tries kind) {
    Verdict verdict = codes.use(accountId, code, digest, kind);
    if (verdict == Verdict.OK) {
      endReset(accountId);
    }
    return verdict;
  }

  /** The same; refuses what is wrong. */
  void use(String accountId, String code, byte[] digest) {
    Verdict verdict = use(accountId, code, digest, Tries.OWN);
    if (verdict != Verdict.OK) {
      throw SecondFactors.refusal(verdict).exception();
    }
  }

  Verdict renew(String accountId, String code, List<String> recovery) {
    Verdict verdict = codes.renew(accountId, code, recovery);
    if (verdict == Verdict.OK) {
      endReset(accountId);
    }
    return verdict;
  }

  private void endReset(String accountId) {
    if (resets.find(accountId).filter(reset -> reset.secret() != null).isPresent()) {
      resets.put(accountId, Reset.OVER);
    }
  }

  /** Begins to replace an account's factor, or begins again; its wait begins anew each time. */
  void beginReset(String accountId) {
    if (!codes.enrolled(accountId)) {
      throw Refusal.of(Token.FACTOR_MISSING).exception();
    }
    Instant ready = careful.instant().plus(wait);
    resets.put(accountId, new Reset(codes.fresh(accountId), ready, 0));
  }

  /**
   * Has what waits wait no longer, for both keys of a wallet of the account, each statement once.
   * Refuses {@code question-dead} and {@code statement-wrong}.
   *
   * @param cosigners of the wallet that the proof names
   */
  void hasten(String accountId, Cosigners cosigners, KeyProof proof) {
    Reset reset = reset(accountId);
    Instant expires = Instant.ofEpochSecond(proof.expires());
    Instant now = clock.instant();
    String key = accountId + "/" + proof.challenge();
    if (!expires.isAfter(now)
        || expires.isAfter(now.plus(STATED))
        || grants.find(key).isPresent()) {
      throw Refusal.of(Token.QUESTION_DEAD).exception();
    }
    AccountStatement statement =
        new AccountStatement(
            AccountStatement.FACTOR_LOST, accountId, "", proof.challenge(), proof.expires());
    if (!statement.verify(cosigners, proof.walletId(), KeyRole.USER, sig(proof.user()))
        || !statement.verify(cosigners, proof.walletId(), KeyRole.BACKUP, sig(proof.backup()))) {
      throw Refusal.of(Token.STATEMENT_WRONG).exception();
    }
    grants.put(key, new Grant(expires));
    Instant ready = Instant.ofEpochSecond(careful.instant().getEpochSecond());
    resets.put(accountId, new Reset(reset.secret(), ready, reset.wrong()));
  }

  private static byte[] sig(String base64) {
    return Base64.getDecoder().decode(base64);
  }

  private Reset reset(String accountId) {
    return resets
        .find(accountId)
        .filter(found -> found.secret() != null)
        .orElseThrow(() -> Refusal.of(Token.LINK_DEAD).exception());
  }

  /** What the new app is told. */
  String showReset(String accountId) {
    return codes.show(accountId, sealed(accountId));
  }

  private Sealed sealed(String accountId) {
    return Objects.requireNonNull(reset(accountId).secret());
  }

  /**
   * Ends a replacement on the first code of the new app, when its wait is over: all that was there
   * is dead. Refuses {@code link-dead} where none waits, {@code reset-waiting} before its time.
   */
  boolean endReset(String accountId, String code, List<String> recovery) {
    Reset reset = reset(accountId);
    if (reset.ready().isAfter(careful.instant())) {
      throw Refusal.of(Token.RESET_WAITING).exception();
    }
    if (!codes.replace(accountId, sealed(accountId), code, recovery)) {
      int wrong = reset.wrong() + 1;
      boolean over = wrong >= SecondFactors.MOST_TRIES;
      resets.put(accountId, over ? Reset.OVER : new Reset(reset.secret(), reset.ready(), wrong));
      return false;
    }
    resets.put(accountId, Reset.OVER);
    for (String key : List.copyOf(passkeys.keys())) {
      if (key.startsWith(accountId)) {
        passkeys.put(key, new Known(false));
      }
    }
    return true;
  }

  /** Lets an account add one passkey for a code. */
  Verdict grant(String accountId, String code) {
    Verdict verdict = use(accountId, code, null, Tries.OWN);
    if (verdict == Verdict.OK) {
      Instant until = careful.instant().plus(ADDING);
      grants.put(accountId, new Grant(Instant.ofEpochSecond(until.getEpochSecond())));
    }
    return verdict;
  }

  /** Adds a passkey; refuses {@code passkey-refused} without a code for it. */
  void add(String accountId, byte[] publicKey) {
    boolean granted =
        grants
            .find(accountId)
            .filter(grant -> grant.until().isAfter(careful.instant()))
            .isPresent();
    if (!granted || publicKey.length > MOST_KEY) {
      throw Refusal.of(Token.PASSKEY_REFUSED).exception();
    }
    grants.put(accountId, new Grant(Instant.EPOCH));
    passkeys.put(key(accountId, publicKey), new Known(true));
  }

  void remove(String accountId, byte[] publicKey) {
    if (passkeys.find(key(accountId, publicKey)).isPresent()) {
      passkeys.put(key(accountId, publicKey), new Known(false));
    }
  }

  private static String key(String accountId, byte[] publicKey) {
    return accountId + "/" + Base64.getEncoder().encodeToString(publicKey);
  }

  /**
   * Uses a factor up for exactly one transaction.
   *
   * @param version of the wallet's rules, as a passkey was told
   * @return why not; null when it was given for it
   */
  @Nullable Refusal useForSend(
      String accountId, String walletId, byte[] digest, long version, Given given) {
    SendProof proof = given.proof();
    if (proof != null) {
      return proves(accountId, walletId, digest, version, proof)
          ? null
          : Refusal.of(Token.PASSKEY_REFUSED);
    }
    String code = given.code();
    if (code == null) {
      return Refusal.of(Token.CODE_WRONG);
    }
    Verdict verdict = use(accountId, code, digest, Tries.SEND);
    return verdict == Verdict.OK ? null : SecondFactors.refusal(verdict);
  }

  private boolean proves(
      String accountId, String walletId, byte[] digest, long version, SendProof proof) {
    byte[] preimage = proof.preimage();
    Instant end = Instant.ofEpochSecond(Preimage.end(preimage));
    Instant now = clock.instant();
    return passkeys.find(key(accountId, proof.publicKey())).map(Known::live).orElse(false)
        && Preimage.policyVersion(preimage) == version
        && end.isAfter(now)
        && end.isBefore(now.plus(ANSWERING))
        && ProofCheck.of(proof, walletId, digest) == ProofCheck.Finding.PROVES;
  }
}
