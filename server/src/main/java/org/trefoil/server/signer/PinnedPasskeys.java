package org.trefoil.server.signer;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.trefoil.core.Refusal;
import org.trefoil.core.Token;
import org.trefoil.core.wire.Fields;
import org.trefoil.core.wire.Json;
import org.trefoil.server.passkey.Preimage;
import org.trefoil.server.passkey.Preimage.Deed;
import org.trefoil.server.passkey.ProofCheck;
import org.trefoil.server.passkey.SendProof;
import org.trefoil.server.passkey.Sha256;

/**
 * Passkeys of accounts by their public keys, and what they sign. One that was added on a code
 * counts after a wait: a code says nothing of what it is given for. What a passkey that counts
 * signed of exactly the new one ends the wait.
 */
final class PinnedPasskeys {
  /** No question of the front's may be open for longer. */
  private static final Duration ANSWERING = Duration.ofMinutes(10);

  /** How long after a code a passkey may be added. */
  private static final Duration ADDING = Duration.ofMinutes(20);

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final int MOST_KEY = 2_000;
  private static final String SITE = "site";
  private static final String GONE = "/gone";

  private final Shelf<Known> passkeys;
  private final Shelf<Instant> grants;
  private final Shelf<String> facts;
  private final Map<String, Set<String>> ofAccount = new HashMap<>();
  private final @Nullable String site;
  private final Allowance allowance;
  private final InstantSource clock;
  private final InstantSource careful;
  private final Duration wait;

  /**
   * A passkey of an account.
   *
   * @param live whether it was not removed
   * @param from when it counts
   * @param guards whether a lost app takes both keys for its sake, also once it was removed
   * @param goes when it is removed, unless it answers before; null for no such time
   */
  record Known(boolean live, Instant from, boolean guards, @Nullable Instant goes) {
    Known(boolean live, Instant from, boolean guards) {
      this(live, from, guards, null);
    }

    static Known read(Fields f) {
      Long from = f.optionalNumber("from");
      Long goes = f.optionalNumber("goes");
      return new Known(
          f.bool("live"),
          from == null ? Instant.EPOCH : Instant.ofEpochSecond(from),
          f.optionalNumber("guards") != null,
          goes == null ? null : Instant.ofEpochSecond(goes));
    }

    Json json() {
      return Json.object()
          .put("live", live)
          .put("from", from.getEpochSecond())
          .put("guards", guards ? 1L : null)
          .put("goes", goes == null ? null : goes.getEpochSecond())
          .json();
    }

    boolean stands(Instant now) {
      return live && (goes == null || goes.isAfter(now));
    }

    boolean counts(Instant now) {
      return stands(now) && !from.isAfter(now);
    }
  }

  /**
   * On these books.
   *
   * @param facts where the site is kept that the first answer was of
   * @param site whose answers are taken; null for that of the first one
   * @param wait how long a new one does not count
   */
  PinnedPasskeys(
      Books books,
      Shelf<String> facts,
      @Nullable String site,
      Allowance allowance,
      InstantSource clock,
      InstantSource careful,
      Duration wait) {
    this.passkeys = books.shelf("passkey", Known::json, Known::read);
    this.grants = books.shelf("grant", PinnedPasskeys::until, PinnedPasskeys::until);
    this.facts = facts;
    this.site = site;
    this.allowance = allowance;
    this.clock = clock;
    this.careful = careful;
    this.wait = wait;
    passkeys.listen(
        (key, known) ->
            ofAccount
                .computeIfAbsent(key.substring(0, key.indexOf('/')), id -> new LinkedHashSet<>())
                .add(key));
  }

  private static Json until(Instant until) {
    return Json.object().put("until", until.getEpochSecond()).json();
  }

  private static Instant until(Fields f) {
    return Instant.ofEpochSecond(f.number("until"));
  }

  private static String key(String accountId, byte[] publicKey) {
    return accountId + "/" + Base64.getEncoder().encodeToString(publicKey);
  }

  private List<String> keys(String accountId) {
    return List.copyOf(ofAccount.getOrDefault(accountId, Set.of()));
  }

  /** Whether a lost app of the account takes both keys: it has, or had, a passkey that counts. */
  boolean guard(String accountId) {
    Instant now = careful.instant();
    return keys(accountId).stream()
        .map(key -> passkeys.find(key).orElseThrow())
        .anyMatch(known -> known.guards() || known.counts(now));
  }

  /** Lets an account remove one that counts at once; a code was given for it. */
  void grantGone(String accountId) {
    grants.put(accountId + GONE, seconds(careful.instant().plus(ADDING)));
  }

  private boolean granted(String key) {
    Instant now = careful.instant();
    boolean granted = grants.find(key).filter(until -> until.isAfter(now)).isPresent();
    if (granted) {
      grants.put(key, Instant.EPOCH);
    }
    return granted;
  }

  /** Lets an account add one; a code was given for it. */
  void grant(String accountId) {
    grants.put(accountId, seconds(careful.instant().plus(ADDING)));
  }

  private static Instant seconds(Instant at) {
    return Instant.ofEpochSecond(at.getEpochSecond());
  }

  /**
   * Adds one; refuses {@code passkey-refused} without a code for it.
   *
   * @return when it counts
   */
  Instant add(String accountId, byte[] publicKey) {
    Instant now = careful.instant();
    if (publicKey.length > MOST_KEY || !granted(accountId)) {
      throw Refusal.of(Token.PASSKEY_REFUSED).exception();
    }
    String key = key(accountId, publicKey);
    Optional<Known> before = standing(key);
    if (before.isPresent()) {
      passkeys.put(key, stays(before.get()));
      return before.get().from();
    }
    Instant from = seconds(now.plus(wait));
    passkeys.put(key, new Known(true, from, false));
    return from;
  }

