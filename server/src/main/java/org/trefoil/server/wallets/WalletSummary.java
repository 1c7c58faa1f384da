package org.trefoil.server.wallets;

import org.trefoil.core.wire.Balance;
import org.trefoil.core.wire.WalletState;

/** A wallet in the list of an account's wallets. */
public record WalletSummary(
    String walletId, String name, WalletState state, Balance balance, long createdAt) {}
