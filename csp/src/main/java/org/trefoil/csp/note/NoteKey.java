package org.trefoil.csp.note;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;

/**
 * The public half of a named Ed25519 key, in the form that <a
 * href="https://c2sp.org/signed-note">c2sp.org/signed-note</a> calls a verifier key: {@code
 * name+1a2b3c4d+base64(0x01 and 32 bytes)}.
 *
 * <p>The key id is the first four bytes of SHA-256 over name, line feed, 0x01 and the 32 bytes.
 */
public final class NoteKey {
  static final byte ED25519 = 1;
  static final int KEY_BYTES = 32;
  static final int ID_BYTES = 4;

  /** What DER puts before the 32 bytes of a public key, RFC 8410. */
  private static final byte[] DER = HexFormat.of().parseHex("302a300506032b6570032100");

  private final String name;
  private final byte[] raw;
  private final PublicKey key;

  private NoteKey(String name, byte[] raw) {
    if (!isName(name)) {
      throw new IllegalArgumentException("not the name of a key: " + name);
    }
    this.name = name;
    this.raw = raw;
    try {
      this.key =
          KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(join(DER, raw)));
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException("not an Ed25519 key: " + name, e);
    }
  }

  /** The key of these 32 bytes. */
  public static NoteKey of(String name, byte[] raw) {
    if (raw.length != KEY_BYTES) {
      throw new IllegalArgumentException("a key has 32 bytes");
    }
    return new NoteKey(name, raw.clone());
  }

  static NoteKey of(String name, PublicKey key) {
    byte[] der = key.getEncoded();
    return of(name, Arrays.copyOfRange(der, der.length - KEY_BYTES, der.length));
  }

  /** Reads {@code name+id+key}; refuses an id that is not the key's. */
  public static NoteKey parse(String text) {
    String[] parts = text.split("\\+", 3);
    try {
      byte[] bytes = Base64.getDecoder().decode(parts.length == 3 ? parts[2] : "");
      if (bytes.length != 1 + KEY_BYTES || bytes[0] != ED25519) {
        throw new IllegalArgumentException("not an Ed25519 key: " + text);
      }
      NoteKey key = new NoteKey(parts[0], Arrays.copyOfRange(bytes, 1, bytes.length));
      if (!key.text().equals(text)) {
        throw new IllegalArgumentException("the key's id does not fit: " + text);
      }
      return key;
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("not a verifier key: " + text, e);
    }
  }

  static boolean isName(String name) {
    return name.matches("[!-*,-~]{1,100}");
  }

  /** The name, without blanks and plus signs. */
  public String name() {
    return name;
  }

  /** The 32 bytes, standard base64. */
  public String base64() {
    return Base64.getEncoder().encodeToString(raw);
  }

  /** The value of an {@code integrity} attribute that demands a signature of this key. */
  public String integrity() {
    return "ed25519-" + base64();
  }

  /** The verifier key. */
  public String text() {
    byte[] typed = join(new byte[] {ED25519}, raw);
    return name
        + "+"
        + HexFormat.of().formatHex(id())
        + "+"
        + Base64.getEncoder().encodeToString(typed);
  }

  byte[] id() {
    byte[] head = (name + "\n").getBytes(StandardCharsets.UTF_8);
    byte[] digest = sha256(join(head, join(new byte[] {ED25519}, raw)));
    return Arrays.copyOf(digest, ID_BYTES);
  }

  /** Whether these 64 bytes are this key's signature of the message. */
  public boolean verifies(byte[] message, byte[] signature) {
    try {
      Signature check = Signature.getInstance("Ed25519");
      check.initVerify(key);
      check.update(message);
      return check.verify(signature);
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  static byte[] join(byte[] first, byte[] second) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(first);
    out.writeBytes(second);
    return out.toByteArray();
  }

  private static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof NoteKey key && key.text().equals(text());
  }

  @Override
  public int hashCode() {
    return text().hashCode();
  }

  @Override
  public String toString() {
    return text();
  }
}
