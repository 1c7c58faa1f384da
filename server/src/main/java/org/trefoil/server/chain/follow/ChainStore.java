package org.trefoil.server.chain.follow;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.trefoil.core.coins.Outpoint;
import org.trefoil.server.chain.ChainHealth;
import org.trefoil.server.chain.Tip;

/**
 * The index on disk, as its one writer, the follower, sees it. Each call is all or nothing; doing
 * it twice is doing it once.
 *
 * <p>A coin is spent while any known transaction spends it; a transaction is in a block while it
 * has a height. So applying a block sets heights, undoing it clears them, and the two are exact
 * inverses.
 */
public interface ChainStore {
  /** The last block followed, or null before the first. */
  @Nullable Tip tip();

  /** The followed block at {@code height}, or null. */
  @Nullable Tip at(int height);

  /** Notes blocks as followed without looking into them. */
  void anchor(List<Tip> blocks);

  /** Every coin of {@code walletId}, or of all wallets when it is null, spent ones as well. */
  void eachCoin(@Nullable String walletId, Consumer<Outpoint> action);

  /** Those of the outputs that ever paid a wallet. */
  List<OwnCoin> coins(Collection<Outpoint> outpoints);

  /** Ids of known transactions that are in no block. */
  Set<String> unconfirmed();

  /** A known transaction as it was signed, or null. */
  byte @Nullable [] raw(String txid);

  /**
   * Notes blocks that follow each other and what was found in them. Transactions in the mempool
   * that spend the same coins are forgotten, with all that build on them.
   */
  Changes apply(List<FollowedBlock> blocks, long now);

  /**
   * The same for a block of the past that was read for some wallets, which are scanned up to it
   * then.
   */
  Changes applyPast(Collection<String> walletIds, FollowedBlock block, long now);

  /**
   * Takes the last block away: its transactions wait again, its coinbase is forgotten, and what was
   * left alone because it was buried is looked after again.
   */
  Changes undo(Tip block);

  /** How the chain was at a last look, and when that was (epoch seconds). */
  record Noted(ChainHealth health, long at) {}

  /** Notes how the chain is, for the other processes on this database. */
  void note(ChainHealth health, long at);

  /** What the process that follows the chain noted last. */
  Noted noted();

  /** What entered and left the mempool; what left it for a block is not forgotten. */
  Changes mempool(
      List<FoundTransaction> entered, List<WatchedScript> fresh, Collection<String> left, long now);
}
