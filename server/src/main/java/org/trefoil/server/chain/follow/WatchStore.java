package org.trefoil.server.chain.follow;

import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.trefoil.server.chain.Rescan;

/** The wallets on disk: which scripts to look for, and of whom some past is still to be read. */
public interface WatchStore {
  /** Adds a wallet and the scripts to look for; does nothing when it is there. */
  void addWallet(WatchedWallet wallet, List<WatchedScript> scripts);

  boolean has(String walletId);

  /** Ids of the wallets that are followed with all others. */
  List<String> live();

  /**
   * So many of the wallets whose past has not been read yet, but is up to {@code scanned} at least;
   * those that are furthest back first.
   */
  List<Newcomer> newcomers(int scanned, int most);

  @Nullable WatchedWallet wallet(String walletId);

  /** Every script of {@code walletId}, or of all wallets when it is null. */
  void eachScript(@Nullable String walletId, Consumer<WatchedScript> action);

  /** Asks for a rescan, unless one that starts as early is under way. */
  void ask(Rescan rescan);

  /** What is left to read again, in the order of the wallets' ids. */
  List<Rescan> rescans();

  @Nullable Rescan rescan(String walletId);

  /** The first block of a rescan is known now. */
  void begin(String walletId, int height);

  /** Everything was read again. */
  void finish(String walletId);

  /** The past of these wallets is read; they are followed with all others. */
  void live(Collection<String> walletIds);
}
