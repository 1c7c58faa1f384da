package org.trefoil.core.envelope;

import java.util.Arrays;
import java.util.Base64;
import org.trefoil.core.Refusal;
import org.trefoil.core.Token;

/**
 * What a passcode stretched to, wrapped under a passkey and a PIN together, version 1: another way
 * into the envelope that it belongs to ({@link WrapContext}). Safe to store. Whoever has it and the
 * passkey's answer pays one Argon2id run for each guess at the PIN; without that answer no guess
 * helps.
 *
 * <pre>
 * at  bytes
 *  0    4   magic "TFWK"
 *  4    1   version, 1
 *  5    1   key derivation, 1 = Argon2id version 1.3 of the PIN, then HKDF-SHA256 of it and the
 *           passkey's PRF output
 *  6    7   costs of Argon2id, as in SealedUserKey
 * 13   16   salt
 * 29   12   nonce of AES-256-GCM
 * 41   32   ciphertext of the stretched passcode
 * 73   16   tag; bytes 0 to 40 and the context are the associated data
 * </pre>
 *
 * <p>Text form: the 89 bytes in base64.
 */
public final class WrappedKey {
  public static final int VERSION = 1;
  public static final int LENGTH = 89;

  private static final byte[] MAGIC = {'T', 'F', 'W', 'K'};

  private final byte[] bytes;

  private WrappedKey(byte[] bytes) {
    this.bytes = bytes;
  }

  /** The first 41 bytes; parameters as for {@link SealedUserKey#header}. */
  public static byte[] header(
      int memoryKiB, int iterations, int parallelism, byte[] salt, byte[] nonce) {
    return StretchHeader.of(MAGIC, VERSION, memoryKiB, iterations, parallelism, salt, nonce);
  }

  /** Puts header and ciphertext with tag (48 bytes) together. */
  public static WrappedKey of(byte[] header, byte[] ciphertext) {
    if (header.length + ciphertext.length != LENGTH) {
      throw new IllegalArgumentException("wrapped key parts");
    }
    byte[] bytes = Arrays.copyOf(header, LENGTH);
    System.arraycopy(ciphertext, 0, bytes, header.length, ciphertext.length);
    return new WrappedKey(bytes);
  }

  /** Reads the text form. Refuses {@code envelope-version} and {@code envelope-damaged}. */
  public static WrappedKey parse(String base64) {
    byte[] bytes;
    try {
      bytes = Base64.getDecoder().decode(base64);
    } catch (IllegalArgumentException e) {
      throw Refusal.of(Token.ENVELOPE_DAMAGED).exception();
    }
    if (bytes.length != LENGTH || !StretchHeader.hasMagic(bytes, MAGIC)) {
      throw Refusal.of(Token.ENVELOPE_DAMAGED).exception();
    }
    if (!StretchHeader.isVersion(bytes, VERSION)) {
      throw Refusal.of(Token.ENVELOPE_VERSION).exception();
    }
    return new WrappedKey(bytes);
  }

  public String text() {
    return Base64.getEncoder().encodeToString(bytes);
  }

  /** Argon2id memory in KiB, as claimed; not yet checked against any bound. */
  public int memoryKiB() {
    return StretchHeader.memoryKiB(bytes);
  }

  /** Argon2id passes, as claimed. */
  public int iterations() {
    return StretchHeader.iterations(bytes);
  }

  /** Argon2id lanes, as claimed. */
  public int parallelism() {
    return StretchHeader.parallelism(bytes);
  }

  public byte[] salt() {
    return StretchHeader.salt(bytes);
  }

  public byte[] nonce() {
    return StretchHeader.nonce(bytes);
  }

  /** Bytes 0 to 40. */
  public byte[] header() {
    return Arrays.copyOf(bytes, StretchHeader.LENGTH);
  }

  /** Ciphertext and tag, 48 bytes. */
  public byte[] ciphertext() {
    return Arrays.copyOfRange(bytes, StretchHeader.LENGTH, LENGTH);
  }

  /** The text form: it is ciphertext. */
  @Override
  public String toString() {
    return text();
  }
}