  private Optional<Known> standing(String key) {
    Instant now = careful.instant();
    return passkeys.find(key).filter(known -> known.stands(now));
  }

  private static Known stays(Known known) {
    return new Known(true, known.from(), known.guards());
  }

  /**
   * Removes one. It counts at once for nothing when it did not yet, or a code was given for it;
   * else after the wait, unless it answers before: that it is to go is the front's word. Refuses
   * {@code too-many-tries}.
   */
  void remove(String accountId, byte[] publicKey) {
    String key = key(accountId, publicKey);
    Instant now = careful.instant();
    standing(key)
        .ifPresentOrElse(
            known -> change(accountId, key, known, removed(accountId, known, now)),
            () -> granted(accountId + GONE)); // asked again: the code was for this one
  }

  /**
   * Removes whatever the front does not know of: it ended before it did, or was somebody else's
   * when that was added. What does not count yet goes at once, a while after it came; what counts
   * goes after the wait, unless it answers before. Refuses as {@link #remove}.
   *
   * @param known public keys in base64
   */
  void only(String accountId, Set<String> known) {
    Instant now = careful.instant();
    for (String key : keys(accountId)) {
      Known each = passkeys.find(key).orElseThrow();
      boolean comes = each.from().isAfter(now.plus(wait).minus(ADDING));
      if (each.stands(now) && !comes && !known.contains(publicKey(key))) {
        change(accountId, key, each, each.counts(now) ? leaves(each, now) : dead(each, now));
      }
    }
  }

  /** Of one that is to go and answers, again and again, each is a line of the journal. */
  private void change(String accountId, String key, Known known, Known next) {
    if (next.equals(known)) {
      return;
    }
    if (next.goes() != null) {
      allowance.takeAgain(accountId + GONE);
    }
    passkeys.put(key, next);
  }

  private static String publicKey(String key) {
    return key.substring(key.indexOf('/') + 1);
  }

  private Known removed(String accountId, Known known, Instant now) {
    boolean atOnce = !known.counts(now) || granted(accountId + GONE);
    return atOnce ? dead(known, now) : leaves(known, now);
  }

  private static Known dead(Known known, Instant now) {
    return new Known(false, known.from(), known.guards() || known.counts(now));
  }

  private Known leaves(Known known, Instant now) {
    Instant goes = known.goes() == null ? seconds(now.plus(wait)) : known.goes();
    return new Known(true, known.from(), true, goes);
  }

  /** Removes all of them, and what was allowed: the account's second factor was replaced. */
  void replaced(String accountId) {
    grants.put(accountId + GONE, Instant.EPOCH);
    keys(accountId).forEach(key -> passkeys.put(key, new Known(false, Instant.EPOCH, false)));
    grants.put(accountId, Instant.EPOCH);
  }

  /** Those of an account that do not count yet, by public key in base64, and when they do. */
  Map<String, Instant> young(String accountId) {
    Instant now = careful.instant();
    Map<String, Instant> young = new LinkedHashMap<>();
    for (String key : keys(accountId)) {
      Known known = passkeys.find(key).orElseThrow();
      if (known.stands(now) && known.from().isAfter(now)) {
        young.put(publicKey(key), known.from());
      }
    }
    return young;
  }

  /**
   * Has a new one count at once, as one that counts signed of exactly it. Refuses {@code
   * passkey-refused}, and what {@link #refuses} does.
   */
  void hasten(String accountId, byte[] publicKey, SendProof proof) {
    String key = key(accountId, publicKey);
    Known known = standing(key).orElseThrow(() -> Refusal.of(Token.PASSKEY_REFUSED).exception());
    byte[] digest = Sha256.of(publicKey);
    Refusal refused = refuses(Deed.PASSKEY, accountId, accountId, digest, 0, proof);
    if (refused != null) {
      throw refused.exception();
    }
    // The one that signed may be this one, and known to stay since.
    Known now = passkeys.find(key).orElseThrow();
    change(accountId, key, now, new Known(true, Instant.EPOCH, known.guards()));
  }

  /**
   * Whether what was signed is not of a passkey that counts, by its verified person, for exactly
   * this, in time and at this site.
   *
   * @param subject wallet; account for another passkey
   * @return {@code passkey-refused}, {@code factor-too-new}; null when it is
   */
  @Nullable Refusal refuses(
      Deed deed, String accountId, String subject, byte[] digest, long version, SendProof proof) {
    byte[] preimage = proof.preimage();
    Instant end = Instant.ofEpochSecond(Preimage.end(preimage));
    Instant now = clock.instant();
    String key = key(accountId, proof.publicKey());
    Optional<Known> known = standing(key);
    if (known.isEmpty()
        || Preimage.policyVersion(preimage) != version
        || !end.isAfter(now)
        || !end.isBefore(now.plus(ANSWERING))
        || !here(proof.origin())
        || ProofCheck.of(proof, deed, subject, digest) != ProofCheck.Finding.PROVES) {
      return Refusal.of(Token.PASSKEY_REFUSED);
    }
    if (!known.get().counts(careful.instant())) {
      return tooNew(known.get().from());
    }
    if (known.get().goes() != null) {
      passkeys.put(key, stays(known.get()));
    }
    if (site == null && facts.find(SITE).isEmpty()) {
      facts.put(SITE, proof.origin());
    }
    return null;
  }

  private boolean here(String origin) {
    String known = site == null ? facts.find(SITE).orElse(origin) : site;
    return known.equals(origin);
  }

  /** What does not count before a time. */
  static Refusal tooNew(Instant from) {
    return Refusal.of(Token.FACTOR_TOO_NEW, "from", TIME.format(from));
  }
}
