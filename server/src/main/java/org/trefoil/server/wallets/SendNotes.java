package org.trefoil.server.wallets;

import java.util.List;
import java.util.Map;
import org.trefoil.core.wire.HistoryItem;

/** What the sends add to a wallet's history: notes, and versions that others replaced. */
public interface SendNotes {
  /** By transaction id; sends without a note are missing. */
  Map<String, String> notes(String walletId);

  /** Transactions whose place another took; they are in no chain. Newest first. */
  List<HistoryItem> replaced(String walletId);
}
