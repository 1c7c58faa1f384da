package org.trefoil.core.envelope;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import org.trefoil.core.Refusal;
import org.trefoil.core.Token;
import org.trefoil.core.keys.EcdsaCheck;
import org.trefoil.core.keys.TaggedHash;
import org.trefoil.core.wire.SecondSlot;

/**
 * Tells by which of a wallet's two passcodes something was signed. What each passcode stretches to
 * also makes a key, and that key signs what was done; the wallet knows both public halves, of which
 * the second is a random one's while no second passcode is set.
 *
 * <p>Guarantee: whoever has the user key alone makes no mark. Limit: whoever has the public halves
 * can try passcodes on them, at one Argon2id run each, as on the envelope.
 */
public final class Marks {
  /** Bytes of a second slot: nonce (12), ciphertext and tag (80). */
  public static final int SLOT_LENGTH = 92;

  private static final int KEY_LENGTH = 33;
  private static final int SIGNATURE_LENGTH = 64;
  private static final String TAG = "trefoil/mark/1";
  private static final String CHECK_TAG = "trefoil/passcode-check/1";

  /** Which passcode it was. */
  public enum By {
    FIRST,
    SECOND,
    NEITHER
  }

  private final byte[] first;
  private final byte[] second;

  private Marks(byte[] first, byte[] second) {
    this.first = first;
    this.second = second;
  }

  /** Reads both public halves. Refuses {@code wrong-value} for what cannot be a slot and keys. */
  public static Marks of(SecondSlot beside) {
    if (bytes(beside.slot(), "slot").length != SLOT_LENGTH) {
      throw wrong("slot");
    }
    return new Marks(key(beside.first(), "first"), key(beside.second(), "second"));
  }

  /** The 32 bytes that a mark signs, of the 32 bytes of what was done. */
  public static byte[] digest(byte[] done) {
    return TaggedHash.of(TAG, done);
  }

  /** What is marked when a passcode is only checked: the wallet and the server's word for now. */
  public static byte[] checked(String walletId, String now) {
    return TaggedHash.of(
        CHECK_TAG,
        walletId.getBytes(StandardCharsets.UTF_8),
        new byte[1],
        now.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Whose mark it is; both keys are tried, always.
   *
   * @param done the 32 bytes of what was done
   * @param mark {@code r ‖ s}, 64 bytes in base64
   */
  public By by(byte[] done, String mark) {
    byte[] signature = bytes(mark, "mark");
    if (signature.length != SIGNATURE_LENGTH) {
      return By.NEITHER;
    }
    BigInteger r = new BigInteger(1, Arrays.copyOf(signature, 32));
    BigInteger s = new BigInteger(1, Arrays.copyOfRange(signature, 32, 64));
    byte[] digest = digest(done);
    boolean isFirst = EcdsaCheck.verify(digest, r, s, first);
    boolean isSecond = EcdsaCheck.verify(digest, r, s, second);
    return isFirst ? By.FIRST : isSecond ? By.SECOND : By.NEITHER;
  }

  private static byte[] key(String text, String field) {
    byte[] key = bytes(text, field);
    if (key.length != KEY_LENGTH || (key[0] != 2 && key[0] != 3)) {
      throw wrong(field);
    }
    return key;
  }

  private static byte[] bytes(String base64, String field) {
    try {
      return Base64.getDecoder().decode(base64);
    } catch (IllegalArgumentException e) {
      throw wrong(field);
    }
  }

  private static RuntimeException wrong(String field) {
    return Refusal.of(Token.WRONG_VALUE, "field", field).exception();
  }
}
