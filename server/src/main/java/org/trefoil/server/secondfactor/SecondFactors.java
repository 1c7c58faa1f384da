package org.trefoil.server.secondfactor;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.trefoil.core.Refusal;
import org.trefoil.core.Token;
import org.trefoil.server.account.Sessions;
import org.trefoil.server.audit.AuditKind;
import org.trefoil.server.audit.AuditLog;
import org.trefoil.server.durable.Transactions;
import org.trefoil.server.keyfile.Sealed;
import org.trefoil.server.passkey.PasskeyTickets;
import org.trefoil.server.passkey.Passkeys;

/**
 * Enrols authenticator apps and accepts their codes, each once, wherever the secrets are: see
 * {@link Codes}. A code given for a send is used up in the transaction that approves that send,
 * with the send's digest beside it. Ten wrong codes in an hour stop further tries for the rest of
 * that hour; they are counted by {@link Tries}, so that whoever has only the password keeps its
 * owner neither from signing in where he did before, nor from sending.
 */
public final class SecondFactors {
  public static final int MOST_TRIES = 10;
  public static final Duration TRIES_WINDOW = Duration.ofHours(1);

  private static final String ISSUER = "Trefoil";

  private final Codes codes;
  private final Transactions transactions;
  private final AuditLog audit;
  private final Passkeys passkeys;
  private final Sessions sessions;
  private final FactorNews news;

  public SecondFactors(
      Codes codes,
      Transactions transactions,
      AuditLog audit,
      Passkeys passkeys,
      Sessions sessions,
      FactorNews news) {
    this.codes = codes;
    this.transactions = transactions;
    this.audit = audit;
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
    return enrolment(codes.begin(accountId), label);
  }

  /** A new secret for an app, sealed for the account; it opens nothing before it is confirmed. */
  public Sealed fresh(String accountId, boolean byKeys) {
    return codes.fresh(accountId, byKeys);
  }

  /** As {@link Codes#keysAlone}. */
  public boolean keysAlone(String accountId) {
    return codes.keysAlone(accountId);
  }

  /** As {@link Codes#recoveryFrom}. */
  public @Nullable Instant recoveryFrom(String accountId) {
    return codes.recoveryFrom(accountId);
  }

  /** Whether what was typed has the form of a recovery code. */
  public static boolean isRecovery(String typed) {
    return RecoveryCodes.isOne(typed);
  }

  /** As {@link Codes#hasten}. */
  public @Nullable Instant hasten(String accountId, KeyProof proof) {
    return codes.hasten(accountId, proof);
  }

  /** What the app is told of a {@link #fresh} secret. */
  public Enrolment show(String accountId, Sealed secret, String label) {
    return enrolment(codes.show(accountId, secret), label);
  }

  /**
   * Puts a {@link #fresh} secret in the place of the account's factor, on its first code: the old
   * app, all old recovery codes and all passkeys are dead. Refuses {@code code-wrong}. Inside the
   * caller's transaction.
   *
   * @return ten new recovery codes
   */
  public List<String> replace(String accountId, Sealed secret, String typed) {
    List<String> fresh = new ArrayList<>();
    if (!codes.replace(accountId, secret, typed, fresh)) {
      throw Refusal.of(Token.CODE_WRONG).exception();
    }
    passkeys.removeAll(accountId);
    audit.note(AuditKind.FACTOR_REPLACED, accountId);
    return List.copyOf(fresh);
  }

  /**
   * As {@link #use(String, String)} for whoever is not signed in: the caller counts the tries, so
   * that a stranger's do not use up those of the owner. Inside the caller's transaction, which must
   * commit whatever the verdict.
   */
  public Verdict useCountedElsewhere(String accountId, String typed) {
    Verdict verdict = codes.useCountedElsewhere(accountId, typed);
    tellOfRecovery(accountId, typed, verdict);
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
    List<String> fresh = new ArrayList<>();
    Verdict verdict =
        transactions.run(
            () -> {
              fresh.clear();
              Verdict confirmed = codes.confirm(accountId, typed, fresh);
              if (confirmed == Verdict.OK) {
                audit.note(AuditKind.FACTOR_ENROLLED, accountId);
              }
              return confirmed;
            });
    verdict.orRefuse();
    return List.copyOf(fresh);
  }

