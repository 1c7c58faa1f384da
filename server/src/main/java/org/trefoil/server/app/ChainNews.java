package org.trefoil.server.app;

import java.util.List;
import java.util.Set;
import org.trefoil.server.chain.ChainListener;
import org.trefoil.server.chain.Tip;
import org.trefoil.server.jobs.Clockwork;
import org.trefoil.server.notify.LiveUpdates;
import org.trefoil.server.notify.WalletChange;
import org.trefoil.server.spend.SendFollower;

/** Carries what the chain learned to the sends, and then to whoever listens. */
record ChainNews(Clockwork clockwork, SendFollower sends, LiveUpdates live, PaymentNotices payments)
    implements ChainListener {

  @Override
  public void walletChanged(String walletId, Set<String> txids) {
    clockwork.soon(
        "follow a wallet's sends",
        () -> {
          Set<String> sent = sends.walletChanged(walletId);
          live.publish(new WalletChange(walletId, List.copyOf(txids)));
          payments.walletChanged(
              walletId, txids.stream().filter(txid -> !sent.contains(txid)).toList());
        });
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
