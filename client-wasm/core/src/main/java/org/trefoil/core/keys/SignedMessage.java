package org.trefoil.core.keys;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.bouncycastle.asn1.x9.X9ECParameters;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.math.ec.ECAlgorithms;
import org.bouncycastle.math.ec.ECPoint;
import org.bouncycastle.util.BigIntegers;

/**
 * Messages as wallets and signing devices sign them (BIP-0137): a header byte, r and s, 65 bytes,
 * over the double SHA-256 of a prefix and the text.
 */
public final class SignedMessage {
  /** Bytes of a signature. */
  public static final int LENGTH = 65;

  /** Four recovery numbers for each of four kinds of address. */
  private static final int FIRST_HEADER = 27;

  private static final int LAST_HEADER = 42;

  /** Says: the key of a P2PKH address, compressed. */
  private static final int COMPRESSED = 31;

  /** Longer texts would take another form of their length; nobody asks for such. */
  private static final int MOST = 252;

  private SignedMessage() {}

  /** What is signed for a text of at most 252 ASCII characters, 32 bytes. */
  public static byte[] digest(String message) {
    byte[] prefix = "\u0018Bitcoin Signed Message:\n".getBytes(StandardCharsets.US_ASCII);
    byte[] text = message.getBytes(StandardCharsets.US_ASCII);
    if (text.length > MOST) {
      throw new IllegalArgumentException("too long a message");
    }
    return Hashes.sha256(Hashes.sha256(prefix, new byte[] {(byte) text.length}, text));
  }

  /** Whether every program signs this text alike: one line of 1 to 252 printable ASCII. */
  public static boolean isPlain(String message) {
    for (int i = 0; i < message.length(); i++) {
      if (message.charAt(i) < ' ' || message.charAt(i) > '~') {
        return false;
      }
    }
    return !message.isEmpty() && message.length() <= MOST;
  }

  static boolean isSignature(byte[] bytes) {
    return bytes.length == LENGTH && bytes[0] >= FIRST_HEADER && bytes[0] <= LAST_HEADER;
  }

  /**
   * Whether {@code signature} is by the key, 33 bytes. The key is not recovered from the signature
   * but known beforehand, so that the header's claims about it and its address decide nothing.
   */
  static boolean verify(String message, byte[] signature, byte[] publicKey) {
    BigInteger r = new BigInteger(1, Arrays.copyOfRange(signature, 1, 33));
    BigInteger s = new BigInteger(1, Arrays.copyOfRange(signature, 33, LENGTH));
    return EcdsaCheck.verify(digest(message), r, s, publicKey);
  }

  /**
   * The header that lets others recover {@code publicKey} (33 bytes) from {@code compact}, its
   * signature r ‖ s over the message.
   */
  public static int header(String message, byte[] compact, byte[] publicKey) {
    X9ECParameters curve = CustomNamedCurves.getByName("secp256k1");
    BigInteger n = curve.getN();
    BigInteger r = new BigInteger(1, Arrays.copyOf(compact, 32));
    BigInteger s = new BigInteger(1, Arrays.copyOfRange(compact, 32, 64));
    BigInteger inverse = BigIntegers.modOddInverseVar(n, r);
    BigInteger u1 = new BigInteger(1, digest(message)).negate().multiply(inverse).mod(n);
    BigInteger u2 = s.multiply(inverse).mod(n);
    for (int odd = 0; odd < 2; odd++) {
      byte[] encoded = new byte[33];
      encoded[0] = (byte) (2 + odd);
      System.arraycopy(compact, 0, encoded, 1, 32);
      ECPoint point = curve.getCurve().decodePoint(encoded);
      ECPoint[] key = {ECAlgorithms.sumOfTwoMultiplies(curve.getG(), u1, point, u2)};
      curve.getCurve().normalizeAll(key);
      if (Arrays.equals(key[0].getEncoded(true), publicKey)) {
        return COMPRESSED + odd;
      }
    }
    throw new IllegalArgumentException("not a signature of that key");
  }
}
