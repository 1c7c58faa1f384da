package org.trefoil.server.secondfactor;

/**
 * A second factor that is being set up; holds the secret that the person's app gets to know.
 *
 * <p>It is shown once on the enrolment page and goes nowhere else.
 */
public final class Enrolment {
  private final String secretBase32;
  private final String uri;

  Enrolment(String secretBase32, String uri) {
    this.secretBase32 = secretBase32;
    this.uri = uri;
  }

  /** The secret as text, base32 without padding. */
  public String secret() {
    return secretBase32;
  }

  /** The {@code otpauth://totp/…} URI for the QR code. */
  public String uri() {
    return uri;
  }

  @Override
  public String toString() {
    return "Enrolment[redacted]";
  }
}
