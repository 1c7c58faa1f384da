package org.trefoil.server.chain.follow;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
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

  /** Adds a wallet and the scripts to look for; does nothing when it is there. */
  void addWallet(WatchedWallet wallet, List<WatchedScript> scripts);

  List<WatchedWallet> wallets();

  /** Wallets whose past has not been read yet. */
  List<WatchedWallet> newcomers();

  void eachScript(@Nullable String walletId, Consumer<WatchedScript> action);

  /** Every coin but those that were spent in blocks below {@code height}. */
  void eachCoin(@Nullable String walletId, int height, Consumer<OwnCoin> action);

  /** Ids of known transactions that are in no block. */
  Set<String> unconfirmed();

  /**
   * Notes a block and what was found in it. Transactions in the mempool that spend the same coins
   * are forgotten, with all that build on them.
   */
  Changes apply(Tip block, List<FoundTransaction> found, List<WatchedScript> fresh, long now);

  /**
   * The same for a block of the past that was read for one wallet, which is scanned up to it then.
   */
  Changes applyPast(
      String walletId,
      Tip block,
      List<FoundTransaction> found,
      List<WatchedScript> fresh,
      long now);

  /** Takes the last block away: its transactions wait again, its coinbase is forgotten. */
  Changes undo(Tip block);

  /** The wallet's past is read; it is followed with all others. */
  void live(String walletId);

  /** What entered and left the mempool; what left it for a block is not forgotten. */
  Changes mempool(
      List<FoundTransaction> entered, List<WatchedScript> fresh, Collection<String> left, long now);
}
