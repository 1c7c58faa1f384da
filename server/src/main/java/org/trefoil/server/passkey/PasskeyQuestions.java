package org.trefoil.server.passkey;

import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.trefoil.core.Refusal;
import org.trefoil.core.RefusedException;
import org.trefoil.core.Token;
import org.trefoil.server.audit.AuditKind;
import org.trefoil.server.audit.AuditLog;
import org.trefoil.server.durable.Transactions;
import org.trefoil.server.keyfile.KeyFile;
import org.trefoil.server.passkey.Preimage.Deed;
import org.trefoil.server.passkey.Question.Purpose;

/**
 * Asks passkeys and takes their answers, each question's once and within two minutes, by one
 * conditional delete that of any number of servers one alone passes.
 */
public final class PasskeyQuestions {
  private final PasskeyStore store;
  private final PasskeyRing ring;
  private final Ceremonies ceremonies;
  private final Transactions transactions;
  private final AuditLog audit;
  private final Supplier<RelyingParty> site;
  private final InstantSource clock;
  private final SecureRandom random;
  private final PasskeyTickets tickets;

  PasskeyQuestions(
      PasskeyStore store,
      PasskeyRing ring,
      KeyFile keyFile,
      Ceremonies ceremonies,
      Transactions transactions,
      AuditLog audit,
      Supplier<RelyingParty> site,
      InstantSource clock,
      SecureRandom random) {
    this.store = store;
    this.ring = ring;
    this.ceremonies = ceremonies;
    this.transactions = transactions;
    this.audit = audit;
    this.site = site;
    this.clock = clock;
    this.random = random;
    this.tickets = new PasskeyTickets(store, keyFile, clock, random);
  }

  /** Codes that passkeys stood in for. */
  public PasskeyTickets tickets() {
    return tickets;
  }

  /**
   * What a browser needs to ask a passkey.
   *
   * @param siteId the name that passkeys are made for
   * @param passkeys those that may answer; none where any may that the browser finds
   */
  public record Asked(byte[] challenge, String siteId, List<Passkey> passkeys) {
    public Asked {
      passkeys = List.copyOf(passkeys);
    }
  }

  /** Asks the account's passkeys for what a code of the app would do. */
  public Asked askStepUp(String accountId) {
    return asked(ask(Purpose.STEP_UP, accountId), some(accountId));
  }

  /** Asks whoever wants to sign in without a password. */
  public Asked askSignIn() {
    return asked(ask(Purpose.SIGN_IN, null), List.of());
  }

  /** Asks the account's passkeys to say this of exactly one transaction; see {@link Preimage}. */
  public Asked askSend(
      String accountId, Deed deed, String walletId, byte[] digest, long policyVersion) {
    List<Passkey> passkeys = some(accountId);
    Instant end = end();
    byte[] preimage =
        Preimage.of(deed, walletId, digest, policyVersion, nonce(), end.getEpochSecond());
    return asked(put(Purpose.SEND, accountId, preimage, end), passkeys);
  }

  /** Asks the account's other passkeys to have this one count at once; see {@link Preimage}. */
  public Asked askVouch(Passkey fresh) {
    String accountId = fresh.accountId();
    List<Passkey> others =
        ring.list(accountId).stream()
            .filter(known -> !known.passkeyId().equals(fresh.passkeyId()))
            .toList();
    if (others.isEmpty()) {
      throw Refusal.of(Token.PASSKEY_REFUSED).exception();
    }
    Instant end = end();
    byte[] digest = Sha256.of(fresh.publicKey());
    byte[] preimage =
        Preimage.of(Deed.PASSKEY, accountId, digest, 0, nonce(), end.getEpochSecond());
    return asked(put(Purpose.VOUCH, accountId, preimage, end), others);
  }

  /** Takes the answer to that, inside the caller's transaction. */
  SendProof answerVouch(Passkey fresh, Assertion assertion) {
    Good good = check(Purpose.VOUCH, fresh.accountId(), assertion);
    byte[] digest = Sha256.of(fresh.publicKey());
    SendProof proof = proof("", digest, good, assertion);
    if (ProofCheck.of(proof, Deed.PASSKEY, fresh.accountId(), digest)
        != ProofCheck.Finding.PROVES) {
      throw Refusal.of(Token.PASSKEY_REFUSED).exception();
    }
    accepted(good.passkey());
    return proof;
  }

  private SendProof proof(String sendId, byte[] digest, Good good, Assertion assertion) {
    return new SendProof(
        sendId,
        digest,
        good.question().preimage(),
        site.get().origin(),
        assertion.clientData(),
        assertion.authenticatorData(),
        assertion.signature(),
        good.passkey().publicKey(),
        good.passkey().algorithm());
  }

  private Asked asked(byte[] challenge, List<Passkey> passkeys) {
    return new Asked(challenge, site.get().id(), passkeys);
  }

  private List<Passkey> some(String accountId) {
    List<Passkey> passkeys = ring.list(accountId);
    if (passkeys.isEmpty()) {
      throw Refusal.of(Token.PASSKEY_REFUSED).exception();
    }
    return passkeys;
  }

  byte[] ask(Purpose purpose, @Nullable String accountId) {
    return put(purpose, accountId, Preimage.of(purpose, nonce()), end());
  }

  private byte[] put(Purpose purpose, @Nullable String accountId, byte[] preimage, Instant end) {
    byte[] challenge = Preimage.challenge(preimage);
    store.ask(new Question(challenge, accountId, purpose, preimage, end));
    return challenge;
  }

