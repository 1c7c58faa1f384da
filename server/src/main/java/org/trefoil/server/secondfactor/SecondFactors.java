package org.trefoil.server.secondfactor;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.trefoil.core.Refusal;
import org.trefoil.core.Token;
import org.trefoil.server.account.Sessions;
import org.trefoil.server.audit.AuditKind;
import org.trefoil.server.audit.AuditLog;
import org.trefoil.server.durable.Transactions;
import org.trefoil.server.keyfile.KeyFile;
import org.trefoil.server.keyfile.Sealed;
import org.trefoil.server.keyfile.Sealer;
import org.trefoil.server.passkey.PasskeyTickets;
import org.trefoil.server.passkey.Passkeys;

/**
 * Enrols authenticator apps and accepts their codes, each once.
 *
 * <p>A code is used up by one conditional update, so that of any number of parallel requests with
 * it exactly one passes. A code given for a send is used up in the transaction that approves that
 * send, with the send's digest beside it. Ten wrong codes in an hour stop further tries for the
 * rest of that hour; they are counted by {@link Tries}, so that whoever has only the password keeps
 * its owner neither from signing in where he did before, nor from sending.
 */
public final class SecondFactors {
  public static final int MOST_TRIES = 10;
  public static final Duration TRIES_WINDOW = Duration.ofHours(1);

  private static final String ISSUER = "Trefoil";
  private static final int SECRET_BYTES = 20;

  private final FactorStore store;
  private final Transactions transactions;
  private final AuditLog audit;
  private final InstantSource clock;
  private final SecureRandom random;
  private final Sealer sealer;
  private final RecoveryCodes recovery;
  private final Passkeys passkeys;
  private final Sessions sessions;
  private final FactorNews news;

  public SecondFactors(
      FactorStore store,
      Transactions transactions,
      AuditLog audit,
      InstantSource clock,
      SecureRandom random,
      KeyFile keyFile,
      Passkeys passkeys,
      Sessions sessions,
      FactorNews news) {
    this.store = store;
    this.transactions = transactions;
    this.audit = audit;
    this.clock = clock;
    this.random = random;
    this.sealer = new Sealer(keyFile, "totp-secret", random);
    this.recovery = new RecoveryCodes(store, clock, random, keyFile, news);
    this.passkeys = passkeys;
    this.sessions = sessions;
    this.news = news;
  }

  /**
   * Starts enrolment, or shows the one under way again; refuses {@code factor-already-enrolled}.
   *
   * @param label what the app shows beside the issuer: the e-mail address
   */
  public Enrolment begin(String accountId, String label) {
    Optional<FactorStore.Entry> known = store.find(accountId);
    if (known.isPresent() && !known.get().confirmed()) {
      return enrolment(known.get(), label);
    }
    if (!store.begin(accountId, fresh(accountId))) {
      throw Refusal.of(Token.FACTOR_ALREADY_ENROLLED).exception();
    }
    return enrolment(store.find(accountId).orElseThrow(), label);
  }

  /** A new secret for an app, sealed for the account; it opens nothing before it is confirmed. */
  public Sealed fresh(String accountId) {
    byte[] secret = new byte[SECRET_BYTES];
    random.nextBytes(secret);
    try {
      return sealer.seal(secret, accountId);
    } finally {
      Arrays.fill(secret, (byte) 0);
    }
  }

  /** What the app is told of a {@link #fresh} secret. */
  public Enrolment show(String accountId, Sealed secret, String label) {
    return enrolment(new FactorStore.Entry(accountId, secret, false, 0), label);
  }

  /**
   * Puts a {@link #fresh} secret in the place of the account's factor, on its first code: the old
   * app, all old recovery codes and all passkeys are dead. Refuses {@code code-wrong}. Inside the
   * caller's transaction.
   *
   * @return ten new recovery codes
   */
  public List<String> replace(String accountId, Sealed secret, String typed) {
    OptionalLong step = match(new FactorStore.Entry(accountId, secret, false, 0), digits(typed));
    if (step.isEmpty()) {
      throw Refusal.of(Token.CODE_WRONG).exception();
    }
    List<String> codes = new ArrayList<>();
    store.replaceSecret(accountId, secret, step.getAsLong());
    store.replaceRecovery(accountId, recovery.make(accountId, codes));
    passkeys.removeAll(accountId);
    audit.note(AuditKind.FACTOR_REPLACED, accountId);
    return List.copyOf(codes);
  }

