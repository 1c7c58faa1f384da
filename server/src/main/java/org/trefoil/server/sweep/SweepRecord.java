package org.trefoil.server.sweep;

import java.time.Instant;

/**
 * A transaction that brings coins into a wallet.
 *
 * @param delivered whether the network had it once
 * @param tries how often it was handed over in vain since
 */
public record SweepRecord(
    String sweepId,
    String walletId,
    String txid,
    byte[] rawTx,
    Instant createdAt,
    boolean delivered,
    int tries) {}
