package org.trefoil.server.wallets;

import java.util.List;
import org.trefoil.core.keys.Cosigners;
import org.trefoil.core.wire.Balance;
import org.trefoil.core.wire.MemberRole;
import org.trefoil.core.wire.WalletView;
import org.trefoil.server.chain.ChainIndex;
import org.trefoil.server.chain.Tip;

/** A wallet as its people see it, each as far as the role goes. */
final class Showing {
  private Showing() {}

  static WalletView of(WalletRecord wallet, MemberRole role, ChainIndex chain) {
    boolean active = wallet.state().live();
    Tip tip = chain.tip();
    String id = wallet.walletId();
    return new WalletView(
        id,
        wallet.name(),
        wallet.network().id(),
        wallet.state(),
        wallet.descriptor(),
        wallet.endorsement(),
        role.may(MemberRole.SPENDER) ? wallet.sealed() : null,
        wallet.backupIsCold(),
        wallet.birthHeight(),
        wallet.createdAt().getEpochSecond(),
        active ? chain.balance(id) : new Balance(0, 0, 0),
        Math.max(0, wallet.handedOut() - 1),
        active ? chain.nextUnused(id, Cosigners.CHANGE) : 0,
        tip.height(),
        wallet.owners(),
        wallet.split(),
        role,
        role.may(MemberRole.SPENDER) ? wallet.slot() : null,
        List.of());
  }
}
