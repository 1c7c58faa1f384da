package org.trefoil.csp.log;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;

/** A hash of the tree, 32 bytes: of an entry, or of two hashes below it (RFC 6962 §2.1). */
public final class Hash {
  static final int BYTES = 32;

  /** Of the tree without entries: SHA-256 of nothing. */
  public static final Hash EMPTY = new Hash(sha256().digest());

  private final byte[] bytes;

  private Hash(byte[] bytes) {
    if (bytes.length != BYTES) {
      throw new IllegalArgumentException("a hash has 32 bytes");
    }
    this.bytes = bytes;
  }

  /** SHA-256 over 0x00 and the entry. */
  public static Hash ofEntry(byte[] entry) {
    MessageDigest digest = sha256();
    digest.update((byte) 0);
    return new Hash(digest.digest(entry));
  }

  /** SHA-256 over 0x01, left and right. */
  static Hash of(Hash left, Hash right) {
    MessageDigest digest = sha256();
    digest.update((byte) 1);
    digest.update(left.bytes);
    return new Hash(digest.digest(right.bytes));
  }

  static Hash read(byte[] bytes, int at) {
    return new Hash(Arrays.copyOfRange(bytes, at, at + BYTES));
  }

  /** Reads standard base64. */
  public static Hash parse(String base64) {
    Hash hash = new Hash(Base64.getDecoder().decode(base64));
    if (!hash.base64().equals(base64)) {
      throw new IllegalArgumentException("not the one written form of a hash");
    }
    return hash;
  }

  byte[] bytes() {
    return bytes.clone();
  }

  /** Standard base64, 44 characters. */
  public String base64() {
    return Base64.getEncoder().encodeToString(bytes);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Hash hash && Arrays.equals(bytes, hash.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  @Override
  public String toString() {
    return base64();
  }
}
