package org.trefoil.server.spend;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.trefoil.core.wire.RecipientLine;
import org.trefoil.core.wire.SendKind;

/**
 * A send as it is stored.
 *
 * @param requestHash SHA-256 of the request as we write it
 * @param psbt half-signed; empty once the send is cancelled or expired, so that nobody completes it
 * @param digest of the checked spend, 32 bytes
 * @param txid of the transaction to come
 * @param lockTime the height that it counts from
 * @param amount what the recipients get together
 * @param rawTx co-signed, null before
 * @param tries how often it was handed to the network in vain since the last success
 * @param nextTryAt when to look after it again; null when nothing is left to do
 * @param reason why it was rejected or replaced
 * @param replaces the send whose place it takes, if any
 * @param family the first of all versions of this send; null while there is one version only
 * @param signers ids of the roles that have signed the PSBT
 * @param missing how many more must sign before the server does
 * @param begunBy the account that began it, which alone confirms it
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
    int lockTime,
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
    @Nullable String reason,
    SendKind kind,
    @Nullable String replaces,
    @Nullable String family,
    List<String> signers,
    int missing,
    String begunBy) {
  public SendRecord {
    signers = List.copyOf(signers);
  }

  /** What leaves the wallet with it: all of a payment, else the fee alone. */
  public long cost() {
    return kind == SendKind.CANCEL || kind == SendKind.CHILD ? fee : amount + fee;
  }

  /** The same, co-signed just now. */
  SendRecord signed(byte[] raw) {
    return with(SendStage.SIGNED, raw);
  }

  /** The same at another stage. */
  SendRecord at(SendStage later) {
    return with(later, rawTx);
  }

  private SendRecord with(SendStage later, byte @Nullable [] raw) {
    return new SendRecord(
        sendId,
        walletId,
        requestId,
        requestHash,
        later,
        psbt,
        digest,
        digestWords,
        txid,
        lockTime,
        recipients,
        everything,
        feeRate,
        amount,
        fee,
        change,
        note,
        createdAt,
        expiresAt,
        raw,
        tries,
        nextTryAt,
        reason,
        kind,
        replaces,
        family,
        signers,
        missing,
        begunBy);
  }

  @Override
  public String toString() {
    return "SendRecord[" + sendId + " " + stage + "]";
  }
}
