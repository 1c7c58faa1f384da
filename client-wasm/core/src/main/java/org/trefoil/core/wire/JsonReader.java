package org.trefoil.core.wire;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.trefoil.core.Refusal;
import org.trefoil.core.Token;

/**
 * Reads JSON (RFC 8259) and refuses what two readers might take differently: duplicate names,
 * fractions and exponents (but in foreign texts, where they are kept as they were written),
 * integers of more than 18 digits, lone surrogates, anything after the end.
 */
final class JsonReader {
  private static final int MOST_DIGITS = 40;

  private final String text;
  private final boolean foreign;
  private int at;
  private int depth;

  JsonReader(String text, boolean foreign) {
    this.text = text;
    this.foreign = foreign;
  }

  Json document() {
    Json value = value();
    space();
    if (at != text.length()) {
      throw malformed();
    }
    return value;
  }

  private Json value() {
    space();
    char c = peek();
    if (c == '{') {
      return nested(this::object);
    }
    if (c == '[') {
      return nested(this::array);
    }
    if (c == '"') {
      return new Json(string());
    }
    if (c == '-' || (c >= '0' && c <= '9')) {
      return new Json(number());
    }
    if (c == 't') {
      return word("true", true);
    }
    return c == 'f' ? word("false", false) : word("null", null);
  }

  private Json nested(java.util.function.Supplier<Json> read) {
    if (++depth > Json.MAX_DEPTH) {
      throw Refusal.of(Token.TOO_DEEP, "limit", Integer.toString(Json.MAX_DEPTH)).exception();
    }
    at++;
    Json value = read.get();
    depth--;
    return value;
  }

  private Json object() {
    JsonObject object = new JsonObject();
    space();
    if (peek() == '}') {
      at++;
      return object.json();
    }
    while (true) {
      space();
      String name = string();
      space();
      expect(':');
      if (object.fields().containsKey(name)) {
        throw malformed();
      }
      object.put(name, value());
      space();
      if (peek() == '}') {
        at++;
        return object.json();
      }
      expect(',');
    }
  }

  private Json array() {
    List<Json> items = new ArrayList<>();
    space();
    if (peek() == ']') {
      at++;
      return new Json(items);
    }
    while (true) {
      items.add(value());
      space();
      if (peek() == ']') {
        at++;
        return new Json(items);
      }
      expect(',');
    }
  }

  private Json word(String word, @Nullable Object value) {
    if (!text.startsWith(word, at)) {
      throw malformed();
    }
    at += word.length();
    return new Json(value);
  }

  private Object number() {
    int start = at;
    if (peek() == '-') {
      at++;
    }
    int digits = at;
    digits();
    boolean leadingZero = at - digits > 1 && text.charAt(digits) == '0';
    boolean fraction = at < text.length() && ".eE".indexOf(text.charAt(at)) >= 0;
    if (foreign && fraction && at > digits && !leadingZero) {
      return decimal(start);
    }
    boolean minusZero = digits > start && at - digits == 1 && text.charAt(digits) == '0';
    if (at == digits || leadingZero || fraction || minusZero || at - digits > 18) {
      throw malformed();
    }
    return Long.valueOf(text.substring(start, at));
  }

  private Json.Decimal decimal(int start) {
    if (text.charAt(at) == '.') {
      at++;
      int from = at;
      digits();
      if (at == from) {
        throw malformed();
      }
    }
    if (at < text.length() && "eE".indexOf(text.charAt(at)) >= 0) {
      at++;
      if (peek() == '-' || peek() == '+') {
        at++;
      }
      int from = at;
      digits();
      if (at == from) {
        throw malformed();
      }
    }
    if (at - start > MOST_DIGITS) {
      throw malformed();
    }
    return new Json.Decimal(text.substring(start, at));
  }

  private void digits() {
    while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
      at++;
    }
  }

  private String string() {
    expect('"');
    StringBuilder out = new StringBuilder();
    int plain = at; // where what has no escape begins
    while (true) {
      char c = next();
      if (c == '"') {
        out.append(text, plain, at - 1);
        refuseLoneSurrogates(out);
        return out.toString();
      }
      if (c < ' ') {
        throw malformed();
      }
      if (c == '\\') {
        out.append(text, plain, at - 1).append(escape());
        plain = at;
      }
    }
  }

  private char escape() {
    char c = next();
    return switch (c) {
      case '"', '\\', '/' -> c;
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'u' -> {
        int code = 0;
        for (int i = 0; i < 4; i++) {
          int digit = Character.digit(next(), 16);
          if (digit < 0 || text.charAt(at - 1) > 'f') {
            throw malformed();
          }
          code = code << 4 | digit;
        }
        yield (char) code;
      }
      default -> throw malformed();
    };
  }

  private void refuseLoneSurrogates(CharSequence out) {
    for (int i = 0; i < out.length(); i++) {
      char c = out.charAt(i);
      if (Character.isHighSurrogate(c)) {
        i++;
        if (i == out.length() || !Character.isLowSurrogate(out.charAt(i))) {
          throw malformed();
        }
      } else if (Character.isLowSurrogate(c)) {
        throw malformed();
      }
    }
  }

  private void space() {
    while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
  }

  private void expect(char c) {
    if (peek() != c) {
      throw malformed();
    }
    at++;
  }

  private char peek() {
    if (at >= text.length()) {
      throw malformed();
    }
    return text.charAt(at);
  }

  private char next() {
    char c = peek();
    at++;
    return c;
  }

  private RuntimeException malformed() {
    return Refusal.of(Token.JSON_MALFORMED, "position", Integer.toString(at + 1)).exception();
  }
}
