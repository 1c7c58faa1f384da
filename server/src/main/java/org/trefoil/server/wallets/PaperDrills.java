package org.trefoil.server.wallets;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.trefoil.core.Refusal;
import org.trefoil.core.Token;
import org.trefoil.core.wire.ActivateRequest;
import org.trefoil.core.wire.WalletState;
import org.trefoil.server.audit.AuditKind;
import org.trefoil.server.audit.AuditLog;
import org.trefoil.server.durable.Transactions;

/** Reminds once a year that paper should be read back, and notes when it was. */
public final class PaperDrills {
  /** So long paper is trusted, and so long a reminder that was put off stays away. */
  public static final Duration YEAR = Duration.ofDays(365);

  private final Wallets wallets;
  private final WalletStore store;
  private final Transactions transactions;
  private final AuditLog audit;
  private final InstantSource clock;

  public PaperDrills(
      Wallets wallets,
      WalletStore store,
      Transactions transactions,
      AuditLog audit,
      InstantSource clock) {
    this.wallets = wallets;
    this.store = store;
    this.transactions = transactions;
    this.audit = audit;
    this.clock = clock;
  }

  /**
   * How a wallet's paper stands.
   *
   * @param checkedAt when it was read back last, epoch seconds
   * @param due whether to remind of it now
   */
  public record Paper(long checkedAt, boolean due) {}

  public Paper paper(String accountId, String walletId) {
    WalletRecord wallet = wallets.live(accountId, walletId);
    WalletStore.Drill drill = store.drill(walletId);
    Instant checked = wallet.createdAt();
    for (Instant at : new Instant[] {drill.activatedAt(), drill.drilledAt()}) {
      checked = at != null && at.isAfter(checked) ? at : checked;
    }
    Instant put = drill.remindedAt();
    Instant quiet = put != null && put.isAfter(checked) ? put : checked;
    boolean due =
        wallet.state() == WalletState.ACTIVE && !clock.instant().isBefore(quiet.plus(YEAR));
    return new Paper(checked.getEpochSecond(), due);
  }

  /**
   * Notes that the paper was read back, on the statement of a key that it holds: the same as at the
   * wallet's birth, so it proves that somebody had the paper once, and puts off a reminder.
   */
  public void drilled(String accountId, String walletId, ActivateRequest request) {
    WalletRecord wallet = wallets.paperChecked(accountId, walletId, request);
    if (!wallet.state().live()) {
      throw Refusal.of(Token.WALLET_NOT_ACTIVE).exception();
    }
    transactions.run(
        () -> {
          store.drilled(walletId, clock.instant());
          audit.note(AuditKind.PAPER_DRILLED, accountId, walletId, request.by());
        });
  }

  /** Puts the reminder off for a year. */
  public void later(String accountId, String walletId) {
    wallets.live(accountId, walletId);
    transactions.run(() -> store.reminded(walletId, clock.instant()));
  }
}
