package org.trefoil.server.secondfactor;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.OptionalLong;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.trefoil.core.units.Utf8;

/** Time-based one-time codes (RFC 6238) on HMAC-SHA1 with steps of 30 seconds. */
public final class Totp {
  public static final int DIGITS = 6;
  public static final int STEP_SECONDS = 30;

  /** Steps accepted on either side of now, for clocks that differ. */
  public static final int DRIFT = 1;

  private Totp() {}

  public static long step(Instant at) {
    return Math.floorDiv(at.getEpochSecond(), (long) STEP_SECONDS);
  }

  /** The code of a step, {@code digits} decimal digits. */
  public static String code(byte[] secret, long step, int digits) {
    byte[] counter = new byte[8];
    for (int i = 0; i < 8; i++) {
      counter[i] = (byte) (step >>> (56 - 8 * i));
    }
    byte[] hmac = hmacSha1(secret, counter);
    int offset = hmac[hmac.length - 1] & 0xf;
    long bits =
        (hmac[offset] & 0x7fL) << 24
            | (hmac[offset + 1] & 0xffL) << 16
            | (hmac[offset + 2] & 0xffL) << 8
            | (hmac[offset + 3] & 0xffL);
    long modulus = 1;
    for (int i = 0; i < digits; i++) {
      modulus *= 10;
    }
    StringBuilder code = new StringBuilder(Long.toString(bits % modulus));
    while (code.length() < digits) {
      code.insert(0, '0');
    }
    return code.toString();
  }

  /**
   * The step whose code this is, among now and its neighbours; every candidate is compared. Of two
   * that happen to have the same code the later, or a code nobody used would count as used.
   */
  public static OptionalLong match(byte[] secret, String code, Instant now) {
    long current = step(now);
    OptionalLong found = OptionalLong.empty();
    for (int drift = -DRIFT; drift <= DRIFT; drift++) {
      String expected = code(secret, current + drift, DIGITS);
      if (MessageDigest.isEqual(Utf8.of(expected), Utf8.of(code))) {
        found = OptionalLong.of(current + drift);
      }
    }
    return found;
  }

  private static byte[] hmacSha1(byte[] key, byte[] message) {
    try {
      Mac mac = Mac.getInstance("HmacSHA1");
      mac.init(new SecretKeySpec(key, "HmacSHA1"));
      return mac.doFinal(message);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("HMAC-SHA1 is missing", e);
    }
  }
}