  private byte[] nonce() {
    byte[] nonce = new byte[Preimage.NONCE];
    random.nextBytes(nonce);
    return nonce;
  }

  private Instant end() {
    return Instant.ofEpochSecond(clock.instant().plus(Passkeys.LIFE).getEpochSecond());
  }

  /** Uses a question up, inside the caller's transaction; refuses {@code passkey-late}. */
  Question take(byte[] challenge, Purpose purpose, @Nullable String accountId) {
    Instant now = clock.instant();
    Optional<Question> question =
        store
            .question(challenge)
            .filter(asked -> asked.purpose() == purpose)
            .filter(asked -> Objects.equals(asked.accountId(), accountId));
    if (question.isEmpty() || !store.take(challenge, now)) {
      throw Refusal.of(Token.PASSKEY_LATE).exception();
    }
    return question.get();
  }

  /**
   * Takes the answer for a send, inside the caller's transaction, which must commit whatever comes
   * of it, and writes down what proves it.
   *
   * @return why not; null when it confirms exactly this transaction
   */
  public @Nullable Refusal answerSend(
      String accountId,
      String walletId,
      String sendId,
      byte[] digest,
      long policyVersion,
      Assertion assertion) {
    return answer(
        accountId, Deed.SEND, walletId, sendId, digest, policyVersion, assertion, store::prove);
  }

  /** The same of a member who says yes to a send that somebody else began. */
  public @Nullable Refusal answerVote(
      String accountId,
      String walletId,
      String sendId,
      byte[] digest,
      long policyVersion,
      Assertion assertion) {
    return answer(
        accountId,
        Deed.APPROVE,
        walletId,
        sendId,
        digest,
        policyVersion,
        assertion,
        proof -> store.proveVote(accountId, proof));
  }

  private @Nullable Refusal answer(
      String accountId,
      Deed deed,
      String walletId,
      String sendId,
      byte[] digest,
      long policyVersion,
      Assertion assertion,
      Consumer<SendProof> proved) {
    try {
      Good good = check(Purpose.SEND, accountId, assertion);
      byte[] preimage = good.question().preimage();
      SendProof proof = proof(sendId, digest, good, assertion);
      boolean same =
          Preimage.is(
              preimage,
              deed,
              walletId,
              digest,
              policyVersion,
              good.question().expiresAt().getEpochSecond());
      if (!same || ProofCheck.of(proof, deed, walletId, digest) != ProofCheck.Finding.PROVES) {
        throw Refusal.of(Token.PASSKEY_REFUSED).exception();
      }
      proved.accept(proof);
      accepted(good.passkey());
      return null;
    } catch (RefusedException e) {
      audit.note(AuditKind.FACTOR_REFUSED, accountId, null, e.refusal().token());
      return e.refusal();
    }
  }

  /** What a passkey signed for a send, if one did. */
  public Optional<SendProof> proof(String sendId) {
    return store.proof(sendId);
  }

  /** What that of a member did, who said something of a send. */
  public Optional<SendProof> voteProof(String sendId, String accountId) {
    return store.voteProof(sendId, accountId);
  }

  /** Takes the answer that stands in for a code; the code is good once, for two minutes. */
  public String answerStepUp(String accountId, Assertion assertion) {
    return transactions.run(
        () -> {
          accepted(check(Purpose.STEP_UP, accountId, assertion).passkey());
          return tickets.fresh(accountId);
        });
  }

  /** Whose passkey answered, of those that sign in without a password. */
  public String answerSignIn(Assertion assertion) {
    return transactions.run(
        () -> {
          Passkey passkey = check(Purpose.SIGN_IN, null, assertion).passkey();
          if (!passkey.signsIn()) {
            throw Refusal.of(Token.PASSKEY_NO_SIGNIN).exception();
          }
          audit.note(AuditKind.PASSKEY_SIGNED_IN, passkey.accountId(), passkey.passkeyId(), null);
          return passkey.accountId();
        });
  }

  private void accepted(Passkey passkey) {
    audit.note(AuditKind.FACTOR_ACCEPTED, passkey.accountId(), passkey.passkeyId(), "passkey");
  }

  /** An answer that is of the passkey and of the question that it names. */
  private record Good(Passkey passkey, Question question) {}

  private Good check(Purpose purpose, @Nullable String accountId, Assertion assertion) {
    byte[] challenge = ClientData.GET.challenge(assertion.clientData());
    Passkey passkey =
        ring.byCredential(assertion.credentialId())
            .filter(known -> accountId == null || known.accountId().equals(accountId))
            .orElseThrow(() -> Refusal.of(Token.PASSKEY_REFUSED).exception());
    if (challenge == null) {
      throw Refusal.of(Token.PASSKEY_REFUSED).exception();
    }
    Question question = take(challenge, purpose, accountId);
    Optional<Ceremonies.Answered> answered =
        ceremonies.answer(assertion, passkey, site.get(), challenge);
    if (answered.isEmpty() || !note(passkey, answered.get())) {
      throw Refusal.of(Token.PASSKEY_REFUSED).exception();
    }
    return new Good(passkey, question);
  }

  private boolean note(Passkey passkey, Ceremonies.Answered told) {
    return ring.used(passkey, told.signCount(), told.backedUp(), clock.instant());
  }
}
