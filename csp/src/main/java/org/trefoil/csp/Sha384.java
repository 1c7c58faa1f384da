package org.trefoil.csp;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/**
 * A SHA-384 digest in the form that browsers compare: 64 characters of standard base64.
 *
 * @param base64 the 48 bytes, standard base64; no padding is needed for 48 bytes
 */
public record Sha384(String base64) {
  private static final int BYTES = 48;

  /** Refuses what is not 48 bytes of base64. */
  public Sha384 {
    byte[] bytes = Base64.getDecoder().decode(base64);
    if (bytes.length != BYTES || !Base64.getEncoder().encodeToString(bytes).equals(base64)) {
      throw new IllegalArgumentException("not a SHA-384 in base64");
    }
  }

  /** The digest of these bytes. */
  public static Sha384 of(byte[] bytes) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-384").digest(bytes);
      return new Sha384(Base64.getEncoder().encodeToString(digest));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-384", e);
    }
  }

  /** The digest of this text in UTF-8. */
  public static Sha384 of(String text) {
    return of(text.getBytes(StandardCharsets.UTF_8));
  }

  /** The value of an {@code integrity} attribute. */
  public String integrity() {
    return "sha384-" + base64;
  }

  /** The first 16 hexadecimal digits: enough to tell versions apart in an address, no proof. */
  public String shortHex() {
    StringBuilder hex = new StringBuilder();
    byte[] bytes = Base64.getDecoder().decode(base64);
    for (int i = 0; i < 8; i++) {
      hex.append(Character.forDigit((bytes[i] >> 4) & 15, 16));
      hex.append(Character.forDigit(bytes[i] & 15, 16));
    }
    return hex.toString();
  }
}