  /**
   * Ten new recovery codes in place of the old ones, for a code; every other sign-in ends.
   *
   * @param ownToken of the session that asks
   */
  public List<String> renewRecovery(String accountId, String typed, String ownToken) {
    List<String> fresh = new ArrayList<>();
    Verdict verdict =
        transactions.run(
            () -> {
              fresh.clear();
              Verdict used = renew(accountId, typed, fresh);
              if (used == Verdict.OK) {
                sessions.endAll(accountId, ownToken);
                audit.note(AuditKind.RECOVERY_RENEWED, accountId);
                news.recoveryRenewed(accountId, codes.recoveryFrom(accountId));
              }
              return used;
            });
    verdict.orRefuse();
    return List.copyOf(fresh);
  }

  /** As {@link Codes#takesTickets}. */
  public boolean takesTickets() {
    return codes.takesTickets();
  }

  /** Refuses {@code signer-needs-code} where such a one is not good enough. */
  private boolean isTicket(String typed) {
    boolean ticket = PasskeyTickets.isOne(typed);
    if (ticket && !takesTickets()) {
      throw Refusal.of(Token.SIGNER_NEEDS_CODE).exception();
    }
    return ticket;
  }

  private Verdict renew(String accountId, String typed, List<String> fresh) {
    if (!isTicket(typed)) {
      return noted(accountId, typed, codes.renew(accountId, typed, fresh));
    }
    Verdict used = useTicket(accountId, typed, null);
    if (used == Verdict.OK) {
      codes.renew(accountId, fresh);
    }
    return used;
  }

  /** Whether the account has a confirmed factor. */
  public boolean enrolled(String accountId) {
    return codes.enrolled(accountId);
  }

  /** Recovery codes left. */
  public int recoveryLeft(String accountId) {
    return codes.recoveryLeft(accountId);
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
        : noted(accountId, typed, codes.use(accountId, typed, digest, kind));
  }

  /** As {@link #use(String, String)} before a passkey is removed. */
  public Verdict useToRemovePasskey(String accountId, String typed) {
    return transactions.run(
        () ->
            PasskeyTickets.isOne(typed)
                ? useTicket(accountId, typed, null)
                : noted(accountId, typed, codes.useToRemovePasskey(accountId, typed)));
  }

  /** As {@link #use(String, String)} before a passkey is added. */
  public Verdict useToAddPasskey(String accountId, String typed) {
    return transactions.run(
        () ->
            isTicket(typed)
                ? useTicket(accountId, typed, null)
                : noted(accountId, typed, codes.useToAddPasskey(accountId, typed)));
  }

  /**
   * Uses a code of the app or a recovery code, never what a passkey stood in for, inside the
   * caller's transaction as above, for exactly the send that has this digest.
   */
  public Verdict useForSend(String accountId, String typed, byte[] digest) {
    return noted(accountId, typed, codes.use(accountId, typed, digest, Tries.SEND));
  }

  /** Notes in the record what came of a code, and tells its owner when it was a recovery code. */
  public Verdict noted(String accountId, String typed, Verdict verdict) {
    Refusal refused = verdict.refusal();
    if (refused == null) {
      audit.note(AuditKind.FACTOR_ACCEPTED, accountId);
    } else {
      audit.note(AuditKind.FACTOR_REFUSED, accountId, null, refused.token());
    }
    tellOfRecovery(accountId, typed, verdict);
    return verdict;
  }

  private void tellOfRecovery(String accountId, String typed, Verdict verdict) {
    if (verdict == Verdict.OK && RecoveryCodes.isOne(typed)) {
      news.recoveryUsed(accountId, codes.recoveryLeft(accountId));
    }
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

  /**
   * Uses up every code that could be accepted now or could have been before, for everybody: what
   * was used elsewhere is not known here.
   */
  public static void useUpAll(FactorStore store, Instant now) {
    store.useUpSteps(Totp.step(now) + Totp.DRIFT);
  }

  private static Enrolment enrolment(String base32, String label) {
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
