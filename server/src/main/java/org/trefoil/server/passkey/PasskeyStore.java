package org.trefoil.server.passkey;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Where passkeys are kept, what they are asked, and what they proved. */
public interface PasskeyStore {
  /**
   * A passkey as it is kept.
   *
   * @param seal as {@link PasskeyRing} makes it; null on a row that it did not make
   */
  record Row(Passkey passkey, byte @Nullable [] seal) {}

  /** The account's passkeys, the first one first. */
  List<Row> list(String accountId);

  Optional<Row> byCredential(byte[] credentialId);

  /** Adds one; false when its credential is known already, whoever's it is. */
  boolean add(Row row);

  /** Sets the name of one, whether it signs in, and its seal; false when it is gone. */
  boolean change(Passkey passkey, String name, boolean signsIn, byte[] seal);

  /** Removes one; false when it is not the account's. */
  boolean remove(String accountId, String passkeyId);

  /** Removes all of them; how many. */
  int removeAll(String accountId);

  /**
   * Notes a use, by one conditional update; false when the passkey is gone, or its count is not
   * what it was any more.
   */
  boolean used(String passkeyId, long oldCount, long count, boolean backedUp, Instant at);

  void ask(Question question);

  Optional<Question> question(byte[] challenge);

  /** Uses a question up: of all that try, for one alone, and for none once it is over. */
  boolean take(byte[] challenge, Instant now);

  void addTicket(byte[] tokenHash, String accountId, Instant expiresAt);

  /** Uses a ticket up, as {@link #take}. */
  boolean useTicket(byte[] tokenHash, String accountId, Instant now);

  void prove(SendProof proof);

  /** Keeps on what a member said yes to a send. */
  void proveVote(String accountId, SendProof proof);

  /** On what a member said yes to a send, when it was a passkey. */
  Optional<SendProof> voteProof(String sendId, String accountId);

  /** What a send was approved on, when it was a passkey. */
  Optional<SendProof> proof(String sendId);

  /** Forgets what was asked and is over. */
  int sweep(Instant now);
}
