package org.trefoil.core.keys;

import org.trefoil.core.units.Utf8;

/**
 * What a wallet's key states about the account that the wallet belongs to, for one question of the
 * server. It moves no coins: its tag is no other statement's, and it is no transaction.
 *
 * @param purpose one of the constants
 * @param subject what the purpose is about: the new e-mail address; empty otherwise
 * @param challenge what the server made up for this question, hexadecimal
 * @param expiresAt epoch seconds
 */
public record AccountStatement(
    String purpose, String accountId, String subject, String challenge, long expiresAt) {
  /** The second factor is lost, and another one is to take its place. */
  public static final String FACTOR_LOST = "factor-lost";

  /** The account gets another e-mail address. */
  public static final String CHANGE_EMAIL = "change-email";

  private static final String TAG = "trefoil/account-statement/1/";

  /**
   * The 32 bytes to sign: tagged hash of network id, 0, wallet id, 0, descriptor with checksum, 0,
   * account id, 0, challenge, 0, expiry in decimal, 0, subject, all UTF-8.
   */
  public byte[] digest(Cosigners cosigners, String walletId) {
    byte[] zero = {0};
    return TaggedHash.of(
        TAG + purpose,
        Utf8.of(cosigners.network().id()),
        zero,
        Utf8.of(walletId),
        zero,
        Utf8.of(cosigners.descriptor()),
        zero,
        Utf8.of(accountId),
        zero,
        Utf8.of(challenge),
        zero,
        Utf8.of(Long.toString(expiresAt)),
        zero,
        Utf8.of(subject));
  }

  /** Whether {@code sig64} (r ‖ s, low s) is the signature of {@code by}'s account key. */
  public boolean verify(Cosigners cosigners, String walletId, KeyRole by, byte[] sig64) {
    return cosigners.has(by)
        && StatedSignature.verify(digest(cosigners, walletId), cosigners.key(by), sig64);
  }
}
