package org.trefoil.server.spend;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.trefoil.core.wire.HistoryItem;
import org.trefoil.core.wire.HistoryOutput;
import org.trefoil.core.wire.RecipientLine;
import org.trefoil.server.wallets.SendNotes;

/** What the sends add to a wallet's history. */
public record SendTraces(SendStore store) implements SendNotes {
  /** More sends than one wallet gives up in a block. */
  private static final int LATEST = 100;

  @Override
  public Map<String, String> notes(String walletId, Collection<String> txids) {
    return store.notes(walletId, txids);
  }

  @Override
  public int lockTime(String walletId, int tip) {
    Set<Integer> taken = store.lockTimesOfEnded(walletId, LATEST);
    int height = tip;
    while (height > 0 && taken.contains(height)) {
      height--;
    }
    return height;
  }

  @Override
  public List<HistoryItem> replaced(String walletId, Collection<String> txids) {
    List<HistoryItem> items = new ArrayList<>();
    for (SendRecord send : store.replaced(walletId, txids)) {
      Version current = Versions.of(send, store).current();
      if (current != null) {
        items.add(item(send, current.txid()));
      }
    }
    return items;
  }

  private static HistoryItem item(SendRecord send, String replacedBy) {
    boolean self = send.cost() == send.fee();
    List<HistoryOutput> outputs = new ArrayList<>();
    for (RecipientLine line : send.recipients()) {
      outputs.add(new HistoryOutput(line.address(), line.amount(), self));
    }
    return new HistoryItem(
        send.txid(),
        send.createdAt().getEpochSecond(),
        null,
        0,
        -send.cost(),
        send.fee(),
        send.note(),
        self ? "self" : "out",
        outputs,
        replacedBy);
  }
}
