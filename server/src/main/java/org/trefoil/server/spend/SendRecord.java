package org.trefoil.server.spend;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.trefoil.core.wire.RecipientLine;

/**
 * A send as it is stored.
 *
 * @param requestHash SHA-256 of the request as we write it
 * @param psbt half-signed; empty once the send is cancelled or expired, so that nobody completes it
 * @param digest of the checked spend, 32 bytes
 * @param txid of the transaction to come
 * @param amount what the recipients get together
 * @param rawTx co-signed, null before
 * @param tries how often it was handed to the network in vain since the last success
 * @param nextTryAt when to look after it again; null when nothing is left to do
 * @param reason why it was rejected or replaced
 */
public record SendRecord(
    String sendId,
    String walletId,
    String requestId,
    byte[] requestHash,
    SendStage stage,
    byte[] psbt,
    byte[] digest,
    List<String> digestWords,
    String txid,
    List<RecipientLine> recipients,
    boolean everything,
    long feeRate,
    long amount,
    long fee,
    @Nullable Long change,
    String note,
    Instant createdAt,
    Instant expiresAt,
    byte @Nullable [] rawTx,
    int tries,
    @Nullable Instant nextTryAt,
    @Nullable String reason) {

  @Override
  public String toString() {
    return "SendRecord[" + sendId + " " + stage + "]";
  }
}
