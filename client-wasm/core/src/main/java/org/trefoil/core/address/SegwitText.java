package org.trefoil.core.address;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.trefoil.core.Refusal;
import org.trefoil.core.RefusedException;
import org.trefoil.core.Token;

/**
 * SegWit addresses (BIP-0173, BIP-0350): bech32 for version 0, bech32m above.
 *
 * <p>The checksum is a BCH code of distance 5 over at most 89 symbols, so one or two substituted
 * characters have exactly one explanation, and a mistyped address is refused with their positions.
 * The code is linear: the checksum's remainder is the xor of one constant for each error, and two
 * errors are found by looking every single-error constant's complement up in a table.
 */
final class SegwitText {
  private static final String CHARSET = "qpzry9x8gf2tvdw0s3jn54khce6mua7l";
  private static final int BECH32 = 1;
  private static final int BECH32M = 0x2bc830a3;
  private static final int CHECKSUM = 6;

  /** Symbols after the separator for a program of 20 bytes, and of 32 bytes (P2TR too). */
  private static final int P2WPKH_LENGTH = 39;

  private static final int P2WSH_LENGTH = 59;

  private SegwitText() {}

  /** A witness version 0 … 16 and its program, 2 … 40 bytes. */
  record Program(int version, byte[] bytes) {
    byte[] scriptPubKey() {
      byte[] script = new byte[2 + bytes.length];
      script[0] = (byte) (version == 0 ? 0 : 0x50 + version);
      script[1] = (byte) bytes.length;
      System.arraycopy(bytes, 0, script, 2, bytes.length);
      return script;
    }

    static @Nullable Program ofScript(byte[] script) {
      if (script.length < 4 || script.length > 42 || script[1] != script.length - 2) {
        return null;
      }
      int version = script[0] == 0 ? 0 : script[0] - 0x50;
      boolean known = script[0] == 0 || (version >= 1 && version <= 16);
      boolean hash = script.length == 22 || script.length == 34;
      if (!known || (version == 0 && !hash)) {
        return null;
      }
      return new Program(version, Arrays.copyOfRange(script, 2, script.length));
    }
  }

  /** The human-readable part when {@code text} starts like a Bitcoin SegWit address, or null. */
  static @Nullable String hrp(String text) {
    int separator = text.indexOf('1');
    String start = text.substring(0, Math.max(0, separator)).toLowerCase(Locale.ROOT);
    boolean known = start.equals("bc") || start.equals("tb") || start.equals("bcrt");
    return known ? start : null;
  }

  static String encode(String hrp, Program program) {
    int[] data = regroup(program.bytes());
    int[] symbols = new int[1 + data.length + CHECKSUM];
    symbols[0] = program.version();
    System.arraycopy(data, 0, symbols, 1, data.length);
    int remainder = polymod(hrp, symbols) ^ (program.version() == 0 ? BECH32 : BECH32M);
    for (int i = 0; i < CHECKSUM; i++) {
      symbols[1 + data.length + i] = remainder >> (5 * (CHECKSUM - 1 - i)) & 31;
    }
    StringBuilder text = new StringBuilder(hrp).append('1');
    for (int symbol : symbols) {
      text.append(CHARSET.charAt(symbol));
    }
    return text.toString();
  }

  /** Reads {@code text}, which starts with {@code hrp} and a 1. */
  static Program decode(String hrp, String text) {
    int start = hrp.length() + 1;
    int[] symbols = symbols(text, start);
    if (text.length() > 90 || symbols.length < CHECKSUM + 1) {
      throw Refusal.of(Token.ADDRESS_UNKNOWN_FORM).exception();
    }
    int constant = symbols[0] == 0 ? BECH32 : BECH32M;
    int remainder = polymod(hrp, symbols);
    if (remainder != constant) {
      boolean complete = symbols.length == P2WPKH_LENGTH || symbols.length == P2WSH_LENGTH;
      throw mistyped(complete ? locate(remainder, symbols, start) : List.of());
    }
    byte[] bytes = bytes(Arrays.copyOfRange(symbols, 1, symbols.length - CHECKSUM));
    boolean hash = bytes.length == 20 || bytes.length == 32;
    boolean sized = bytes.length >= 2 && bytes.length <= 40;
    if (symbols[0] > 16 || !sized || (symbols[0] == 0 && !hash)) {
      throw Refusal.of(Token.ADDRESS_UNKNOWN_FORM).exception();
    }
    return new Program(symbols[0], bytes);
  }

