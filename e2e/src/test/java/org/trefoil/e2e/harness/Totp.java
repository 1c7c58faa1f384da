package org.trefoil.e2e.harness;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.time.InstantSource;
import java.util.Locale;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * An authenticator app: six digits, thirty seconds, HMAC-SHA-1 (RFC 6238), from the secret shown.
 */
public final class Totp {
  private static final String BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

  private final byte[] secret;
  private final InstantSource clock;
  private long lastStep = -1;

  public Totp(String base32) {
    this(base32, InstantSource.system());
  }

  /** An app on a phone whose clock is this one. */
  public Totp(String base32, InstantSource clock) {
    this.secret = decode(base32);
    this.clock = clock;
  }

  /**
   * A code that was not given before. This phone's clock may run half a minute slow, and then half
   * a minute fast, as servers must allow: three codes at once. Only for a fourth it waits.
   */
  public String freshCode() {
    while (step() < lastStep) {
      try {
        Thread.sleep(250);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException(e);
      }
    }
    lastStep = Math.max(oldest(), lastStep + 1);
    return code(lastStep);
  }

  /** The last step, while it will be taken for long enough to be typed. */
  private long oldest() {
    boolean early = clock.instant().getEpochSecond() % 30 < 20;
    return early ? step() - 1 : step();
  }

  /** The code given last, once more. */
  public String lastCode() {
    return code(lastStep);
  }

  /** Six digits that are not the code of this minute. */
  public String wrongCode() {
    int right = Integer.parseInt(code(step()));
    return String.format(Locale.ROOT, "%06d", (right + 123_457) % 1_000_000);
  }

  private long step() {
    return clock.instant().getEpochSecond() / 30;
  }

  private String code(long step) {
    try {
      Mac mac = Mac.getInstance("HmacSHA1");
      mac.init(new SecretKeySpec(secret, "HmacSHA1"));
      byte[] hash = mac.doFinal(ByteBuffer.allocate(8).putLong(step).array());
      int at = hash[hash.length - 1] & 15;
      int number = ByteBuffer.wrap(hash, at, 4).getInt() & 0x7fffffff;
      return String.format(Locale.ROOT, "%06d", number % 1_000_000);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] decode(String base32) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    int buffer = 0;
    int bits = 0;
    for (char c : base32.toUpperCase(Locale.ROOT).replaceAll("[\\s=-]", "").toCharArray()) {
      int value = BASE32.indexOf(c);
      if (value < 0) {
        throw new IllegalArgumentException("not base32: " + c);
      }
      buffer = buffer << 5 | value;
      bits += 5;
      if (bits >= 8) {
        bits -= 8;
        bytes.write(buffer >> bits & 0xff);
      }
    }
    return bytes.toByteArray();
  }
}
