package org.trefoil.vault.send;

import org.trefoil.core.units.FeeRate;
import org.trefoil.core.units.Sats;
import org.trefoil.core.wire.Fees;

/** Amounts as a review shows them. */
public final class Amounts {
  private Amounts() {}

  /** {@code 1 234 567 sat}, groups set apart by narrow blanks. */
  public static String sat(Sats amount) {
    String digits = Long.toString(amount.value());
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < digits.length(); i++) {
      if (i > 0 && (digits.length() - i) % 3 == 0) {
        text.append('\u202f');
      }
      text.append(digits.charAt(i));
    }
    return text.append(" sat").toString();
  }

  /** {@code 0.00012000 BTC}. */
  public static String btc(Sats amount) {
    return amount.display();
  }

  /** The fee's share of what is paid, in percent with two decimals, rounded up; never "0". */
  public static String share(Sats fee, Sats paid) {
    if (paid.isZero()) {
      return "";
    }
    long hundredths = (fee.value() * 10_000 + paid.value() - 1) / paid.value();
    long rest = hundredths % 100;
    return hundredths / 100 + "." + (rest < 10 ? "0" : "") + rest + " %";
  }

  /**
   * What an honest wallet says about a fee of 5 % or more of what is paid, or of ten times the
   * lowest rate on offer; empty for any other fee.
   */
  public static String feeWarning(Sats fee, Sats paid, FeeRate rate, Fees offered) {
    String text = "";
    if (fee.value() >= paid.value() / 20) {
      text = "The fee is " + share(fee, paid) + " of what you send. ";
    }
    long lowest = Math.min(offered.slow(), Math.min(offered.normal(), offered.fast()));
    long times = rate.satPerKvB() / Math.max(1, lowest);
    if (times >= 10) {
      text += "Its rate is " + times + " times the lowest on offer. ";
    }
    return text.isEmpty() ? text : text + "Sign only if you want to pay that much.";
  }

  /** {@code 2.5 sat/vB}. */
  public static String rate(FeeRate rate) {
    return rate.satPerVb() + " sat/vB";
  }
}
