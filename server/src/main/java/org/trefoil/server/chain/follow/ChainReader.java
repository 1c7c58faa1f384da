package org.trefoil.server.chain.follow;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.trefoil.core.coins.Outpoint;
import org.trefoil.server.chain.HistoryPlace;
import org.trefoil.server.chain.Tip;

/** The index on disk, as those who ask about one wallet see it. */
public interface ChainReader {

  /**
   * A coin that no known transaction spends.
   *
   * @param height null in the mempool
   * @param ours all inputs of its transaction were the wallet's
   */
  record UnspentRow(
      String txid,
      int vout,
      long amount,
      int branch,
      int index,
      @Nullable Integer height,
      boolean coinbase,
      boolean ours) {}

  /**
   * A transaction that concerns the wallet.
   *
   * @param time of its block, or when it was first seen
   * @param credit what it paid the wallet
   * @param debit what it spent of the wallet's
   * @param ownInputs how many of its {@code inputs} were the wallet's
   * @param ownOutputs numbers of the outputs that pay the wallet
   */
  record TransactionRow(
      String txid,
      byte[] raw,
      @Nullable Integer height,
      long time,
      int inputs,
      long credit,
      long debit,
      int ownInputs,
      List<Integer> ownOutputs) {}

  /**
   * How far the chain was followed, a branch of a wallet was used, and which coins it has.
   *
   * @param tip height of the last block, −1 before the first
   * @param highest index that was ever paid, −1 when none was
   * @param unspent those of {@link #unspent} that the transactions asked for made
   * @param held which of them are reserved
   */
  record Reached(int tip, int highest, List<UnspentRow> unspent, Set<Outpoint> held) {}

  /** What an address was ever paid. */
  record AddressRow(int index, byte[] script, long received, int payments) {}

  @Nullable Tip tip();

  List<UnspentRow> unspent(String walletId);

  /** Satoshis of {@link #unspent}: those that are in blocks and ripe, and all. */
  record Sums(long ripe, long all) {}

  /** The sums of the wallet's coins; a coinbase is ripe up to height {@code ripe}. */
  Sums sums(String walletId, int ripe);

  /** Satoshis of those among the wallet's unspent coins. */
  long sum(String walletId, Set<Outpoint> coins);

  /** The transactions that made {@link #unspent}, as they were signed, by their ids. */
  Map<String, byte[]> makersOfUnspent(String walletId);

  /** The wallet's history, newest first: so many below a place or from the top. */
  List<HistoryPlace> entries(String walletId, @Nullable HistoryPlace below, int limit);

  /** In the order of their ids as given, without those that are gone. */
  List<TransactionRow> transactions(String walletId, List<String> txids);

  /** Whether the transaction concerns the wallet. */
  boolean concerns(String walletId, String txid);

  /**
   * Confirmations, 0 without a block, of those of the transactions that the index has and that
   * concern the wallet; of any wallet when that is null.
   */
  Map<String, Integer> confirmations(@Nullable String walletId, Collection<String> txids);

  /** Those of a branch that are looked for, from index {@code first} to {@code last}. */
  List<AddressRow> addresses(String walletId, int branch, int first, int last);

  /** The highest index of the branch that was ever paid, −1 when none was. */
  int highestUsed(String walletId, int branch);

  /** All that a spend needs to know, asked at once. */
  Reached reached(String walletId, int branch, Set<String> txids);

  boolean used(String walletId, int branch, int index);

  /** The height at which another transaction than {@code besides} spends the coin, or null. */
  @Nullable Integer spentAt(Outpoint coin, String besides);

  /** Whether the transaction is in a followed block. */
  boolean inBlock(String txid);
}
