package org.trefoil.core.envelope;

import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.trefoil.core.Refusal;
import org.trefoil.core.Token;
import org.trefoil.core.keys.EnglishWords;
import org.trefoil.core.keys.Hashes;

/**
 * The user key sealed under a passcode, version 1: ciphertext with all that is needed to open it
 * but the passcode. Safe to store, print and scan; each guess at it costs one Argon2id run.
 *
 * <pre>
 * at  bytes
 *  0    4   magic "TFSK"
 *  4    1   version, 1
 *  5    1   key derivation, 1 = Argon2id version 1.3, then HKDF-SHA256
 *  6    4   memory in KiB, big-endian
 * 10    2   iterations, big-endian
 * 12    1   parallelism
 * 13   16   salt
 * 29   12   nonce of AES-256-GCM
 * 41   32   binding digest (EnvelopeBinding), in clear
 * 73   64   ciphertext of seed entropy (32) and binding digest (32)
 * 137  16   tag; bytes 0 to 40 are the associated data
 * 153   4   first bytes of SHA-256 over bytes 0 to 152: tells damage from a wrong passcode
 * </pre>
 *
 * <p>Text form: {@code trefoil1:} and the 157 bytes in base64url without padding.
 */
public final class SealedUserKey {
  public static final String PREFIX = "trefoil1:";
  public static final int VERSION = 1;
  public static final int LENGTH = 157;
  public static final int SALT_LENGTH = StretchHeader.SALT_LENGTH;
  public static final int NONCE_LENGTH = StretchHeader.NONCE_LENGTH;
  public static final int CIPHERTEXT_LENGTH = 80;

  /** Bytes that the tag authenticates besides the plaintext. */
  public static final int ASSOCIATED_LENGTH = StretchHeader.LENGTH;

  private static final byte[] MAGIC = {'T', 'F', 'S', 'K'};
  private static final int BINDING_AT = 41;
  private static final int CIPHERTEXT_AT = 73;
  private static final int CHECK_AT = 153;

  private final byte[] bytes;

  private SealedUserKey(byte[] bytes) {
    this.bytes = bytes;
  }

  /**
   * The first 41 bytes: everything the associated data covers.
   *
   * @param memoryKiB below 2^31
   * @param iterations below 2^16
   * @param parallelism below 2^8
   */
  public static byte[] header(
      int memoryKiB, int iterations, int parallelism, byte[] salt, byte[] nonce) {
    return StretchHeader.of(MAGIC, VERSION, memoryKiB, iterations, parallelism, salt, nonce);
  }

  /** Puts header, binding and ciphertext with tag (80 bytes) together. */
  public static SealedUserKey of(byte[] header, EnvelopeBinding binding, byte[] ciphertext) {
    if (header.length != ASSOCIATED_LENGTH || ciphertext.length != CIPHERTEXT_LENGTH) {
      throw new IllegalArgumentException("envelope parts");
    }
    byte[] bytes = Arrays.copyOf(header, LENGTH);
    System.arraycopy(binding.digest(), 0, bytes, BINDING_AT, 32);
    System.arraycopy(ciphertext, 0, bytes, CIPHERTEXT_AT, CIPHERTEXT_LENGTH);
    System.arraycopy(check(bytes), 0, bytes, CHECK_AT, 4);
    return new SealedUserKey(bytes);
  }

  /**
   * Reads the text form; blanks and line breaks in it are passed over. Refuses {@code
   * envelope-version} for one of a later version, and {@code envelope-damaged}.
   */
  public static SealedUserKey parse(String text) {
    StringBuilder compact = new StringBuilder(text.length());
    for (int i = 0; i < text.length() && compact.length() <= 4 * LENGTH; i++) {
      if (text.charAt(i) > ' ') {
        compact.append(text.charAt(i));
      }
    }
    String body = compact.toString();
    if (!body.startsWith(PREFIX)) {
      boolean later = body.startsWith("trefoil") && body.indexOf(':') > 0;
      throw Refusal.of(later ? Token.ENVELOPE_VERSION : Token.ENVELOPE_DAMAGED).exception();
    }
    try {
      byte[] bytes = Base64.getUrlDecoder().decode(body.substring(PREFIX.length()));
      SealedUserKey sealed = parse(bytes);
      if (sealed.text().equals(body)) {
        return sealed;
      }
    } catch (IllegalArgumentException e) {
      // not base64url: refused below
    }
    throw Refusal.of(Token.ENVELOPE_DAMAGED).exception();
  }

  /** Reads the 157 bytes, copied; refusals as in {@link #parse(String)}. */
  public static SealedUserKey parse(byte[] bytes) {
    if (bytes.length != LENGTH || !StretchHeader.hasMagic(bytes, MAGIC)) {
      throw Refusal.of(Token.ENVELOPE_DAMAGED).exception();
    }
    byte[] check = Arrays.copyOfRange(bytes, CHECK_AT, LENGTH);
    if (!Arrays.equals(check, check(bytes))) {
      throw Refusal.of(Token.ENVELOPE_DAMAGED).exception();
    }
    if (!StretchHeader.isVersion(bytes, VERSION)) {
      throw Refusal.of(Token.ENVELOPE_VERSION).exception();
    }
    return new SealedUserKey(bytes.clone());
  }

  private static byte[] check(byte[] bytes) {
    return Arrays.copyOf(Hashes.sha256(Arrays.copyOf(bytes, CHECK_AT)), 4);
  }

  /** {@code trefoil1:…}, 219 characters. */
  public String text() {
    return PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  /** The 157 bytes, a copy. */
  public byte[] bytes() {
    return bytes.clone();
  }

  /** Four BIP-0039 words from SHA-256 of the bytes, by which the printed copy is recognised. */
  public List<String> words() {
    return EnglishWords.of(Hashes.sha256(bytes), 4);
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
  public byte[] associatedData() {
    return Arrays.copyOf(bytes, ASSOCIATED_LENGTH);
  }

  /**
   * Whether it says that it belongs to {@code binding}; the sealed copy inside has the last word.
   */
  public boolean claims(EnvelopeBinding binding) {
    return Arrays.equals(binding.digest(), Arrays.copyOfRange(bytes, BINDING_AT, CIPHERTEXT_AT));
  }

  /**
   * What it says that it belongs to, for paper that is opened where nothing else is at hand; the
   * copy inside must agree, and the key that comes out must be the descriptor's.
   */
  public EnvelopeBinding claimed() {
    return new EnvelopeBinding(Arrays.copyOfRange(bytes, BINDING_AT, CIPHERTEXT_AT));
  }

  /** Ciphertext and tag, 80 bytes. */
  public byte[] ciphertext() {
    return Arrays.copyOfRange(bytes, CIPHERTEXT_AT, CHECK_AT);
  }

  /** The text form: it is ciphertext. */
  @Override
  public String toString() {
    return text();
  }
}
