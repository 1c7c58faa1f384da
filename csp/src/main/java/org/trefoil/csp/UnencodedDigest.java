package org.trefoil.csp;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/**
 * SHA-512 of an answer's body before any packing, as RFC 9530 sends it beside the body. Chromium
 * (156) gives nobody a body that is another one; other browsers do not look.
 *
 * @param base64 the 64 bytes, standard base64
 */
public record UnencodedDigest(String base64) {
  /** The header that carries it. */
  public static final String HEADER = "Unencoded-Digest";

  private static final int BYTES = 64;
  private static final String START = "sha-512=:";

  /** Refuses what is not 64 bytes of base64. */
  public UnencodedDigest {
    byte[] bytes = Base64.getDecoder().decode(base64);
    if (bytes.length != BYTES || !Base64.getEncoder().encodeToString(bytes).equals(base64)) {
      throw new IllegalArgumentException("not a SHA-512 in base64");
    }
  }

  /** The digest of these bytes. */
  public static UnencodedDigest of(byte[] bytes) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-512").digest(bytes);
      return new UnencodedDigest(Base64.getEncoder().encodeToString(digest));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-512", e);
    }
  }

  /** Reads the value of the header, {@code sha-512=:…:}. */
  public static UnencodedDigest parse(String value) {
    if (!value.startsWith(START) || !value.endsWith(":") || value.length() <= START.length()) {
      throw new IllegalArgumentException("not the digest of a body: " + value);
    }
    return new UnencodedDigest(value.substring(START.length(), value.length() - 1));
  }

  /** The value of the header. */
  public String value() {
    return START + base64 + ":";
  }
}
