package org.trefoil.server.spend;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One version of a send that has several.
 *
 * @param cost what leaves the wallet with it, the fee included
 * @param begunBy the account that began it
 */
public record Version(
    String sendId,
    String txid,
    @Nullable String replaces,
    SendStage stage,
    long cost,
    Instant approvedAt,
    String begunBy) {}
