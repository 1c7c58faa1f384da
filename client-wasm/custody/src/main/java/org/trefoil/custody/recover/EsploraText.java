package org.trefoil.custody.recover;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.trefoil.core.Refusal;
import org.trefoil.core.Token;
import org.trefoil.core.wire.Json;

/**
 * Answers of an Esplora server as a person pastes them: the address that was asked for, or a URL
 * with it, and then the list; and the next address.
 */
final class EsploraText {
  private static final String BEFORE = "/address/";

  private EsploraText() {}

  static CoinReport read(String text) {
    List<NamedCoin> coins = new ArrayList<>();
    int at = 0;
    while (at < text.length()) {
      int open = text.indexOf('[', at);
      if (open < 0) {
        break;
      }
      String address = address(text.substring(at, open));
      int end = end(text, open);
      Json list = CoinReport.json(text.substring(open, end));
      coins.addAll(CoinJson.ofAddress(list, address));
      at = end;
    }
    if (!text.substring(at).trim().isEmpty()) {
      throw Refusal.of(Token.COINS_UNRECOGNISED).exception();
    }
    return new CoinReport(CoinReport.Kind.ADDRESS_UTXO, coins, Map.of());
  }

  /** The address in a line before a list. */
  private static String address(String text) {
    String line = text.trim();
    int slash = line.indexOf(BEFORE);
    if (slash >= 0) {
      int from = slash + BEFORE.length();
      int end = line.indexOf('/', from);
      line = line.substring(from, end < 0 ? line.length() : end);
    }
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      boolean fine = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
      if (!fine && !(c == ':' && i == line.length() - 1)) {
        throw Refusal.of(Token.COINS_UNRECOGNISED).exception();
      }
    }
    if (line.isEmpty()) {
      throw Refusal.of(Token.COINS_NEED_ADDRESS).exception();
    }
    return line.endsWith(":") ? line.substring(0, line.length() - 1) : line;
  }

  /** Behind the bracket that closes the one at {@code open}. */
  private static int end(String text, int open) {
    int depth = 0;
    for (int i = open; i < text.length(); i++) {
      char c = text.charAt(i);
      depth += c == '[' ? 1 : c == ']' ? -1 : 0;
      if (depth == 0) {
        return i + 1;
      }
    }
    return text.length();
  }
}
