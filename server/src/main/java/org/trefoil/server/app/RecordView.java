package org.trefoil.server.app;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.trefoil.core.Refusal;
import org.trefoil.core.Token;
import org.trefoil.core.wire.WalletView;
import org.trefoil.server.account.MailWish;
import org.trefoil.server.account.Notice;
import org.trefoil.server.account.NoticeStore;
import org.trefoil.server.audit.AuditRow;
import org.trefoil.server.audit.Chronicle;
import org.trefoil.server.http.Services;
import org.trefoil.server.wallets.Wallets;

/** The record of an account as the door sees it: only translation happens here. */
record RecordView(
    Chronicle chronicle, Wallets wallets, NoticeStore notices, PaymentNotices payments)
    implements Services.Record {
  private static final int PAGE = 50;

  @Override
  public Services.Happenings happenings(String accountId, @Nullable String before) {
    List<AuditRow> rows = chronicle.page(accountId, number(before), PAGE + 1);
    Map<String, String> names = new HashMap<>();
    for (WalletView wallet : wallets.list(accountId)) {
      names.put(wallet.walletId(), wallet.name());
    }
    for (WalletView wallet : wallets.shared(accountId)) {
      names.put(wallet.walletId(), wallet.name());
    }
    List<AuditRow> shown = rows.subList(0, Math.min(PAGE, rows.size()));
    return new Services.Happenings(
        shown.stream()
            .map(AuditRow::entry)
            .map(
                entry ->
                    new Services.Happening(
                        entry.at(),
                        entry.kind(),
                        entry.subject() == null ? null : names.get(entry.subject()),
                        entry.detail()))
            .toList(),
        rows.size() > PAGE ? Long.toString(shown.get(PAGE - 1).entry().seq()) : null);
  }

  private static long number(@Nullable String before) {
    if (before == null) {
      return Long.MAX_VALUE;
    }
    try {
      return Long.parseLong(before);
    } catch (NumberFormatException e) {
      throw Refusal.of(Token.NOT_FOUND).exception();
    }
  }

  @Override
  public String wish(String accountId, String notice) {
    return notices.wish(accountId, named(notice)).id();
  }

  @Override
  public void wish(String accountId, String notice, String wish) {
    MailWish named =
        MailWish.named(wish).orElseThrow(() -> Refusal.of(Token.NOT_FOUND).exception());
    payments.wish(accountId, named(notice), named);
  }

  private static Notice named(String id) {
    for (Notice notice : Notice.values()) {
      if (notice.id().equals(id)) {
        return notice;
      }
    }
    throw Refusal.of(Token.NOT_FOUND).exception();
  }

  @Override
  public String file(String accountId) {
    StringWriter file = new StringWriter();
    try {
      chronicle.export(accountId, file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return file.toString();
  }
}
