package org.trefoil.server.spend;

import java.time.Instant;
import java.time.InstantSource;
import org.trefoil.core.Refusal;
import org.trefoil.core.Token;
import org.trefoil.core.wire.MemberRole;
import org.trefoil.server.passkey.PasskeyQuestions;
import org.trefoil.server.passkey.Preimage.Deed;
import org.trefoil.server.wallets.Wallets;

/** Asks passkeys to confirm a send that waits for its second factor. */
public final class Asking {
  private final Sends sends;
  private final Wallets wallets;
  private final PasskeyQuestions passkeys;
  private final PolicyVersions policies;
  private final InstantSource clock;

  Asking(
      Sends sends,
      Wallets wallets,
      PasskeyQuestions passkeys,
      PolicyVersions policies,
      InstantSource clock) {
    this.sends = sends;
    this.wallets = wallets;
    this.passkeys = passkeys;
    this.policies = policies;
    this.clock = clock;
  }

  /**
   * What the browser of a member needs to ask, who says yes; refuses {@code already-decided} unless
   * this account is asked.
   */
  public PasskeyQuestions.Asked askVote(String accountId, String walletId, String sendId) {
    wallets.live(accountId, walletId, MemberRole.APPROVER);
    sends
        .approving()
        .poll(accountId, walletId, sendId)
        .filter(poll -> poll.asks(accountId))
        .orElseThrow(() -> Refusal.of(Token.ALREADY_DECIDED).exception());
    SendRecord send = sends.owned(walletId, sendId);
    return passkeys.askSend(
        accountId, Deed.APPROVE, walletId, send.digest(), policies.of(walletId));
  }

  /** What the browser needs to ask; refuses {@code send-not-pending} and {@code send-expired}. */
  public PasskeyQuestions.Asked ask(String accountId, String walletId, String sendId) {
    wallets.live(accountId, walletId, MemberRole.SPENDER);
    SendRecord send = sends.owned(walletId, sendId);
    Instant now = clock.instant();
    if (send.stage() != SendStage.NEEDS_FACTOR || send.missing() > 0) {
      throw Refusal.of(Token.SEND_NOT_PENDING).exception();
    }
    if (!send.expiresAt().isAfter(now)) {
      throw Refusal.of(Token.SEND_EXPIRED).exception();
    }
    return passkeys.askSend(accountId, Deed.SEND, walletId, send.digest(), policies.of(walletId));
  }
}
