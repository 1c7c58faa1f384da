package org.trefoil.core.units;

import org.trefoil.core.Refusal;
import org.trefoil.core.Token;

/** Decimal texts as scaled integers, so that no amount ever passes through floating point. */
final class Decimals {
  private Decimals() {}

  /** {@code text} times ten to the power of {@code scale}. */
  static long parse(String text, int scale, long max, Token malformed) {
    int point = text.indexOf('.');
    String whole = point < 0 ? text : text.substring(0, point);
    String fraction = point < 0 ? "" : text.substring(point + 1);
    boolean empty = whole.isEmpty() || (point >= 0 && fraction.isEmpty());
    if (empty || !digits(whole) || !digits(fraction)) {
      throw Refusal.of(malformed).exception();
    }
    if (fraction.length() > scale) {
      throw Refusal.of(Token.AMOUNT_TOO_PRECISE, "decimals", Integer.toString(scale)).exception();
    }
    long value = 0;
    for (int i = 0; i < whole.length() + scale; i++) {
      int digit = 0;
      if (i < whole.length()) {
        digit = whole.charAt(i) - '0';
      } else if (i - whole.length() < fraction.length()) {
        digit = fraction.charAt(i - whole.length()) - '0';
      }
      value = value * 10 + digit;
      if (value > max) {
        throw Refusal.of(Token.AMOUNT_TOO_LARGE).exception();
      }
    }
    return value;
  }

  /** {@code 7}, {@code -7} or {@code +7}, at most two digits. */
  static int exponent(String text) {
    boolean signed = !text.isEmpty() && "+-".indexOf(text.charAt(0)) >= 0;
    String digits = signed ? text.substring(1) : text;
    if (digits.isEmpty() || digits.length() > 2 || !digits(digits)) {
      throw Refusal.of(Token.AMOUNT_MALFORMED).exception();
    }
    int value = Integer.parseInt(digits);
    return text.charAt(0) == '-' ? -value : value;
  }

  /** {@code text} times ten to the power of {@code scale}, which must be whole. */
  static long shifted(String text, int scale, long max, Token malformed) {
    int point = text.indexOf('.');
    String whole = point < 0 ? text : text.substring(0, point);
    String fraction = point < 0 ? "" : text.substring(point + 1);
    if (whole.isEmpty() || (point >= 0 && fraction.isEmpty())) {
      throw Refusal.of(malformed).exception();
    }
    String all = whole + fraction;
    if (!digits(all)) {
      throw Refusal.of(malformed).exception();
    }
    int end = whole.length() + scale;
    long value = 0;
    for (int i = 0; i < Math.max(all.length(), end); i++) {
      int digit = i < all.length() ? all.charAt(i) - '0' : 0;
      if (i >= end) {
        if (digit != 0) {
          throw Refusal.of(Token.AMOUNT_TOO_PRECISE, "decimals", "8").exception();
        }
        continue;
      }
      value = value * 10 + digit;
      if (value > max) {
        throw Refusal.of(Token.AMOUNT_TOO_LARGE).exception();
      }
    }
    return value;
  }

  private static boolean digits(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) < '0' || text.charAt(i) > '9') {
        return false;
      }
    }
    return true;
  }
}
