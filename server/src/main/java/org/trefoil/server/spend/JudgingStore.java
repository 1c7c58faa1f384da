package org.trefoil.server.spend;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.trefoil.server.policy.RulesAt;
import org.trefoil.server.policy.Snapshot;

/** What rules ask of a wallet's earlier sends, and sends that wait by a rule. */
public interface JudgingStore {
  /** What was approved since then and was not refused, without sends of several versions. */
  List<Snapshot.Past> past(String walletId, Instant since);

  /**
   * What all wallets approved since then and was not refused, in satoshis; of a send of several
   * versions the dearest.
   */
  long together(Instant since);

  /** Waits for others who decide on a send of any wallet, until the end of the transaction. */
  void lockTogether();

  /** Those of the addresses that an earlier send of the wallet paid. */
  Set<String> paidBefore(String walletId, Collection<String> addresses);

  /**
   * A send that waits.
   *
   * @param heldAt when its second factor was given
   * @param until when it goes on
   * @param knownSince since when the browser was known in which it was confirmed
   */
  record Hold(Instant heldAt, Instant until, Instant knownSince) {}

  Optional<Hold> hold(String sendId);

  /** Needs-factor to held; false when it is not there any more. */
  boolean hold(String sendId, Hold hold, byte[] seal);

  /** Under which rules a send was approved, as its row says. */
  RulesAt rules(String sendId);

  /** The seal over how a send was confirmed; null when it has none. */
  byte @Nullable [] seal(String sendId);

  /**
   * Approved or held back to needs-factor, as if it had never been confirmed; it keeps its coins.
   */
  void askAgain(String sendId, Instant expiresAt);

  /**
   * What a member said of a send.
   *
   * @param digest of what it was said of
   * @param seal keyed hash over the rest
   */
  record Vote(String accountId, boolean yes, byte[] digest, Instant at, byte[] seal) {}

  /** Adds a vote; false when the member said something before. */
  boolean vote(String sendId, Vote vote);

  /** What was said of a send, the first first. */
  List<Vote> votes(String sendId);

  /** Lets a send wait longer that waits. */
  void prolong(String sendId, Instant until);
}
