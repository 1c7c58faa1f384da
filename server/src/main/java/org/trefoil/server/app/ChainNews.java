package org.trefoil.server.app;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.trefoil.server.chain.ChainListener;
import org.trefoil.server.chain.Tip;
import org.trefoil.server.jobs.Clockwork;
import org.trefoil.server.notify.LiveUpdates;
import org.trefoil.server.notify.WalletChange;
import org.trefoil.server.spend.SendFollower;

/** Carries what the chain learned to the sends, and then to whoever listens. */
record ChainNews(Clockwork clockwork, SendFollower sends, LiveUpdates live, PaymentNotices payments)
    implements ChainListener {
  private static final int PORTION = 64;

  /** A portion at a time: what goes wrong with one keeps nobody else from the news. */
  @Override
  public void walletsChanged(Map<String, Set<String>> changed) {
    List<String> walletIds = List.copyOf(changed.keySet());
    for (int from = 0; from < walletIds.size(); from += PORTION) {
      List<String> some = walletIds.subList(from, Math.min(walletIds.size(), from + PORTION));
      clockwork.soon("follow sends of wallets", () -> tell(some, changed));
    }
  }

  private void tell(List<String> walletIds, Map<String, Set<String>> changed) {
    Map<String, Set<String>> sent;
    try {
      sent = sends.walletsChanged(walletIds);
    } finally {
      walletIds.forEach(id -> live.publish(new WalletChange(id, List.copyOf(changed.get(id)))));
    }
    Map<String, Set<String>> others = new TreeMap<>();
    for (String id : walletIds) {
      Set<String> txids = new TreeSet<>(changed.get(id));
      txids.removeAll(sent.getOrDefault(id, Set.of()));
      others.put(id, txids);
    }
    payments.walletsChanged(others);
  }

  @Override
  public void tipChanged(Tip tip) {
    lookAtAll();
  }

  /** After another process led: what it was about to tell when it ended is told now. */
  void tookOver() {
    lookAtAll();
  }

  private void lookAtAll() {
    clockwork.soon(
        "follow all sends",
        () -> {
          sends.tipChanged();
          live.publishTip();
        });
  }
}
