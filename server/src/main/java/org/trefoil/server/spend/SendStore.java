package org.trefoil.server.spend;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.trefoil.core.coins.Outpoint;
import org.trefoil.server.chain.Reservations;
import org.trefoil.server.policy.RulesAt;

/**
 * Where sends are kept, and which coins they hold.
 *
 * <p>Every change of stage names the stages it may start from and answers whether it happened.
 */
public interface SendStore extends Reservations {
  /** Adds a send; false when the wallet used that request id before. */
  boolean add(SendRecord send);

  Optional<SendRecord> find(String sendId);

  Optional<SendRecord> byRequest(String walletId, String requestId);

  /** The wallet's send that was approved and made this transaction. */
  Optional<SendRecord> byTransaction(String walletId, String txid);

  /** What was noted on the wallet's approved sends, of these transactions; without empty notes. */
  Map<String, String> notes(String walletId, Collection<String> txids);

  /** The wallet's latest sends, newest first. */
  List<SendRecord> list(String walletId, int limit);

  /** The lock times of those of the wallet's last so many sends that were given up. */
  Set<Integer> lockTimesOfEnded(String walletId, int last);

  /**
   * The wallet's sends without their second factor that were made after then and are not overdue,
   * and those that wait by a rule, newest first.
   */
  List<SendRecord> waiting(String walletId, Instant after, Instant now);

  /** Puts further owners' signatures on a send that waits. */
  void addSignatures(String sendId, byte[] psbt, List<String> signers, int missing);

  /** Sends with something left to do by {@code now}, the oldest first. */
  List<SendRecord> due(Instant now, int limit);

  /** All that wait by a rule, of all wallets. */
  List<SendRecord> held();

  /** Those of a wallet. */
  List<SendRecord> held(String walletId);

  /** A send that the network has or will have and that may still change, in short. */
  record Live(String sendId, String walletId, String txid, SendStage stage, Instant nextTryAt) {}

  /** All such sends. */
  List<Live> live();

  /** All of these wallets. */
  List<Live> live(Collection<String> walletIds);

  /** How many sends stand at each stage that is not an end. */
  Map<SendStage, Long> open();

  /** Sends that were due before then. */
  long overdue(Instant before);

  /**
   * What a wallet approved.
   *
   * @param spent satoshis, fees included, of what was approved since a moment and was not refused,
   *     without the sends that have several versions
   * @param versions whether there are any of those
   * @param last when the last of all was approved; the epoch when none was
   */
  record Approvals(long spent, boolean versions, Instant last) {}

  Approvals approvals(String walletId, Instant since);

  /** Whether one of the wallet's approved sends is this transaction. */
  boolean knows(String walletId, String txid);

  /** The families of which a version was approved since then. */
  List<String> familiesSince(String walletId, Instant since);

  /** All approved versions of a send, in no order. */
  List<Version> versions(String family);

  /** Whether one of these transactions, of the wallet's sends, is being replaced by another. */
  boolean beingReplaced(String walletId, Collection<String> txids);

  /**
   * The wallet's sends whose place another version took, newest first, as far as any version is one
   * of these transactions.
   */
  List<SendRecord> replaced(String walletId, Collection<String> txids);

  /** Reserves coins for a send; false, and none reserved, when one is taken. */
  boolean reserve(String walletId, String sendId, Collection<Outpoint> outpoints);

  /**
   * Hands the coins of one send to another version of it.
   *
   * @return how many they were
   */
  int handOver(String fromSendId, String toSendId);

  /**
   * Makes two sends versions of one, and cancels other replacements of the first that wait for
   * their code.
   */
  void join(String originalId, String replacementId, String family);

  /** The coins that a send holds. */
  Set<Outpoint> heldBy(String sendId);

  /** Gives the send's coins back. */
  void release(String sendId);

  /** Needs-factor or held to approved, under the wallet's rules of now, sealed. */
  boolean approve(String sendId, Instant at, Instant nextTryAt, RulesAt rules, byte[] seal);

  /** Approved to signed, with the transaction. */
  boolean signed(String sendId, byte[] rawTx, Instant nextTryAt);

  /** To {@code to} from any of {@code from}. */
  boolean move(
      String sendId,
      Set<SendStage> from,
      SendStage to,
      @Nullable Instant nextTryAt,
      @Nullable String reason);

  /** Notes a try in vain. */
  void tried(String sendId, Instant nextTryAt);

  /**
   * A send without its factor whose time is over.
   *
   * @param digest of its transaction
   */
  record Overdue(String sendId, String walletId, byte[] digest) {}

  /** Those of which {@link #expire} is to come. */
  List<Overdue> over(Instant now);

  /** Needs-factor to expired, if its time is over, and what it holds comes back. */
  boolean expire(String sendId, Instant now);

  /**
   * Notes the r of a signature and the message it signs.
   *
   * @return false when the same r was seen over another message: then its key is known to the world
   */
  boolean noteNonce(byte[] r, byte[] message);
}