  private static int[] symbols(String text, int start) {
    int[] symbols = new int[text.length() - start];
    boolean lower = false;
    boolean upper = false;
    List<Integer> strangers = new ArrayList<>();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      lower |= c >= 'a' && c <= 'z';
      upper |= c >= 'A' && c <= 'Z';
      if (i >= start) {
        symbols[i - start] = CHARSET.indexOf(c >= 'A' && c <= 'Z' ? (char) (c + 32) : c);
        if (symbols[i - start] < 0) {
          strangers.add(i + 1);
        }
      }
    }
    if (!strangers.isEmpty()) {
      throw mistyped(strangers);
    }
    if (lower && upper) {
      throw Refusal.of(Token.ADDRESS_MIXED_CASE).exception();
    }
    return symbols;
  }

  /** Each position with the group of four that it is in when the address is read in groups. */
  static RefusedException mistyped(List<Integer> positions) {
    if (positions.isEmpty()) {
      return Refusal.of(Token.ADDRESS_CHECKSUM).exception();
    }
    StringBuilder text = new StringBuilder();
    for (int position : positions) {
      text.append(text.length() == 0 ? "" : ", ").append(position);
      text.append(" (group ").append((position + 3) / 4).append(')');
    }
    return Refusal.of(Token.ADDRESS_MISTYPED, "positions", text.toString()).exception();
  }

  /**
   * Positions (from 1, ascending) of the one or two wrong characters; empty when there are more.
   */
  private static List<Integer> locate(int remainder, int[] symbols, int start) {
    int[][] effects = effects(symbols.length);
    List<Integer> best = List.of();
    for (int version = 0; version <= 1; version++) {
      List<Integer> found =
          locate(remainder ^ (version == 0 ? BECH32 : BECH32M), effects, symbols, version == 0);
      if (!found.isEmpty() && (best.isEmpty() || found.size() < best.size())) {
        best = found;
      }
    }
    List<Integer> positions = new ArrayList<>();
    for (int at : best) {
      positions.add(at + start + 1);
    }
    return positions;
  }

  private static List<Integer> locate(
      int syndrome, int[][] effects, int[] symbols, boolean versionZero) {
    Map<Integer, int[]> single = new HashMap<>();
    for (int at = 0; at < effects.length; at++) {
      for (int error = 1; error < 32; error++) {
        int corrected = symbols[0] ^ (at == 0 ? error : 0);
        if (effects[at][error] == syndrome && versionZero == (corrected == 0)) {
          return List.of(at);
        }
        single.put(effects[at][error], new int[] {at, error});
      }
    }
    for (int at = 0; at < effects.length; at++) {
      for (int error = 1; error < 32; error++) {
        int[] second = single.get(syndrome ^ effects[at][error]);
        if (second != null && second[0] > at) {
          int corrected = symbols[0] ^ (at == 0 ? error : 0);
          if (versionZero == (corrected == 0)) {
            return List.of(at, second[0]);
          }
        }
      }
    }
    return List.of();
  }

  /** {@code [position][error]}: what an error at a position adds to the remainder. */
  private static int[][] effects(int length) {
    int[][] effects = new int[length][32];
    for (int error = 1; error < 32; error++) {
      int remainder = error;
      for (int at = length - 1; at >= 0; at--) {
        effects[at][error] = remainder;
        remainder = step(remainder, 0);
      }
    }
    return effects;
  }

  private static int polymod(String hrp, int[] symbols) {
    int c = 1;
    for (int i = 0; i < hrp.length(); i++) {
      c = step(c, hrp.charAt(i) >> 5);
    }
    c = step(c, 0);
    for (int i = 0; i < hrp.length(); i++) {
      c = step(c, hrp.charAt(i) & 31);
    }
    for (int symbol : symbols) {
      c = step(c, symbol);
    }
    return c;
  }

  private static int step(int c, int value) {
    int top = c >>> 25;
    int next = (c & 0x1ffffff) << 5 ^ value;
    next ^= (top & 1) != 0 ? 0x3b6a57b2 : 0;
    next ^= (top & 2) != 0 ? 0x26508e6d : 0;
    next ^= (top & 4) != 0 ? 0x1ea119fa : 0;
    next ^= (top & 8) != 0 ? 0x3d4233dd : 0;
    next ^= (top & 16) != 0 ? 0x2a1462b3 : 0;
    return next;
  }

  private static int[] regroup(byte[] bytes) {
    int[] out = new int[(bytes.length * 8 + 4) / 5];
    int buffer = 0;
    int bits = 0;
    int at = 0;
    for (byte b : bytes) {
      buffer = (buffer << 8 | (b & 255)) & 0xfff;
      bits += 8;
      while (bits >= 5) {
        bits -= 5;
        out[at++] = buffer >> bits & 31;
      }
    }
    if (bits > 0) {
      out[at] = buffer << (5 - bits) & 31;
    }
    return out;
  }

  private static byte[] bytes(int[] symbols) {
    byte[] out = new byte[symbols.length * 5 / 8];
    int buffer = 0;
    int bits = 0;
    int at = 0;
    for (int symbol : symbols) {
      buffer = (buffer << 5 | symbol) & 0xfff;
      bits += 5;
      if (bits >= 8) {
        bits -= 8;
        out[at++] = (byte) (buffer >> bits);
      }
    }
    if (bits >= 5 || (buffer & ((1 << bits) - 1)) != 0) {
      throw Refusal.of(Token.ADDRESS_UNKNOWN_FORM).exception();
    }
    return out;
  }
}
