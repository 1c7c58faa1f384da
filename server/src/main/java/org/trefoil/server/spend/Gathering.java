package org.trefoil.server.spend;

import java.time.Instant;
import java.time.InstantSource;
import org.trefoil.core.Refusal;
import org.trefoil.core.Token;
import org.trefoil.core.proposal.HalfSigned;
import org.trefoil.core.proposal.Returned;
import org.trefoil.core.ur.PsbtText;
import org.trefoil.core.wire.MemberRole;
import org.trefoil.server.audit.AuditKind;
import org.trefoil.server.durable.Transactions;
import org.trefoil.server.wallets.WalletRecord;
import org.trefoil.server.wallets.Wallets;

/**
 * Gathers the signatures of other owners for sends of wallets that ask for more than two keys. The
 * server's own comes last, with the second factor, and is not made here.
 */
public final class Gathering {
  private final SendStore store;
  private final Wallets wallets;
  private final Confirming confirming;
  private final Transactions transactions;
  private final InstantSource clock;

  Gathering(
      SendStore store,
      Wallets wallets,
      Confirming confirming,
      Transactions transactions,
      InstantSource clock) {
    this.store = store;
    this.wallets = wallets;
    this.confirming = confirming;
    this.transactions = transactions;
    this.clock = clock;
  }

  /** Refuses {@code send-not-pending} or {@code send-expired} unless it waits for signatures. */
  static void refuseUnlessWaiting(SendRecord send, Instant now) {
    if (send.stage() != SendStage.NEEDS_FACTOR || send.missing() == 0) {
      throw Refusal.of(Token.SEND_NOT_PENDING).exception();
    }
    if (!send.expiresAt().isAfter(now)) {
      throw Refusal.of(Token.SEND_EXPIRED).exception();
    }
  }

  /**
   * Adds what a PSBT that was signed elsewhere brings. Of it, only signatures are taken; the whole
   * spend is checked again with them. Refuses what {@link Returned#onto} refuses.
   */
  SendRecord add(String accountId, String walletId, String sendId, String text) {
    Returned returned = Returned.of(PsbtText.read(text));
    return transactions.run(
        () -> {
          WalletRecord wallet = wallets.lockLive(accountId, walletId, MemberRole.SPENDER);
          SendRecord send = store.find(sendId).orElseThrow();
          refuseUnlessWaiting(send, clock.instant());
          HalfSigned more = returned.onto(confirming.verified(wallet, send).half());
          store.addSignatures(
              sendId, more.psbt().serialize(), SendCheck.signers(more), more.missing());
          Nonces.refuseRepeated(more, store);
          wallets.note(
              AuditKind.SEND_COUNTERSIGNED,
              wallet,
              accountId,
              sendId,
              String.join(" ", SendCheck.signers(more)));
          return store.find(sendId).orElseThrow();
        });
  }
}
