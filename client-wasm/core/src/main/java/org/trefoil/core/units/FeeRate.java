package org.trefoil.core.units;

import org.trefoil.core.Refusal;
import org.trefoil.core.Token;

/**
 * What is paid for each virtual byte.
 *
 * @param satPerKvB satoshis for 1,000 virtual bytes, 0 … 10,000,000,000
 */
public record FeeRate(long satPerKvB) implements Comparable<FeeRate> {
  public static final long MAX = 10_000_000_000L;

  public FeeRate {
    if (satPerKvB < 0 || satPerKvB > MAX) {
      throw Refusal.of(Token.FEE_RATE_MALFORMED).exception();
    }
  }

  /**
   * Reads {@code 1.5} satoshis a virtual byte; at most three decimals. {@code 1,5} is the same, but
   * with three digits behind the comma it could be a thousand times as much, and is refused.
   */
  public static FeeRate ofSatPerVb(String text) {
    int comma = text.indexOf(',');
    boolean decimal = comma >= 0 && text.length() - comma <= 3;
    String pointed = decimal ? text.replace(',', '.') : text;
    return new FeeRate(Decimals.parse(pointed, 3, MAX, Token.FEE_RATE_MALFORMED));
  }

  /** The fee for {@code vbytes}, rounded up to a whole satoshi. */
  public Sats feeFor(long vbytes) {
    if (vbytes < 0 || vbytes > 4_000_000) {
      throw new IllegalArgumentException("no transaction has that size");
    }
    return new Sats((satPerKvB * vbytes + 999) / 1000);
  }

  /** Satoshis a virtual byte without superfluous decimals: {@code 1.5}. */
  public String satPerVb() {
    String text = satPerKvB / 1000 + "." + Long.toString(1000 + satPerKvB % 1000).substring(1);
    int end = text.length();
    while (text.charAt(end - 1) == '0') {
      end--;
    }
    return text.substring(0, text.charAt(end - 1) == '.' ? end - 1 : end);
  }

  @Override
  public int compareTo(FeeRate other) {
    return Long.compare(satPerKvB, other.satPerKvB);
  }
}
