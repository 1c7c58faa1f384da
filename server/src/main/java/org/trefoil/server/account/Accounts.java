package org.trefoil.server.account;

import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.trefoil.core.Refusal;
import org.trefoil.core.Token;
import org.trefoil.core.units.Utf8;
import org.trefoil.core.wire.Kdf;
import org.trefoil.core.wire.PreloginAnswer;
import org.trefoil.server.audit.AuditKind;
import org.trefoil.server.audit.AuditLog;
import org.trefoil.server.durable.Ids;
import org.trefoil.server.durable.Transactions;
import org.trefoil.server.keyfile.KeyFile;
import org.trefoil.server.keyfile.Pepper;

/**
 * Signing up, signing in and changing the password, by proofs that were stretched in the browser.
 *
 * <p>Prelogin and sign-in answer the same way, with the same work, whether an account exists or
 * not. Sign-up does where a letter comes first; {@link #signUp} alone says {@code email-taken}.
 */
public final class Accounts {
  /** The least stretch that is accepted: 64 MiB, three passes (RFC 9106, second choice). */
  public static final Kdf LEAST = new Kdf(64 * 1024, 3, 1);

  private static final int MOST_MEMORY_KIB = 1024 * 1024;
  private static final int MOST_ITERATIONS = 64;
  private static final int MOST_PARALLELISM = 16;
  private static final int SALT = 16;
  private static final int PROOF = 32;
  private static final byte[] NOBODY = new byte[SALT];

  private final AccountStore store;
  private final Sessions sessions;
  private final Transactions transactions;
  private final AuditLog audit;
  private final InstantSource clock;
  private final SecureRandom random;
  private final PasswordNews news;
  private final Pepper proofs;
  private final Pepper fakeSalts;

  public Accounts(
      AccountStore store,
      Sessions sessions,
      Transactions transactions,
      AuditLog audit,
      InstantSource clock,
      SecureRandom random,
      KeyFile keyFile,
      PasswordNews news) {
    this.store = store;
    this.sessions = sessions;
    this.transactions = transactions;
    this.audit = audit;
    this.clock = clock;
    this.random = random;
    this.news = news;
    this.proofs = new Pepper(keyFile, "sign-in-proof");
    this.fakeSalts = new Pepper(keyFile, "prelogin-salt");
  }

  /** Salt and parameters for a sign-in; for an unknown address a stable invention. */
  public PreloginAnswer prelogin(String email) {
    Email parsed = Email.parse(email);
    byte[] invented = Arrays.copyOf(fakeSalts.of(Utf8.of(parsed.text())), SALT);
    PreloginAnswer fake = new PreloginAnswer(base64(invented), LEAST);
    return store.byEmail(parsed).map(found -> answer(found.secret())).orElse(fake);
  }

  /** Makes an account, or refuses: {@code email-taken}, {@code kdf-too-weak}, … */
  public Account signUp(String email, String salt, Kdf kdf, String proof) {
    return add(Email.parse(email), null, salt, kdf, proof)
        .orElseThrow(() -> Refusal.of(Token.EMAIL_TAKEN).exception());
  }

  /** The same for an address that was shown to be the asker's; empty when it is taken. */
  public Optional<Account> signUpConfirmed(Email email, String salt, Kdf kdf, String proof) {
    return add(email, clock.instant(), salt, kdf, proof);
  }

  private Optional<Account> add(
      Email email, @Nullable Instant confirmedAt, String salt, Kdf kdf, String proof) {
    SignInSecret secret = secretOf(salt, kdf, proof);
    Account account = new Account(Ids.random(random), email.text(), clock.instant(), confirmedAt);
    return transactions.run(
        () -> {
          if (!store.add(account, secret)) {
            return Optional.empty();
          }
          audit.note(AuditKind.SIGNED_UP, account.accountId());
          return Optional.of(account);
        });
  }

  /** The account whose proof this is; empty for a wrong proof and for an unknown address alike. */
  public Optional<Account> signIn(String email, String proof) {
    Email parsed = Email.parse(email);
    byte[] bytes = proofBytes(proof);
    Optional<AccountStore.Entry> found = store.byEmail(parsed);
    boolean right = matches(found.map(AccountStore.Entry::secret), bytes);
    Optional<Account> account = found.filter(e -> right).map(AccountStore.Entry::account);
    AuditKind kind = right ? AuditKind.PASSWORD_ACCEPTED : AuditKind.SIGN_IN_REFUSED;
    audit.note(kind, found.map(e -> e.account().accountId()).orElse(null));
    return account;
  }

  /**
   * Takes back a sign-up that no second factor finished, so that its address is free again; refuses
   * {@code factor-already-enrolled} for any other account.
   */
  public void discard(String accountId) {
    transactions.run(
        () -> {
          if (!store.removeUnfinished(accountId)) {
            throw Refusal.of(Token.FACTOR_ALREADY_ENROLLED).exception();
          }
          audit.note(AuditKind.SIGN_UP_DISCARDED, accountId);
        });
  }

  /** The account with this id. */
  public Optional<Account> find(String accountId) {
    return store.byId(accountId).map(AccountStore.Entry::account);
  }

