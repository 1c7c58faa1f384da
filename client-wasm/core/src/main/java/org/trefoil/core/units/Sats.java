package org.trefoil.core.units;

import org.trefoil.core.Refusal;
import org.trefoil.core.Token;

/**
 * An amount of bitcoin in satoshis, between nothing and all there can ever be.
 *
 * @param value 0 … 2,100,000,000,000,000
 */
public record Sats(long value) implements Comparable<Sats> {
  public static final long MAX = 2_100_000_000_000_000L;
  public static final Sats ZERO = new Sats(0);

  private static final long PER_BTC = 100_000_000L;

  public Sats {
    if (value < 0 || value > MAX) {
      throw Refusal.of(Token.AMOUNT_TOO_LARGE).exception();
    }
  }

  /** Reads {@code 0.00012}: digits, at most one point, at most eight decimals, no sign. */
  public static Sats parseBtc(String text) {
    return new Sats(Decimals.parse(text, 8, MAX, Token.AMOUNT_MALFORMED));
  }

  /** Reads {@code 12000}: digits only. */
  public static Sats parseSat(String text) {
    return new Sats(Decimals.parse(text, 0, MAX, Token.AMOUNT_MALFORMED));
  }

  /**
   * Reads an amount of bitcoin as programs write numbers: {@code 0.00012}, {@code 1.2e-4}, with
   * superfluous zeros or without. Refuses what is no whole number of satoshis.
   */
  public static Sats ofDecimal(String number) {
    int e = Math.max(number.indexOf('e'), number.indexOf('E'));
    String mantissa = e < 0 ? number : number.substring(0, e);
    int shift = e < 0 ? 0 : Decimals.exponent(number.substring(e + 1));
    return new Sats(Decimals.shifted(mantissa, shift + 8, MAX, Token.AMOUNT_MALFORMED));
  }

  public Sats plus(Sats other) {
    return new Sats(value + other.value);
  }

  /** The difference; refused when {@code other} is more than this. */
  public Sats minus(Sats other) {
    return new Sats(value - other.value);
  }

  public boolean isZero() {
    return value == 0;
  }

  /** With all eight decimals: {@code 0.00012000}. */
  public String btc() {
    String cents = Long.toString(PER_BTC + value % PER_BTC).substring(1);
    return value / PER_BTC + "." + cents;
  }

  /** For people: {@code 0.00012000 BTC}. */
  public String display() {
    return btc() + " BTC";
  }

  @Override
  public int compareTo(Sats other) {
    return Long.compare(value, other.value);
  }
}
