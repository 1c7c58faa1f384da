package org.trefoil.server.wallets;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.trefoil.core.wire.HistoryItem;

/** What the sends add to a wallet's history: notes, and versions that others replaced. */
public interface SendNotes {
  /** By transaction id, of these; sends without a note are missing. */
  Map<String, String> notes(String walletId, Collection<String> txids);

  /**
   * The height that a new transaction is to count from: the chain's, or the next one below it that
   * no send of the wallet which was given up counts from. So one that is made again exactly is
   * another transaction: a signer never signs what waited with it and was dropped.
   */
  int lockTime(String walletId, int tip);

  /**
   * Transactions whose place another took; they are in no chain. Newest first, as far as any
   * version of the same send is one of {@code txids}.
   */
  List<HistoryItem> replaced(String walletId, Collection<String> txids);
}
