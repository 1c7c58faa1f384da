package org.trefoil.server.app;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Set;
import org.trefoil.core.units.Sats;
import org.trefoil.core.wire.HistoryItem;
import org.trefoil.server.account.Notice;
import org.trefoil.server.account.NoticeStore;
import org.trefoil.server.audit.AuditKind;
import org.trefoil.server.audit.AuditRow;
import org.trefoil.server.audit.Scribe;
import org.trefoil.server.chain.ChainIndex;
import org.trefoil.server.durable.Transactions;
import org.trefoil.server.spend.SendStore;
import org.trefoil.server.wallets.WalletRecord;
import org.trefoil.server.wallets.Wallets;

/**
 * Mails what went out and what came in to whoever did not turn that off, each once. Not on the way
 * of a send: what went out is read from the record a moment later, what came in is told by the
 * chain. A server that is killed in that moment tells it no more, nor does one tell of what is old.
 */
record PaymentNotices(
    NoticeStore choices,
    Notices mail,
    SendStore sends,
    Wallets wallets,
    ChainIndex chain,
    Transactions transactions,
    InstantSource clock)
    implements Scribe.Reader {
  private static final Duration NEWS = Duration.ofHours(6);

  /** Turns mail of one kind on or off; its going off is mailed, whoever did it. */
  void want(String accountId, Notice notice, boolean wanted) {
    transactions.run(
        () -> {
          boolean before = choices.wanted(accountId, notice);
          choices.want(accountId, notice, wanted);
          if (before && !wanted) {
            String when = notice == Notice.SENDS ? "when coins are sent" : "when coins come in";
            mail.turnedOff(accountId, when);
          }
        });
  }

  @Override
  public void placed(AuditRow row) {
    String sendId = row.entry().subject();
    if (sendId == null
        || !row.entry().kind().equals(AuditKind.SEND_BROADCAST.id())
        || isOld(row.entry().at())) {
      return;
    }
    sends
        .find(sendId)
        .ifPresent(
            send -> {
              WalletRecord wallet = wallets.byId(send.walletId());
              tell(
                  wallet,
                  send.txid(),
                  Notice.SENDS,
                  () -> mail.sent(wallet, new Sats(send.cost()).btc()));
            });
  }

  /** Transactions of a wallet appeared, confirmed, or vanished. */
  void walletChanged(String walletId, Set<String> txids) {
    for (String txid : txids) {
      HistoryItem item = chain.transaction(walletId, txid);
      if (item != null && item.kind().equals("in") && item.delta() > 0 && !isOld(item.time())) {
        WalletRecord wallet = wallets.byId(walletId);
        tell(
            wallet,
            txid,
            Notice.PAYMENTS,
            () -> mail.received(wallet, new Sats(item.delta()).btc()));
      }
    }
  }

  private boolean isOld(long at) {
    return Instant.ofEpochSecond(at).plus(NEWS).isBefore(clock.instant());
  }

  private void tell(WalletRecord wallet, String txid, Notice notice, Runnable letter) {
    transactions.run(
        () -> {
          boolean first = choices.tell(wallet.walletId(), txid);
          if (first && choices.wanted(wallet.accountId(), notice)) {
            letter.run();
          }
        });
  }
}
