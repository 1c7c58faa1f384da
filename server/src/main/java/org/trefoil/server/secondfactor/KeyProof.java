package org.trefoil.server.secondfactor;

/**
 * That the user key and the backup key of a wallet stated that its owner's second factor is lost.
 *
 * @param challenge that they were asked with
 * @param expires until when, epoch seconds
 * @param user signature of 64 bytes, base64
 * @param backup the same of the other
 */
public record KeyProof(
    String walletId, String challenge, long expires, String user, String backup) {}