  /**
   * Replaces the proof and ends every other session; refuses {@code password-wrong} for a wrong old
   * proof. The caller has checked the second factor.
   *
   * @param keepToken the session that asked, which goes on
   */
  public void changePassword(
      String accountId, String oldProof, String salt, Kdf kdf, String proof, String keepToken) {
    byte[] old = proofBytes(oldProof);
    SignInSecret fresh = secretOf(salt, kdf, proof);
    transactions.run(
        () -> {
          Optional<AccountStore.Entry> found = store.byId(accountId);
          if (!matches(found.map(AccountStore.Entry::secret), old)
              || !store.replaceSecret(accountId, found.orElseThrow().secret(), fresh)) {
            throw Refusal.of(Token.PASSWORD_WRONG).exception();
          }
          sessions.endAll(accountId, keepToken);
          audit.note(AuditKind.PASSWORD_CHANGED, accountId);
          news.passwordChanged(found.get().account());
        });
  }

  /** Refuses what {@link #changePassword} would, before a second factor is spent on it. */
  public void refuseChange(String accountId, String oldProof, String salt, Kdf kdf, String proof) {
    byte[] old = proofBytes(oldProof);
    secretOf(salt, kdf, proof);
    if (!matches(store.byId(accountId).map(AccountStore.Entry::secret), old)) {
      throw Refusal.of(Token.PASSWORD_WRONG).exception();
    }
  }

  /** The account with this address. */
  public Optional<Account> byEmail(Email email) {
    return store.byEmail(email).map(AccountStore.Entry::account);
  }

  /** What changes with the account's password, 32 bytes; empty when there is no such account. */
  public Optional<byte[]> passwordMark(String accountId) {
    return store.byId(accountId).map(entry -> entry.secret().proofHash());
  }

  /**
   * Sets a new password for whoever is let in another way, and ends every session; false when the
   * password is another one than that of {@code mark} meanwhile. Inside the caller's transaction.
   */
  public boolean resetPassword(String accountId, byte[] mark, String salt, Kdf kdf, String proof) {
    SignInSecret fresh = secretOf(salt, kdf, proof);
    Optional<AccountStore.Entry> found =
        store
            .byId(accountId)
            .filter(entry -> MessageDigest.isEqual(entry.secret().proofHash(), mark));
    if (found.isEmpty() || !store.replaceSecret(accountId, found.get().secret(), fresh)) {
      return false;
    }
    sessions.endAll(accountId, "");
    audit.note(AuditKind.PASSWORD_RESET, accountId);
    return true;
  }

  /** Refuses {@code password-wrong}. */
  public void refuseWrong(String accountId, String proof) {
    if (!matches(store.byId(accountId).map(AccountStore.Entry::secret), proofBytes(proof))) {
      throw Refusal.of(Token.PASSWORD_WRONG).exception();
    }
  }

  /**
   * Gives the account another address, which is confirmed, and ends every other session; false when
   * that is somebody's meanwhile. Inside the caller's transaction.
   */
  public boolean changeEmail(String accountId, String old, Email fresh, String keepToken) {
    if (!store.replaceEmail(accountId, old, fresh.text(), clock.instant())) {
      return false;
    }
    sessions.endAll(accountId, keepToken);
    audit.note(AuditKind.EMAIL_CHANGED, accountId);
    return true;
  }

  private boolean matches(Optional<SignInSecret> secret, byte[] proof) {
    byte[] salt = secret.map(SignInSecret::proofSalt).orElse(NOBODY);
    byte[] expected = secret.map(SignInSecret::proofHash).orElse(new byte[PROOF]);
    boolean equal = MessageDigest.isEqual(proofs.of(salt, proof), expected);
    return equal && secret.isPresent();
  }

  private SignInSecret secretOf(String salt, Kdf kdf, String proof) {
    boolean strong =
        kdf.memoryKiB() >= LEAST.memoryKiB()
            && kdf.iterations() >= LEAST.iterations()
            && kdf.parallelism() >= LEAST.parallelism();
    boolean bounded =
        kdf.memoryKiB() <= MOST_MEMORY_KIB
            && kdf.iterations() <= MOST_ITERATIONS
            && kdf.parallelism() <= MOST_PARALLELISM;
    if (!strong || !bounded) {
      throw Refusal.of(Token.KDF_TOO_WEAK).exception();
    }
    byte[] clientSalt = decode(salt, SALT);
    byte[] proofSalt = new byte[SALT];
    random.nextBytes(proofSalt);
    byte[] hash = proofs.of(proofSalt, proofBytes(proof));
    return new SignInSecret(
        base64(clientSalt), kdf.memoryKiB(), kdf.iterations(), kdf.parallelism(), proofSalt, hash);
  }

  private static PreloginAnswer answer(SignInSecret s) {
    return new PreloginAnswer(s.salt(), new Kdf(s.memoryKiB(), s.iterations(), s.parallelism()));
  }

  private static byte[] proofBytes(String proof) {
    return decode(proof, PROOF);
  }

  private static byte[] decode(String base64, int size) {
    try {
      byte[] bytes = Base64.getDecoder().decode(base64);
      if (bytes.length == size) {
        return bytes;
      }
    } catch (IllegalArgumentException e) {
      // Falls through to the refusal, which does not repeat the input.
    }
    throw Refusal.of(Token.PROOF_MALFORMED).exception();
  }

  private static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }
}
