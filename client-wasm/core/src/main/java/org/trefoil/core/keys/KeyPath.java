package org.trefoil.core.keys;

import java.util.ArrayList;
import java.util.List;
import org.trefoil.core.Refusal;
import org.trefoil.core.Token;

/**
 * A way from a master key to a key (BIP-0032).
 *
 * @param steps child numbers; {@link #HARDENED} is set in hardened ones
 */
public record KeyPath(List<Integer> steps) {
  public static final int HARDENED = 0x80000000;

  public KeyPath {
    steps = List.copyOf(steps);
    if (steps.size() > 255) {
      throw Refusal.of(Token.KEY_PATH_MALFORMED).exception();
    }
  }

  /** Reads {@code m/48'/1'/0'/2'}; {@code h} means the same as {@code '}. */
  public static KeyPath parse(String text) {
    if (text.equals("m")) {
      return new KeyPath(List.of());
    }
    if (!text.startsWith("m/")) {
      throw Refusal.of(Token.KEY_PATH_MALFORMED).exception();
    }
    List<Integer> steps = new ArrayList<>();
    int from = 2;
    while (from <= text.length()) {
      int slash = text.indexOf('/', from);
      int end = slash < 0 ? text.length() : slash;
      steps.add(step(text.substring(from, end)));
      from = end + 1;
    }
    return new KeyPath(steps);
  }

  /** The BIP-0048 account that Trefoil uses for P2WSH: {@code m/48'/coin'/0'/2'}. */
  public static KeyPath account(int coinType) {
    return new KeyPath(List.of(48 | HARDENED, coinType | HARDENED, HARDENED, 2 | HARDENED));
  }

  private static int step(String text) {
    int end = text.length();
    boolean hardened = end > 0 && "'h".indexOf(text.charAt(end - 1)) >= 0;
    if (hardened) {
      end--;
    }
    boolean leadingZero = end > 1 && text.charAt(0) == '0';
    if (end == 0 || end > 10 || leadingZero) {
      throw Refusal.of(Token.KEY_PATH_MALFORMED).exception();
    }
    long value = 0;
    for (int i = 0; i < end; i++) {
      int digit = text.charAt(i) - '0';
      if (digit < 0 || digit > 9) {
        throw Refusal.of(Token.KEY_PATH_MALFORMED).exception();
      }
      value = value * 10 + digit;
    }
    if (value > 0x7fffffffL) {
      throw Refusal.of(Token.KEY_PATH_MALFORMED).exception();
    }
    return (int) value | (hardened ? HARDENED : 0);
  }

  /** {@code m/48'/1'/0'/2'}. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder("m");
    for (int step : steps) {
      text.append('/').append(step & ~HARDENED);
      if ((step & HARDENED) != 0) {
        text.append('\'');
      }
    }
    return text.toString();
  }
}
