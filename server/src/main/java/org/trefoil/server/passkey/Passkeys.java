package org.trefoil.server.passkey;

import java.security.SecureRandom;
import java.text.Normalizer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.trefoil.core.Refusal;
import org.trefoil.core.Token;
import org.trefoil.server.account.Sessions;
import org.trefoil.server.audit.AuditKind;
import org.trefoil.server.audit.AuditLog;
import org.trefoil.server.durable.Ids;
import org.trefoil.server.durable.Transactions;
import org.trefoil.server.keyfile.KeyFile;

/**
 * Registers passkeys and takes them away. Whoever calls has used up another factor first. Every
 * other session of the account ends with each change but that of a name, and its owner is told.
 */
public final class Passkeys {
  /** How long a question waits for its answer. */
  static final Duration LIFE = Duration.ofMinutes(2);

  private static final int MOST = 20;
  private static final int MOST_NAME = 60;
  private static final int MOST_CREDENTIAL = 1023;
  private static final Set<String> TRANSPORTS =
      Set.of("usb", "nfc", "ble", "smart-card", "hybrid", "internal");

  private final PasskeyStore store;
  private final PasskeyRing ring;
  private final Ceremonies ceremonies;
  private final Sessions sessions;
  private final Transactions transactions;
  private final AuditLog audit;
  private final PasskeyNews news;
  private final Supplier<RelyingParty> site;
  private final InstantSource clock;
  private final SecureRandom random;
  private final PasskeyQuestions questions;

  /**
   * Puts the room together.
   *
   * @param site who asks, as it is known once the server is up
   */
  public Passkeys(
      PasskeyStore store,
      KeyFile keyFile,
      Sessions sessions,
      Transactions transactions,
      AuditLog audit,
      PasskeyNews news,
      Supplier<RelyingParty> site,
      InstantSource clock,
      SecureRandom random) {
    this.store = store;
    this.ring = new PasskeyRing(store, keyFile);
    this.ceremonies = new Ceremonies();
    this.sessions = sessions;
    this.transactions = transactions;
    this.audit = audit;
    this.news = news;
    this.site = site;
    this.clock = clock;
    this.random = random;
    this.questions =
        new PasskeyQuestions(
            store, ring, keyFile, ceremonies, transactions, audit, site, clock, random);
  }

  /** Who asks. */
  public RelyingParty site() {
    return site.get();
  }

  /** What registered passkeys are asked. */
  public PasskeyQuestions questions() {
    return questions;
  }

  /**
   * What a browser needs to make a passkey.
   *
   * @param known credentials that the account has already
   */
  public record Making(byte[] challenge, String siteId, List<byte[]> known) {
    public Making {
      known = List.copyOf(known);
    }
  }

  /** Begins a registration. */
  public Making begin(String accountId) {
    refuseMore(accountId);
    byte[] challenge = questions.ask(Question.Purpose.REGISTER, accountId);
    return new Making(challenge, site.get().id(), credentials(accountId));
  }

  /**
   * Ends a registration; refuses {@code passkey-late}, {@code passkey-refused}, {@code
   * passkey-known}.
   *
   * @param sessionToken of the session that goes on
   */
  public Passkey add(String accountId, String typedName, NewCredential made, String sessionToken) {
    String name = name(typedName);
    byte[] challenge = ClientData.CREATE.challenge(made.clientData());
    if (challenge == null) {
      throw Refusal.of(Token.PASSKEY_REFUSED).exception();
    }
    return transactions.run(
        () -> {
          refuseMore(accountId);
          questions.take(challenge, Question.Purpose.REGISTER, accountId);
          Ceremonies.Registered registered =
              ceremonies
                  .register(made, site.get(), challenge)
                  .filter(r -> r.credentialId().length <= MOST_CREDENTIAL)
                  .orElseThrow(() -> Refusal.of(Token.PASSKEY_REFUSED).exception());
          Passkey passkey = passkey(accountId, name, made, registered);
          if (!ring.add(passkey)) {
            throw Refusal.of(Token.PASSKEY_KNOWN).exception();
          }
          audit.note(AuditKind.PASSKEY_ADDED, accountId, passkey.passkeyId(), null);
          news.passkeyAdded(passkey, null);
          sessions.endAll(accountId, sessionToken);
          return passkey;
        });
  }

