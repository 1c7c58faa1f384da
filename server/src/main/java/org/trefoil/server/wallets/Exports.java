package org.trefoil.server.wallets;

import java.time.Duration;
import java.time.InstantSource;
import org.trefoil.server.audit.AuditKind;
import org.trefoil.server.audit.AuditLog;
import org.trefoil.server.durable.Transactions;
import org.trefoil.server.limits.RateLimitStore;

/**
 * Notes that a wallet was shown for other software: whoever has its descriptor sees all of its
 * payments for ever. Its owner is told, of each wallet once a day at most.
 */
public final class Exports {
  private static final Duration DAY = Duration.ofDays(1);

  private final Wallets wallets;
  private final RateLimitStore told;
  private final Transactions transactions;
  private final AuditLog audit;
  private final InstantSource clock;
  private final KeyNews news;

  public Exports(
      Wallets wallets,
      RateLimitStore told,
      Transactions transactions,
      AuditLog audit,
      InstantSource clock,
      KeyNews news) {
    this.wallets = wallets;
    this.told = told;
    this.transactions = transactions;
    this.audit = audit;
    this.clock = clock;
    this.news = news;
  }

  /** The account's wallet is being shown. */
  public void shown(String accountId, String walletId) {
    WalletRecord wallet = wallets.live(accountId, walletId);
    transactions.run(
        () -> {
          if (told.take("exported:" + walletId, 1, DAY, clock.instant()).isZero()) {
            audit.note(AuditKind.WALLET_EXPORTED, accountId, walletId, null);
            news.exported(wallet);
          }
        });
  }
}
