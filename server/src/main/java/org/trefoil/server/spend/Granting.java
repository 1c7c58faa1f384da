package org.trefoil.server.spend;

import java.time.InstantSource;
import org.trefoil.core.Refusal;
import org.trefoil.core.Token;
import org.trefoil.core.proposal.HalfSigned;
import org.trefoil.server.audit.AuditKind;
import org.trefoil.server.audit.AuditLog;
import org.trefoil.server.duress.Duress;
import org.trefoil.server.policy.Approver;
import org.trefoil.server.policy.Confirmation;
import org.trefoil.server.wallets.WalletRecord;
import org.trefoil.server.wallets.Wallets;

/**
 * The end of every decision to sign: sealed, in the record, and approved; or kept, where the second
 * passcode signed it. Under the wallet's lock, in the caller's transaction.
 */
final class Granting {
  private final SendStore store;
  private final Wallets wallets;
  private final Approver approver;
  private final Duress duress;
  private final AuditLog audit;
  private final InstantSource clock;

  Granting(
      SendStore store,
      Wallets wallets,
      Approver approver,
      Duress duress,
      AuditLog audit,
      InstantSource clock) {
    this.store = store;
    this.wallets = wallets;
    this.approver = approver;
    this.duress = duress;
    this.audit = audit;
    this.clock = clock;
  }

  /**
   * Approves what nothing speaks against.
   *
   * @param half as it was checked just now
   * @param factor see {@link Evidence}
   */
  Decision grant(
      WalletRecord wallet,
      SendRecord send,
      Purpose purpose,
      HalfSigned half,
      Judging.Judged judged,
      String factor) {
    String sendId = send.sendId();
    byte[] digest = half.spend().digest();
    String evidence = Evidence.of(digest, judged.rules(), factor);
    if (duress.keeps(sendId)) {
      wallets.note(AuditKind.SEND_APPROVED, wallet, send.begunBy(), sendId, evidence);
      audit.note(AuditKind.SEND_SIGNED, null, sendId, send.txid());
      return new Decision.Waits();
    }
    Replacing.refuseInsteadOfKept(purpose);
    byte[] seal = approver.seals().approved(wallet.walletId(), sendId, digest, judged.rules());
    if (!store.approve(
        sendId,
        judged.pace().now(),
        clock.instant().plus(Confirming.INTERRUPTED),
        judged.rules(),
        seal)) {
      throw Refusal.of(Token.SEND_NOT_PENDING).exception();
    }
    if (purpose instanceof Purpose.Instead instead) {
      String family = instead.original().family();
      String first = instead.original().sendId();
      store.join(first, sendId, family == null ? first : family);
    }
    wallets.note(AuditKind.SEND_APPROVED, wallet, send.begunBy(), sendId, evidence);
    Confirmation confirmation = new Confirmation(send.digest());
    SendRecord now = purpose instanceof Purpose.Instead ? store.find(sendId).orElseThrow() : send;
    return new Decision.Approved(now, approver.approve(wallet.walletId(), half, confirmation));
  }
}
