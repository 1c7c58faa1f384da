package org.trefoil.server.signer;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.trefoil.core.Refusal;
import org.trefoil.core.Token;
import org.trefoil.core.keys.Cosigners;
import org.trefoil.core.wire.Fields;
import org.trefoil.core.wire.Json;
import org.trefoil.server.durable.Ids;
import org.trefoil.server.passkey.Preimage.Deed;
import org.trefoil.server.passkey.SendProof;
import org.trefoil.server.secondfactor.KeyProof;
import org.trefoil.server.secondfactor.OwnCodes;
import org.trefoil.server.secondfactor.SecondFactors;
import org.trefoil.server.secondfactor.Tries;
import org.trefoil.server.secondfactor.Verdict;

/**
 * Second factors of accounts, as this signer knows them. The first app of an account is taken as it
 * comes. What is added to it or takes its place counts after a wait by this signer's clock for
 * whatever lets something go: sends, yeses, rules, and further factors. It signs in at once: that
 * is the front's own matter.
 */
final class Factors {
  /** Links for a new password, of one account in a day. */
  private static final int MOST_LINKS = 30;

  private final OwnCodes codes;
  private final Resets resets;
  private final PinnedPasskeys passkeys;
  private final Shelf<Young> young;
  private final Guesses guesses;
  private final Guesses links;
  private final Allowance allowance;
  private final Predicate<String> named;
  private final InstantSource careful;
  private final Duration wait;

  /**
   * Since when an account's codes count; there is none of accounts whose codes always did.
   *
   * @param app all of them
   * @param recovery recovery codes, which were made anew
   */
  record Young(Instant app, Instant recovery) {
    static final Young NONE = new Young(Instant.EPOCH, Instant.EPOCH);

    static Young read(Fields f) {
      return new Young(
          Instant.ofEpochSecond(f.number("app")), Instant.ofEpochSecond(f.number("recovery")));
    }

    Json json() {
      return Json.object()
          .put("app", app.getEpochSecond())
          .put("recovery", recovery.getEpochSecond())
          .json();
    }
  }

  /**
   * On these books.
   *
   * @param named whether rules name an account whose yes they ask for
   */
  Factors(
      Books books,
      OwnCodes codes,
      PinnedPasskeys passkeys,
      Allowance allowance,
      Predicate<String> named,
      InstantSource clock,
      InstantSource careful,
      Duration wait) {
    this.codes = codes;
    this.passkeys = passkeys;
    this.resets = new Resets(books, codes, clock, careful, wait);
    this.young = books.shelf("young", Young::json, Young::read);
    this.guesses = new Guesses(books, "guesses", Guesses.MOST, careful);
    this.links = new Guesses(books, "links", MOST_LINKS, careful);
    this.allowance = allowance;
    this.named = named;
    this.careful = careful;
    this.wait = wait;
  }

  boolean enrolled(String accountId) {
    return codes.enrolled(accountId);
  }

  int recoveryLeft(String accountId) {
    return codes.recoveryLeft(accountId);
  }

  /**
   * Makes a secret; one that was handed out and not confirmed is dead. Refuses {@code signer-full}
   * and {@code too-many-tries}.
   */
  String begin(String accountId) {
    if (!Ids.isId(accountId)) {
      throw Refusal.of(Token.NOT_FOUND).exception();
    }
    if (!codes.enrolled(accountId)) {
      allowance.takeApp(accountId);
    }
    return codes.beginAnew(accountId);
  }

  /**
   * Ends enrolment. Of somebody whose yes some rules ask for already, it counts after the wait:
   * whoever was named has an app as a rule, and this may be the front's. Refuses as {@link #begin}:
   * each code, a wrong one too, is written down.
   */
  Verdict confirm(String accountId, String code, List<String> recovery) {
    if (codes.enrolled(accountId) || !Ids.isId(accountId)) {
      throw Refusal.of(Token.FACTOR_ALREADY_ENROLLED).exception();
    }
    allowance.takeAgain(accountId + "/first");
    Verdict verdict = codes.confirm(accountId, code, recovery);
    if (verdict == Verdict.OK && named.test(accountId)) {
      young.put(accountId, new Young(later(), later()));
    }
    return verdict;
  }

  private Instant later() {
    return Instant.ofEpochSecond(careful.instant().plus(wait).getEpochSecond());
  }

  private static Verdict counted(Guesses among, String accountId, Supplier<Verdict> use) {
    if (among.usedUp(accountId)) {
      return Verdict.TOO_MANY;
    }
    Verdict verdict = use.get();
    if (verdict == Verdict.WRONG) {
      among.wrong(accountId);
    }
    return verdict;
  }

  /** Uses a code up to sign in and the like; whoever has one ends what is to take its place. */
  Verdict use(String accountId, String code, byte @Nullable [] digest, Tries kind) {
    Verdict verdict = counted(guesses, accountId, () -> codes.use(accountId, code, digest, kind));
    if (verdict == Verdict.OK) {
      resets.end(accountId);
    }
    return verdict;
  }

  /** As {@link #use} for whoever is not signed in; his tries are none of the owner's. */
  Verdict useByLink(String accountId, String code) {
    Verdict verdict = counted(links, accountId, () -> codes.useCountedElsewhere(accountId, code));
    if (verdict == Verdict.OK) {
      resets.end(accountId);
    }
    return verdict;
  }

