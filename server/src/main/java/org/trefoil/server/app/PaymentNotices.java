package org.trefoil.server.app;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.trefoil.core.units.Sats;
import org.trefoil.core.wire.HistoryItem;
import org.trefoil.server.account.MailWish;
import org.trefoil.server.account.Notice;
import org.trefoil.server.account.NoticeStore;
import org.trefoil.server.account.NoticeStore.Payment;
import org.trefoil.server.audit.AuditEntry;
import org.trefoil.server.audit.AuditKind;
import org.trefoil.server.audit.AuditRow;
import org.trefoil.server.audit.Scribe;
import org.trefoil.server.chain.ChainIndex;
import org.trefoil.server.durable.Ids;
import org.trefoil.server.durable.Transactions;
import org.trefoil.server.wallets.WalletRecord;
import org.trefoil.server.wallets.Wallets;

/**
 * Mails what went out and what came in to whoever did not turn that off, each once. Not on the way
 * of a send: what went out is read from the record a moment later, what came in is told by the
 * chain. A server that is killed, or has no database, in that moment tells it no more, nor does one
 * tell of what is old.
 */
record PaymentNotices(
    NoticeStore choices,
    Notices mail,
    Wallets wallets,
    ChainIndex chain,
    Transactions transactions,
    InstantSource clock,
    SecureRandom random)
    implements Scribe.Reader {
  /** So many, for each of their wallets' rows is held until they are on disk. */
  private static final int AT_ONCE = 64;

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
      transactions.run(() -> tell(Notice.SENDS, choices.out(sent))); // one commit for all
    }
  }

  /**
   * Transactions that touch wallets, and are none of their sends, appeared, confirmed, or vanished.
   *
   * @param changed their ids, by the wallet's
   */
  void walletsChanged(Map<String, Set<String>> changed) {
    List<Payment> payments = new ArrayList<>();
    changed.forEach(
        (walletId, txids) -> txids.forEach(txid -> addPayment(payments, walletId, txid)));
    for (int from = 0; from < payments.size(); from += AT_ONCE) {
      List<Payment> some = payments.subList(from, Math.min(payments.size(), from + AT_ONCE));
      transactions.run(() -> tell(Notice.PAYMENTS, some));
    }
  }

  private void addPayment(List<Payment> payments, String walletId, String txid) {
    HistoryItem item = chain.transaction(walletId, txid);
    if (item != null && item.kind().equals("in") && item.delta() > 0 && !isOld(item.time())) {
      WalletRecord wallet = wallets.byId(walletId);
      payments.add(new Payment(walletId, wallet.accountId(), wallet.name(), txid, item.delta()));
    }
  }

  private boolean isOld(long at) {
    return Instant.ofEpochSecond(at).plus(NEWS).isBefore(clock.instant());
  }

  private void tell(Notice notice, List<Payment> payments) {
    List<Payment> fresh = choices.tell(payments);
    Map<String, MailWish> wishes =
        choices.wishes(fresh.stream().map(Payment::accountId).distinct().toList(), notice);
    Map<String, List<String>> each = new LinkedHashMap<>();
    for (Payment payment : fresh) {
      String account = payment.accountId();
      switch (wishes.getOrDefault(account, MailWish.EACH)) {
        case EACH ->
            each.computeIfAbsent(account, id -> new ArrayList<>()).add(line(notice, payment));
        case DAILY ->
            choices.gather(
                new NoticeStore.Line(
                    Ids.random(random), account, clock.instant(), line(notice, payment)));
        case NEVER -> {}
      }
    }
    if (notice == Notice.SENDS) {
      mail.sent(each);
    } else {
      mail.received(each);
    }
  }

  private static String line(Notice notice, Payment payment) {
    boolean out = notice == Notice.SENDS;
    return new Sats(payment.amount()).btc()
        + (out ? " BTC of the wallet \u201C" : " BTC for the wallet \u201C")
        + payment.walletName()
        + (out ? "\u201D are on their way to the network, the fee included." : "\u201D came in.");
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
