package org.trefoil.server.chain.follow;

import org.trefoil.core.coins.Outpoint;

/** An output that pays a wallet, spent or not. */
public record OwnCoin(Outpoint outpoint, String walletId, long amount) {}