  private Instant from(String accountId, String code) {
    Young since = young.find(accountId).orElse(Young.NONE);
    return SecondFactors.isRecovery(code) ? since.recovery() : since.app();
  }

  /** As {@link #use}; refuses {@code factor-too-new} what does not count yet, and keeps it. */
  private Verdict useGrown(String accountId, String code, byte @Nullable [] digest, Tries kind) {
    Instant from = from(accountId, code);
    if (from.isAfter(careful.instant())) {
      throw PinnedPasskeys.tooNew(from).exception();
    }
    return use(accountId, code, digest, kind);
  }

  /** Uses a code up for a change; refuses what is wrong, and what does not count yet. */
  void use(String accountId, String code, byte[] digest) {
    Verdict verdict = useGrown(accountId, code, digest, Tries.OWN);
    verdict.orRefuse();
  }

  /** Puts ten new recovery codes in the place of the old ones; they count after the wait. */
  Verdict renew(String accountId, String code, List<String> recovery) {
    Verdict verdict = useGrown(accountId, code, null, Tries.OWN);
    if (verdict == Verdict.OK) {
      codes.renew(accountId, recovery);
      Instant app = young.find(accountId).orElse(Young.NONE).app();
      young.put(accountId, new Young(app, later()));
    }
    return verdict;
  }

  /** When recovery codes count; null where they do. */
  @Nullable Instant recoveryFrom(String accountId) {
    Instant from = young.find(accountId).orElse(Young.NONE).recovery();
    return from.isAfter(careful.instant()) ? from : null;
  }

  /**
   * Begins to replace an account's app, or begins again. Refuses {@code reset-needs-keys} where no
   * wait ends, and {@code too-many-tries}.
   *
   * @param owner whether the account has a wallet
   * @param byKeys whether both keys are to speak
   */
  void beginReset(String accountId, boolean owner, boolean byKeys) {
    boolean guarded = keysAlone(accountId, owner);
    if (guarded && !byKeys) {
      throw Refusal.of(Token.RESET_NEEDS_KEYS).exception();
    }
    againIfEnrolled(accountId);
    resets.begin(accountId, guarded);
  }

  /** Whether no wait ends for the account: both keys of its wallet replace its app, or nothing. */
  boolean keysAlone(String accountId, boolean owner) {
    return owner && passkeys.guard(accountId);
  }

  /** As {@link Resets#hasten}; refuses {@code too-many-tries}. */
  Instant hasten(String accountId, Cosigners cosigners, KeyProof proof, boolean atOnce) {
    againIfEnrolled(accountId);
    return resets.hasten(accountId, cosigners, proof, atOnce);
  }

  private void againIfEnrolled(String accountId) {
    if (codes.enrolled(accountId)) {
      allowance.takeAgain(accountId);
    }
  }

  /** As {@link Resets#show}; refuses {@code too-many-tries}. */
  String showReset(String accountId) {
    againIfEnrolled(accountId);
    return resets.show(accountId);
  }

  /**
   * As {@link Resets#complete}; the account's passkeys are dead then, too.
   *
   * @param owner whether the account has a wallet by now
   */
  boolean endReset(String accountId, boolean owner, String code, List<String> recovery) {
    boolean done = resets.complete(accountId, code, recovery, keysAlone(accountId, owner));
    if (done) {
      passkeys.replaced(accountId);
      young.put(accountId, Young.NONE);
    }
    return done;
  }

  /** Whether no replacement waits as the last one was carried out. */
  boolean wasReplaced(String accountId) {
    return resets.done(accountId);
  }

  /** Lets an account add one passkey for a code. */
  Verdict grant(String accountId, String code) {
    Verdict verdict = useGrown(accountId, code, null, Tries.OWN);
    if (verdict == Verdict.OK) {
      passkeys.grant(accountId);
    }
    return verdict;
  }

  /** Lets an account remove one passkey at once for a code that counts. */
  Verdict grantGone(String accountId, String code) {
    boolean grown = !from(accountId, code).isAfter(careful.instant());
    Verdict verdict = use(accountId, code, null, Tries.OWN);
    if (verdict == Verdict.OK && grown) {
      passkeys.grantGone(accountId);
    }
    return verdict;
  }

  PinnedPasskeys passkeys() {
    return passkeys;
  }

  /** As {@link PinnedPasskeys#hasten}. */
  void hasten(String accountId, byte[] publicKey, SendProof proof) {
    passkeys.hasten(accountId, publicKey, proof);
    resets.end(accountId);
  }

  /**
   * Uses a factor up for exactly one transaction, and for one thing said of it.
   *
   * @param version of the wallet's rules, as a passkey was told
   * @return why not; null when it was given for it
   */
  @Nullable Refusal useForSend(
      Deed deed, String accountId, String walletId, byte[] digest, long version, Given given) {
    SendProof proof = given.proof();
    if (proof != null) {
      Refusal refused = passkeys.refuses(deed, accountId, walletId, digest, version, proof);
      if (refused == null) {
        resets.end(accountId);
      }
      return refused;
    }
    String code = given.code();
    if (code == null) {
      return Refusal.of(Token.CODE_WRONG);
    }
    Verdict verdict = useGrown(accountId, code, digest, Tries.SEND);
    return verdict.refusal();
  }
}