  /**
   * As {@link #use(String, String)} for whoever is not signed in: the caller counts the tries, so
   * that a stranger's do not use up those of the owner. Inside the caller's transaction, which must
   * commit whatever the verdict.
   */
  public Verdict useCountedElsewhere(String accountId, String typed) {
    Verdict verdict = decide(held(accountId, Tries.OWN).entry(), typed, null);
    audit.note(
        verdict == Verdict.OK ? AuditKind.FACTOR_ACCEPTED : AuditKind.FACTOR_REFUSED, accountId);
    return verdict;
  }

  /**
   * Ends enrolment with the app's first code.
   *
   * @return the ten recovery codes, to be shown once; empty text never
   */
  public List<String> confirm(String accountId, String typed) {
    List<String> codes = new ArrayList<>();
    Verdict verdict = transactions.run(() -> tryConfirm(accountId, typed, codes));
    if (verdict != Verdict.OK) {
      throw refusal(verdict).exception();
    }
    return List.copyOf(codes);
  }

  private Verdict tryConfirm(String accountId, String typed, List<String> codes) {
    Optional<FactorStore.Entry> entry = store.find(accountId).filter(e -> !e.confirmed());
    if (entry.isEmpty()) {
      throw Refusal.of(Token.FACTOR_ALREADY_ENROLLED).exception();
    }
    if (!takeTry(accountId, Tries.STRANGE)) {
      return Verdict.TOO_MANY;
    }
    OptionalLong step = match(entry.get(), digits(typed));
    if (step.isEmpty()) {
      return Verdict.WRONG;
    }
    List<byte[]> hashes = recovery.make(accountId, codes);
    if (!store.confirm(accountId, step.getAsLong(), hashes, clock.instant())) {
      throw Refusal.of(Token.FACTOR_ALREADY_ENROLLED).exception();
    }
    store.clearTries(accountId, Tries.STRANGE);
    audit.note(AuditKind.FACTOR_ENROLLED, accountId);
    return Verdict.OK;
  }

  /**
   * Ten new recovery codes in place of the old ones, for a code; every other sign-in ends.
   *
   * @param ownToken of the session that asks
   */
  public List<String> renewRecovery(String accountId, String typed, String ownToken) {
    List<String> codes = new ArrayList<>();
    Verdict verdict =
        transactions.run(
            () -> {
              codes.clear();
              Verdict used = use(accountId, typed, null);
              if (used == Verdict.OK) {
                store.replaceRecovery(accountId, recovery.make(accountId, codes));
                sessions.endAll(accountId, ownToken);
                audit.note(AuditKind.RECOVERY_RENEWED, accountId);
                news.recoveryRenewed(accountId);
              }
              return used;
            });
    if (verdict != Verdict.OK) {
      throw refusal(verdict).exception();
    }
    return List.copyOf(codes);
  }

  /** Whether the account has a confirmed factor. */
  public boolean enrolled(String accountId) {
    return store.find(accountId).map(FactorStore.Entry::confirmed).orElse(false);
  }

  /** Recovery codes left. */
  public int recoveryLeft(String accountId) {
    return store.recoveryLeft(accountId);
  }

  /**
   * Uses a code for a change of the account: one of the app, a recovery code, or one that a passkey
   * stood in for.
   */
  public Verdict use(String accountId, String code) {
    return transactions.run(() -> use(accountId, code, null));
  }

  /**
   * As {@link #use(String, String)} for a sign-in.
   *
   * @param known whether the account was signed in to in this browser before
   */
  public Verdict useToSignIn(String accountId, String code, boolean known) {
    Tries kind = known ? Tries.OWN : Tries.STRANGE;
    return transactions.run(() -> useOne(accountId, code, null, kind));
  }

  /**
   * As {@link #use(String, String)} inside the caller's transaction, for a change that has this
   * digest; null for one that has none.
   *
   * <p>The caller must let the transaction commit also when the verdict is not {@link Verdict#OK}:
   * the try counts.
   */
  public Verdict use(String accountId, String typed, byte @Nullable [] digest) {
    return useOne(accountId, typed, digest, Tries.OWN);
  }

  private Verdict useOne(String accountId, String typed, byte @Nullable [] digest, Tries kind) {
    return PasskeyTickets.isOne(typed)
        ? useTicket(accountId, typed, digest)
        : useCode(accountId, typed, digest, kind);
  }

  /**
   * Uses a code of the app or a recovery code, never what a passkey stood in for, inside the
   * caller's transaction as above, for exactly the send that has this digest.
   */
  public Verdict useForSend(String accountId, String typed, byte[] digest) {
    return useCode(accountId, typed, digest, Tries.SEND);
  }