  private Passkey passkey(
      String accountId, String name, NewCredential made, Ceremonies.Registered registered) {
    return new Passkey(
        Ids.random(random),
        accountId,
        registered.credentialId(),
        registered.credential(),
        registered.publicKey(),
        registered.algorithm(),
        registered.signCount(),
        registered.backupEligible(),
        registered.backedUp(),
        made.transports().stream().filter(TRANSPORTS::contains).distinct().toList(),
        name,
        false,
        Instant.ofEpochSecond(clock.instant().getEpochSecond()),
        null);
  }

  /** The account's passkeys, the first one first. */
  public List<Passkey> list(String accountId) {
    return ring.list(accountId);
  }

  /**
   * Gives one another name, and says whether it signs in without the password.
   *
   * @param sessionToken of the session that goes on where it is to sign in from now on
   */
  public void change(
      String accountId, String passkeyId, String typedName, boolean signsIn, String sessionToken) {
    String name = name(typedName);
    transactions.run(
        () -> {
          Passkey before = find(accountId, passkeyId);
          if (!ring.change(before, name, signsIn)) {
            throw Refusal.of(Token.NOT_FOUND).exception();
          }
          audit.note(AuditKind.PASSKEY_CHANGED, accountId, passkeyId, signsIn ? "signs-in" : null);
          if (signsIn && !before.signsIn()) {
            news.passkeySignsIn(find(accountId, passkeyId));
            sessions.endAll(accountId, sessionToken);
          }
        });
  }

  /** As {@link PasskeyQuestions#askVouch}. */
  public PasskeyQuestions.Asked askVouch(String accountId, String passkeyId) {
    return questions.askVouch(find(accountId, passkeyId));
  }

  /** Has one count at once, as another one answered; refuses as {@link PasskeyAges#hasten} does. */
  public void vouch(String accountId, String passkeyId, Assertion answer, PasskeyAges ages) {
    transactions.run(
        () -> {
          Passkey fresh = find(accountId, passkeyId);
          ages.hasten(fresh, questions.answerVouch(fresh, answer));
          audit.note(AuditKind.PASSKEY_CHANGED, accountId, passkeyId, null);
        });
  }

  /** Takes one away. */
  public void remove(String accountId, String passkeyId, String sessionToken) {
    transactions.run(
        () -> {
          Passkey passkey = find(accountId, passkeyId);
          if (!store.remove(accountId, passkeyId)) {
            throw Refusal.of(Token.NOT_FOUND).exception();
          }
          audit.note(AuditKind.PASSKEY_REMOVED, accountId, passkeyId, null);
          news.passkeyRemoved(passkey);
          sessions.endAll(accountId, sessionToken);
        });
  }

  /**
   * Takes all of them away, inside the caller's transaction: the second factor was replaced by
   * whoever had lost it, and so may a passkey be.
   */
  public void removeAll(String accountId) {
    if (store.removeAll(accountId) > 0) {
      audit.note(AuditKind.PASSKEY_REMOVED, accountId, null, "all");
    }
  }

  /** Forgets what was asked and is over. */
  public void sweep() {
    store.sweep(clock.instant());
  }

  private Passkey find(String accountId, String passkeyId) {
    return ring.list(accountId).stream()
        .filter(known -> known.passkeyId().equals(passkeyId))
        .findFirst()
        .orElseThrow(() -> Refusal.of(Token.NOT_FOUND).exception());
  }

  private List<byte[]> credentials(String accountId) {
    return ring.list(accountId).stream().map(Passkey::credentialId).toList();
  }

  private void refuseMore(String accountId) {
    if (ring.list(accountId).size() >= MOST) {
      throw Refusal.of(Token.TOO_MANY_PASSKEYS, "most", Integer.toString(MOST)).exception();
    }
  }

  /** One line of 1 to 60 characters, or {@code name-malformed}. */
  private static String name(String typed) {
    String name =
        typed.length() > 4 * MOST_NAME
            ? ""
            : Normalizer.normalize(typed.strip(), Normalizer.Form.NFC);
    boolean plain =
        name.codePoints()
            .allMatch(c -> Character.isLetterOrDigit(c) || Character.isSpaceChar(c) || sign(c));
    if (name.isEmpty() || name.codePointCount(0, name.length()) > MOST_NAME || !plain) {
      throw Refusal.of(Token.NAME_MALFORMED).exception();
    }
    return name;
  }

  private static boolean sign(int c) {
    int type = Character.getType(c);
    return type >= Character.DASH_PUNCTUATION && type <= Character.OTHER_SYMBOL
        || type == Character.INITIAL_QUOTE_PUNCTUATION
        || type == Character.FINAL_QUOTE_PUNCTUATION
        || type == Character.NON_SPACING_MARK;
  }
}
