package org.trefoil.core.keys;

import java.util.Arrays;
import java.util.Base64;
import org.jspecify.annotations.Nullable;
import org.trefoil.core.Refusal;
import org.trefoil.core.Token;
import org.trefoil.core.units.Hex;
import org.trefoil.core.units.Splitter;

/**
 * The proof that somebody holds a key that was brought, cold backup or owner's: a text signed as
 * wallets and signing devices sign messages ({@link SignedMessage}; the key at {@code 0/0} below
 * the account, for devices offer addresses to sign with, and the account itself has none).
 *
 * <p>The text names the key set's four words and a challenge, which is a hash of the whole key set
 * and the wallet's id. User key and server key were made minutes before, so nobody can have signed
 * it earlier or for another wallet; it stays the same for as long as the wallet waits.
 */
public final class ColdProof {
  private static final String STATEMENT = "backup-key-held";
  private static final int CHALLENGE = 16;
  private static final int TEXT_LENGTH = 88;

  private ColdProof() {}

  /** The text to sign: one line of ASCII, below 200 characters, as every device takes it. */
  public static String message(Cosigners cosigners, String walletId) {
    byte[] challenge = Arrays.copyOf(Statement.digest(STATEMENT, cosigners, walletId), CHALLENGE);
    return "I hold "
        + (cosigners.has(KeyRole.BACKUP) ? "the backup key" : "a key")
        + " of the Trefoil wallet "
        + String.join(" ", cosigners.words())
        + ", challenge "
        + Hex.of(challenge);
  }

  /** Where the key that signs it sits, {@code m/48'/1'/0'/2'/0/0}. */
  public static String path(Cosigners cosigners, KeyRole role) {
    return cosigners.key(role).origin().path() + "/0/0";
  }

  /**
   * Checks what a device or wallet gave: base64 of header, r and s, alone or inside the armour that
   * some of them write around it. Returns the base64 alone.
   *
   * <p>Refuses {@code cold-proof-malformed} where there is no signature and {@code
   * cold-proof-wrong} where it is of another key or text.
   */
  public static String check(Cosigners cosigners, String walletId, KeyRole role, String given) {
    for (String part : Splitter.split(given, " \t\r\n")) {
      byte[] signature = signature(part);
      if (signature != null) {
        verify(cosigners, walletId, role, signature);
        return part;
      }
    }
    throw Refusal.of(Token.COLD_PROOF_MALFORMED).exception();
  }

  private static byte @Nullable [] signature(String part) {
    if (part.length() != TEXT_LENGTH) {
      return null;
    }
    try {
      byte[] bytes = Base64.getDecoder().decode(part);
      return SignedMessage.isSignature(bytes) ? bytes : null;
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  private static void verify(Cosigners cosigners, String walletId, KeyRole role, byte[] signature) {
    byte[] key = cosigners.key(role).xpub().childPublicKey(Cosigners.RECEIVE, 0);
    if (!SignedMessage.verify(message(cosigners, walletId), signature, key)) {
      throw Refusal.of(Token.COLD_PROOF_WRONG, "path", path(cosigners, role)).exception();
    }
  }
}
