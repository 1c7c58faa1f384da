package org.trefoil.server.signup;

import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.trefoil.core.Refusal;
import org.trefoil.core.RefusedException;
import org.trefoil.core.Token;
import org.trefoil.core.units.Utf8;
import org.trefoil.core.wire.Kdf;
import org.trefoil.server.account.Account;
import org.trefoil.server.account.Accounts;
import org.trefoil.server.account.Email;
import org.trefoil.server.durable.Transactions;
import org.trefoil.server.keyfile.KeyFile;
import org.trefoil.server.keyfile.Pepper;
import org.trefoil.server.mail.Mailroom;

/**
 * Signing up in two steps where mail is sent: a letter goes to the address, and its code makes the
 * account. An address that has one gets a letter that says so; pages answer both alike.
 *
 * <p>The code is twelve digits, made under the key file of the address and a nonce, and the same in
 * every letter while it holds, for {@link #LIFE} from the last. An address gets {@value
 * #LETTERS_A_DAY} letters a day; the last of them holds until the day is over. So whoever asks has
 * a code that holds, or is sent one, however often strangers asked before. Tries are counted by who
 * asks (the door's limits), never by the sign-up, so that nobody uses up another's: what keeps
 * guesses from many networks out is the length of the code.
 */
public final class SignUps {
  /** How long a code holds. */
  public static final Duration LIFE = Duration.ofMinutes(30);

  /** How many letters an address gets within a day. */
  public static final int LETTERS_A_DAY = 6;

  /** How soon another letter is not worth writing. */
  public static final Duration APART = Duration.ofMinutes(1);

  private static final Duration DAY = Duration.ofDays(1);
  private static final int NONCE = 16;
  private static final long CODES = 1_000_000_000_000L;
  private static final int MOST_CHARS = 40;
  private static final byte[] NOTHING = new byte[NONCE];

  private final SignUpStore store;
  private final Accounts accounts;
  private final Mailroom mail;
  private final SignUpLetters letters;
  private final Transactions transactions;
  private final InstantSource clock;
  private final SecureRandom random;
  private final Pepper mailboxes;
  private final Pepper codes;

  public SignUps(
      SignUpStore store,
      Accounts accounts,
      Mailroom mail,
      Supplier<String> origin,
      Transactions transactions,
      InstantSource clock,
      SecureRandom random,
      KeyFile keyFile) {
    this.store = store;
    this.accounts = accounts;
    this.mail = mail;
    this.letters = new SignUpLetters(mail, origin);
    this.transactions = transactions;
    this.clock = clock;
    this.random = random;
    this.mailboxes = new Pepper(keyFile, "sign-up-mailbox");
    this.codes = new Pepper(keyFile, "sign-up-code");
  }

  /** Whether a sign-up begins with a letter here. */
  public boolean byLetter() {
    return mail.way() == Mailroom.Way.SENT;
  }

  /**
   * Writes a letter to the address, with a code or with the word that it has an account; does the
   * same for both. Refuses {@code mail-missing} and {@code email-malformed}.
   */
  public void begin(String typed) {
    if (!byLetter()) {
      throw Refusal.of(Token.MAIL_MISSING).exception();
    }
    Email email = Email.parse(typed);
    byte[] fresh = new byte[NONCE];
    random.nextBytes(fresh);
    transactions.run(() -> write(email, fresh));
  }

  private void write(Email email, byte[] fresh) {
    Instant now = clock.instant();
    byte[] mailbox = mailbox(email);
    SignUpStore.@Nullable Entry old = store.find(mailbox).orElse(null);
    Optional<Account> taken = accounts.byEmail(email);
    SignUpStore.@Nullable Entry next = next(mailbox, old, fresh, now);
    if (next == null || !store.replace(old, next)) {
      return; // there is one that holds, or another request writes it now
    }
    String code = code(email, next.nonce());
    if (taken.isPresent()) {
      letters.taken(taken.get());
    } else {
      letters.code(email, code, next.expiresAt());
    }
  }

  /** The sign-up with another letter; null when none is to be written. */
  private static SignUpStore.@Nullable Entry next(
      byte[] mailbox, SignUpStore.@Nullable Entry old, byte[] fresh, Instant now) {
    boolean holds = old != null && old.expiresAt().isAfter(now);
    boolean sameDay = old != null && old.since().plus(DAY).isAfter(now);
    int before = sameDay ? old.letters() : 0;
    if (before >= LETTERS_A_DAY || holds && old.lastAt().plus(APART).isAfter(now)) {
      return null;
    }
    Instant since = sameDay ? old.since() : now;
    Instant until = now.plus(LIFE);
    if (before + 1 == LETTERS_A_DAY && since.plus(DAY).isAfter(until)) {
      until = since.plus(DAY);
    }
    return new SignUpStore.Entry(
        mailbox, holds ? old.nonce() : fresh, since, before + 1, now, until);
  }

  /** Refuses {@code signup-code-wrong}, for whatever reason, unless it is the address's code. */
  public void check(String typed, String code) {
    holds(Email.parse(typed), code);
  }

  /**
   * Makes the account, whose address is confirmed by that, and uses the code up. Refuses as {@link
   * #check} does, and {@code kdf-too-weak}, {@code proof-malformed}.
   */
  public Account finish(String typed, @Nullable String code, String salt, Kdf kdf, String proof) {
    Email email = Email.parse(typed);
    return transactions.run(
        () -> {
          SignUpStore.Entry open = holds(email, code == null ? "" : code);
          if (!store.remove(open.mailbox(), open.nonce())) {
            throw wrong();
          }
          return accounts.signUpConfirmed(email, salt, kdf, proof).orElseThrow(SignUps::wrong);
        });
  }

  /** The open sign-up whose code this is; the work is the same whether there is one or not. */
  private SignUpStore.Entry holds(Email email, String typed) {
    Instant now = clock.instant();
    SignUpStore.@Nullable Entry open = store.find(mailbox(email)).orElse(null);
    boolean taken = accounts.byEmail(email).isPresent();
    byte[] expected = Utf8.of(code(email, open == null ? NOTHING : open.nonce()));
    boolean right = MessageDigest.isEqual(expected, Utf8.of(grouped(digits(typed))));
    if (open == null || !open.expiresAt().isAfter(now) || taken || !right) {
      throw wrong();
    }
    return open;
  }

  /** Forgets what nobody can go on with. */
  public void sweep() {
    Instant now = clock.instant();
    store.sweep(now.minus(DAY), now);
  }

  private byte[] mailbox(Email email) {
    return mailboxes.of(Utf8.of(email.text()));
  }

  private String code(Email email, byte[] nonce) {
    byte[] mac = codes.of(nonce, Utf8.of(email.text()));
    long number = 0;
    for (int i = 0; i < Long.BYTES; i++) {
      number = number << 8 | mac[i] & 0xff;
    }
    return grouped(String.format(Locale.ROOT, "%012d", Long.remainderUnsigned(number, CODES)));
  }

  private static String grouped(String digits) {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < digits.length(); i++) {
      out.append(i > 0 && i % 4 == 0 ? " " : "").append(digits.charAt(i));
    }
    return out.toString();
  }

  /** What was typed without blanks and hyphens; nothing in place of what is far too long. */
  private static String digits(String typed) {
    return typed.length() > MOST_CHARS ? "" : typed.replaceAll("[^0-9]", "");
  }

  private static RefusedException wrong() {
    return Refusal.of(Token.SIGNUP_CODE_WRONG).exception();
  }
}
