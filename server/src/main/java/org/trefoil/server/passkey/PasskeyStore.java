package org.trefoil.server.passkey;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Where passkeys are kept, what they are asked, and what they proved. */
public interface PasskeyStore {
  /** The account's passkeys, the first one first. */
  List<Passkey> list(String accountId);

  Optional<Passkey> byCredential(byte[] credentialId);

  /** Adds one; false when its credential is known already, whoever's it is. */
  boolean add(Passkey passkey);

  /** Sets the name of one and whether it signs in; false when it is not the account's. */
  boolean change(String accountId, String passkeyId, String name, boolean signsIn);

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

  /** What a send was approved on, when it was a passkey. */
  Optional<SendProof> proof(String sendId);

  /** Forgets what was asked and is over. */
  int sweep(Instant now);
}
