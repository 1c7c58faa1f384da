package org.trefoil.server.chain;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.trefoil.core.wire.HistoryItem;

/**
 * A stretch of a wallet's history, newest first.
 *
 * @param last where its last transaction stands when older ones follow, else null
 */
public record HistoryPage(List<HistoryItem> items, @Nullable HistoryPlace last) {
  public HistoryPage {
    items = List.copyOf(items);
  }
}
