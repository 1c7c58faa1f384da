package org.trefoil.server.app;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import org.trefoil.core.units.Sats;
import org.trefoil.core.wire.HistoryItem;
import org.trefoil.server.account.MailWish;
import org.trefoil.server.account.Notice;
import org.trefoil.server.account.NoticeStore;
import org.trefoil.server.audit.AuditEntry;
import org.trefoil.server.audit.AuditKind;
import org.trefoil.server.audit.AuditRow;
import org.trefoil.server.audit.Scribe;
import org.trefoil.server.chain.ChainIndex;
import org.trefoil.server.durable.Ids;
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
    InstantSource clock,
    SecureRandom random)
    implements Scribe.Reader {
  private static final Duration NEWS = Duration.ofHours(6);
  private static final Duration DAY = Duration.ofDays(1);
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT).withZone(ZoneOffset.UTC);

  /** Says when mail of one kind is sent; that there is to be less is mailed, whoever said it. */
  void wish(String accountId, Notice notice, MailWish wish) {
    transactions.run(
        () -> {
          MailWish before = choices.wish(accountId, notice);
          choices.wish(accountId, notice, wish);
          if (wish.compareTo(before) > 0) {
            String what = notice == Notice.SENDS ? "are sent " : "come in ";
            mail.lessMail(
                accountId,
                what
                    + (wish == MailWish.DAILY
                        ? "is gathered and sent once a day"
                        : "is no longer sent"));
          }
        });
  }

  @Override
  public void placed(List<AuditRow> rows) {
    List<String> sent =
        rows.stream()
            .map(AuditRow::entry)
            .filter(entry -> entry.kind().equals(AuditKind.SEND_BROADCAST.id()))
            .filter(entry -> entry.subject() != null && !isOld(entry.at()))
            .map(AuditEntry::subject)
            .toList();
    if (!sent.isEmpty()) {
      transactions.run(() -> sent.forEach(this::sent)); // one commit for all of them
    }
  }

  private void sent(String sendId) {
    sends
        .find(sendId)
        .ifPresent(
            send -> {
              WalletRecord wallet = wallets.byId(send.walletId());
              tell(
                  wallet,
                  send.txid(),
                  Notice.SENDS,
                  new Sats(send.cost()).btc()
                      + " BTC of the wallet \u201C"
                      + wallet.name()
                      + "\u201D are on their way to the network, the fee included.");
            });
  }

  /**
   * Transactions that touch a wallet, and are none of its sends, appeared, confirmed, or vanished.
   */
  void walletChanged(String walletId, Collection<String> txids) {
    for (String txid : txids) {
      HistoryItem item = chain.transaction(walletId, txid);
      if (item != null && item.kind().equals("in") && item.delta() > 0 && !isOld(item.time())) {
        WalletRecord wallet = wallets.byId(walletId);
        tell(
            wallet,
            txid,
            Notice.PAYMENTS,
            new Sats(item.delta()).btc()
                + " BTC for the wallet \u201C"
                + wallet.name()
                + "\u201D came in.");
      }
    }
  }

  private boolean isOld(long at) {
    return Instant.ofEpochSecond(at).plus(NEWS).isBefore(clock.instant());
  }

  private void tell(WalletRecord wallet, String txid, Notice notice, String line) {
    transactions.run(
        () -> {
          String account = wallet.accountId();
          if (!choices.tell(wallet.walletId(), txid)) {
            return;
          }
          switch (choices.wish(account, notice)) {
            case EACH -> {
              if (notice == Notice.SENDS) {
                mail.sent(account, line);
              } else {
                mail.received(account, line);
              }
            }
            case DAILY ->
                choices.gather(
                    new NoticeStore.Line(Ids.random(random), account, clock.instant(), line));
            case NEVER -> {}
          }
        });
  }

  /** Mails what was gathered a day ago and since, to each account in one. */
  void mailDaily() {
    for (String account : choices.due(clock.instant().minus(DAY))) {
      transactions.run(
          () -> {
            List<NoticeStore.Line> lines = choices.take(account);
            if (!lines.isEmpty()) {
              mail.daily(
                  account,
                  lines.stream().map(line -> TIME.format(line.at()) + "  " + line.text()).toList());
            }
          });
    }
  }
}
