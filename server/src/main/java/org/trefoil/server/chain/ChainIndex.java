package org.trefoil.server.chain;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.trefoil.core.coins.Coin;
import org.trefoil.core.keys.Cosigners;
import org.trefoil.core.units.Network;
import org.trefoil.core.wire.Balance;
import org.trefoil.core.wire.Fees;
import org.trefoil.core.wire.HistoryItem;

/**
 * What the chain means to our wallets, as far as it has been followed. Answers come from the store
 * and do not wait for the network, except {@link #broadcast}. A wallet that is not watched has
 * nothing.
 */
public interface ChainIndex {
  Network network();

  /** The last block followed. */
  Tip tip();

  /** Whether the source answers, is the right chain, and has been followed to its tip. */
  ChainHealth health();

  /**
   * Follows a wallet from now on, and from {@code birthHeight} in the blocks that are there already
   * (soon, by the follower). On disk when it returns; watching twice changes nothing.
   */
  void watch(String walletId, Cosigners cosigners, int birthHeight);

  /**
   * Reads blocks of the past again for a wallet that is followed, by and by; nobody else waits for
   * it. On disk when it returns; the same again, or a later start, while one runs changes nothing.
   */
  void rescan(Rescan rescan);

  /** What is left to read again for the wallet, or null. */
  @Nullable Rescan rescan(String walletId);

  /**
   * Unspent and in blocks; unspent and not in blocks; of both, what sends hold that are not out
   * yet.
   */
  Balance balance(String walletId);

  /**
   * Every coin that no known transaction spends, also the reserved and those that may not be spent
   * yet ({@link Coin#spendable}), without immature coinbases. {@code ours}: made by a transaction
   * all of whose inputs were the wallet's.
   */
  List<Coin> coins(String walletId);

  /**
   * Of a wallet, all that a spend of coins of these transactions is checked against, in as few
   * questions as possible.
   */
  Standing standing(String walletId, Set<String> txids);

  /** Those of {@link #coins} that may be spent now and that nobody has reserved. */
  List<Coin> spendable(String walletId);

  /** Newest first: the mempool's by the time they were seen, then by height. Notes are null. */
  List<HistoryItem> history(String walletId);

  /**
   * A stretch of {@link #history(String)}: so many below a place, or from the top. Whoever goes
   * down it like that misses nothing that stood below when blocks come in between. What is new
   * stands above; what waited and came into a block may be met again there.
   */
  HistoryPage history(String walletId, @Nullable HistoryPlace below, int limit);

  /** One transaction as it concerns the wallet, or null. */
  @Nullable HistoryItem transaction(String walletId, String txid);

  /** Confirmations of a transaction of the wallet: 0 in the mempool, −1 when it is in neither. */
  int confirmations(String walletId, String txid);

  /** Confirmations of transactions of whatever wallet; what is in neither is left out. */
  Map<String, Integer> confirmations(Collection<String> txids);

  /** Addresses of a branch that payments are looked for at, {@code first} to {@code last}. */
  List<WatchedAddress> addresses(String walletId, int branch, int first, int last);

  /**
   * The whole transactions that made {@link #coins}, as they were signed, by their ids. A vault
   * sees the coins' amounts in them for itself.
   */
  Map<String, byte[]> previousTransactions(String walletId);

  /**
   * One more than the highest index of the branch that was ever paid, and no more than {@code
   * Cosigners.MOST_INDEX}; 0 on a fresh wallet.
   */
  int nextUnused(String walletId, int branch);

  /** Whether the address at {@code branch/index} was ever paid. */
  boolean used(String walletId, int branch, int index);

  /** What the network would charge, satoshis per 1,000 virtual bytes; never throws. */
  Fees fees();

  /**
   * What a waiting transaction of the wallet and those that it builds on pay. A source that cannot
   * tell leaves a guess: its size at the least rate that nodes relay.
   */
  Ancestry ancestry(String walletId, String txid);

  /** Hands a transaction to the network; a transaction that the index knows in a block is known. */
  BroadcastOutcome broadcast(byte[] raw);

  /** Tells {@code listener} from now on. */
  void listen(ChainListener listener);
}
