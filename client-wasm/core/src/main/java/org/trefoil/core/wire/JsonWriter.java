package org.trefoil.core.wire;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes compact JSON; what HTML or JavaScript could read as more than text is escaped. */
final class JsonWriter {
  private static final String HEX = "0123456789abcdef";

  private JsonWriter() {}

  static void write(Json json, StringBuilder out) {
    @Nullable Object value = json.value();
    if (value instanceof JsonObject object) {
      char before = '{';
      for (Map.Entry<String, Json> field : object.fields().entrySet()) {
        out.append(before);
        text(field.getKey(), out);
        out.append(':');
        write(field.getValue(), out);
        before = ',';
      }
      out.append(before == '{' ? "{}" : "}");
    } else if (value instanceof List<?> items) {
      char before = '[';
      for (Object item : items) {
        out.append(before);
        write((Json) item, out);
        before = ',';
      }
      out.append(before == '[' ? "[]" : "]");
    } else if (value instanceof String string) {
      text(string, out);
    } else {
      out.append(value);
    }
  }

  private static void text(String text, StringBuilder out) {
    out.append('"');
    int plain = 0; // where what needs no escape begins
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        out.append(text, plain, i).append('\\').append(c);
        plain = i + 1;
      } else if (c < ' ' || c == '<' || c == '>' || c == '&' || c == 127 || lineSeparator(c)) {
        out.append(text, plain, i).append("\\u");
        for (int shift = 12; shift >= 0; shift -= 4) {
          out.append(HEX.charAt(c >> shift & 15));
        }
        plain = i + 1;
      }
    }
    out.append(text, plain, text.length()).append('"');
  }

  private static boolean lineSeparator(char c) {
    return c == 0x2028 || c == 0x2029;
  }
}
