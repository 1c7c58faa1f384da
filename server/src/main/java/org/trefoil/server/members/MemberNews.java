package org.trefoil.server.members;

import org.trefoil.core.wire.MemberRole;
import org.trefoil.server.wallets.WalletRecord;

/** Who tells people of invitations and roles; inside the transaction that made them. */
public interface MemberNews {
  /**
   * Somebody was asked.
   *
   * @param by the e-mail address of who asks
   * @param token what stands in the link
   */
  void invited(WalletRecord wallet, String email, MemberRole role, String by, String token);

  void joined(WalletRecord wallet, String accountId, MemberRole role);

  void changed(WalletRecord wallet, String accountId, MemberRole role);

  void removed(WalletRecord wallet, String accountId);
}