  private Verdict useCode(String accountId, String typed, byte @Nullable [] digest, Tries kind) {
    FactorStore.Held held = held(accountId, kind);
    Verdict verdict = usedUp(held) ? Verdict.TOO_MANY : decide(held.entry(), typed, digest);
    if (verdict == Verdict.OK) {
      if (held.tries() > 0) {
        store.clearTries(accountId, kind);
      }
      audit.note(AuditKind.FACTOR_ACCEPTED, accountId);
    } else {
      takeTry(accountId, kind);
      audit.note(AuditKind.FACTOR_REFUSED, accountId, null, refusal(verdict).token());
    }
    return verdict;
  }

  /**
   * What a passkey stood in for, with the digest in the record; nobody guesses one, so none is
   * counted as a try.
   */
  private Verdict useTicket(String accountId, String ticket, byte @Nullable [] digest) {
    if (passkeys.questions().tickets().use(accountId, ticket)) {
      String change = digest == null ? null : HexFormat.of().formatHex(digest);
      audit.note(AuditKind.FACTOR_ACCEPTED, accountId, null, change);
      return Verdict.OK;
    }
    audit.note(AuditKind.FACTOR_REFUSED, accountId, null, Token.CODE_USED.token());
    return Verdict.USED;
  }

  private FactorStore.Held held(String accountId, Tries kind) {
    return store
        .lock(accountId, kind)
        .filter(found -> found.entry().confirmed())
        .orElseThrow(() -> Refusal.of(Token.FACTOR_MISSING).exception());
  }

  private boolean usedUp(FactorStore.Held held) {
    long windowStart = clock.instant().minus(TRIES_WINDOW).getEpochSecond();
    return held.tries() >= MOST_TRIES && held.since().getEpochSecond() >= windowStart;
  }

  /**
   * Uses up every code that could be accepted now or could have been before, for everybody: what
   * was used elsewhere is not known here.
   */
  public static void useUpAll(FactorStore store, Instant now) {
    store.useUpSteps(Totp.step(now) + Totp.DRIFT);
  }

  /** The refusal that belongs to a verdict. */
  public static Refusal refusal(Verdict verdict) {
    return switch (verdict) {
      case WRONG -> Refusal.of(Token.CODE_WRONG);
      case USED -> Refusal.of(Token.CODE_USED);
      case TOO_MANY -> Refusal.of(Token.TOO_MANY_TRIES);
      case OK -> throw new IllegalArgumentException("not a refusal");
    };
  }

  private Verdict decide(FactorStore.Entry entry, String typed, byte @Nullable [] digest) {
    String accountId = entry.accountId();
    if (RecoveryCodes.isOne(typed)) {
      return recovery.use(accountId, typed, digest);
    }
    OptionalLong step = match(entry, digits(typed));
    if (step.isEmpty()) {
      return Verdict.WRONG;
    }
    return store.useStep(accountId, step.getAsLong(), digest) ? Verdict.OK : Verdict.USED;
  }

  private boolean takeTry(String accountId, Tries kind) {
    Instant now = clock.instant();
    return store.takeTry(accountId, kind, MOST_TRIES, now.minus(TRIES_WINDOW), now);
  }

  private OptionalLong match(FactorStore.Entry entry, String code) {
    byte[] secret = sealer.open(entry.secret(), entry.accountId());
    try {
      return Totp.match(secret, code, clock.instant());
    } finally {
      Arrays.fill(secret, (byte) 0);
    }
  }

  private Enrolment enrolment(FactorStore.Entry entry, String label) {
    byte[] secret = sealer.open(entry.secret(), entry.accountId());
    try {
      String base32 = Base32.encode(secret);
      String uri =
          "otpauth://totp/"
              + ISSUER
              + ":"
              + percent(label)
              + "?secret="
              + base32
              + "&issuer="
              + ISSUER
              + "&algorithm=SHA1&digits="
              + Totp.DIGITS
              + "&period="
              + Totp.STEP_SECONDS;
      return new Enrolment(base32, uri);
    } finally {
      Arrays.fill(secret, (byte) 0);
    }
  }

  private static String digits(String typed) {
    StringBuilder out = new StringBuilder();
    String text = RecoveryCodes.limited(typed);
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c != ' ' && c != '-') {
        out.append(c);
      }
    }
    return out.toString();
  }

  private static String percent(String text) {
    StringBuilder out = new StringBuilder();
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (b & 0xff);
      boolean plain =
          (c >= 'a' && c <= 'z')
              || (c >= 'A' && c <= 'Z')
              || (c >= '0' && c <= '9')
              || c == '-'
              || c == '.'
              || c == '_';
      if (plain) {
        out.append(c);
      } else {
        String hex = Integer.toHexString(c).toUpperCase(Locale.ROOT);
        out.append('%').append(hex.length() == 1 ? "0" : "").append(hex);
      }
    }
    return out.toString();
  }
}
