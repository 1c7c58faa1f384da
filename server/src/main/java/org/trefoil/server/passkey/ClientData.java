package org.trefoil.server.passkey;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * The browser's words about what a passkey did, compared byte by byte with those that must be
 * there, as the standard's limited verification algorithm does (WebAuthn Level 3 §5.8.1.2): nothing
 * is parsed, so nothing can be parsed in two ways.
 */
enum ClientData {
  CREATE("webauthn.create"),
  GET("webauthn.get");

  private static final int CHALLENGE = 43;

  private final String before;

  ClientData(String type) {
    this.before = "{\"type\":\"" + type + "\",\"challenge\":\"";
  }

  /** The 32 bytes that were asked as they say, or null when they are not of this form. */
  byte @Nullable [] challenge(byte[] clientData) {
    byte[] first = before.getBytes(StandardCharsets.US_ASCII);
    int end = first.length + CHALLENGE;
    if (clientData.length < end || !startsWith(clientData, first)) {
      return null;
    }
    try {
      return Base64.getUrlDecoder().decode(Arrays.copyOfRange(clientData, first.length, end));
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  /** Whether they say that this challenge was answered on this site. */
  boolean says(byte[] clientData, byte[] challenge, String origin) {
    String asked = Base64.getUrlEncoder().withoutPadding().encodeToString(challenge);
    byte[] expected =
        (before + asked + "\",\"origin\":\"" + origin + "\"").getBytes(StandardCharsets.US_ASCII);
    int end = expected.length;
    return clientData.length > end
        && startsWith(clientData, expected)
        && (clientData[end] == ',' || clientData[end] == '}');
  }

  private static boolean startsWith(byte[] text, byte[] beginning) {
    int length = beginning.length;
    return Arrays.equals(text, 0, length, beginning, 0, length);
  }
}
