package org.trefoil.server.backup;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.trefoil.server.backup.Tables.Column;
import org.trefoil.server.backup.Tables.Kind;
import org.trefoil.server.backup.Tables.Table;

/**
 * Tables and rows as lines.
 *
 * <pre>
 * table account account_id:text created_at:number …
 * 'a1b2 →tab→ 1795234000 …
 * </pre>
 *
 * A cell is {@code -} for nothing, {@code '} and the text, digits, {@code t} or {@code f}, or
 * {@code =} and Base64.
 */
final class Cells {
  private static final String TABLE = "table ";

  private Cells() {}

  static boolean isTable(String line) {
    return line.startsWith(TABLE);
  }

  static String line(Table table) {
    StringBuilder line = new StringBuilder(TABLE).append(table.name());
    for (Column column : table.columns()) {
      line.append(' ').append(column.name()).append(':');
      line.append(column.kind().name().toLowerCase(Locale.ROOT));
    }
    return line.toString();
  }

  static Table table(String line) {
    String[] words = line.split(" ");
    List<Column> columns = new ArrayList<>();
    for (int i = 2; i < words.length; i++) {
      int colon = words[i].indexOf(':');
      Kind kind = Kind.valueOf(words[i].substring(colon + 1).toUpperCase(Locale.ROOT));
      columns.add(new Column(words[i].substring(0, colon), kind));
    }
    return new Table(words[1], columns);
  }

  static String line(List<@Nullable Object> values) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < values.size(); i++) {
      if (i > 0) {
        line.append('\t');
      }
      append(line, values.get(i));
    }
    return line.toString();
  }

  private static void append(StringBuilder line, @Nullable Object value) {
    if (value == null) {
      line.append('-');
    } else if (value instanceof byte[] bytes) {
      line.append('=').append(Base64.getEncoder().encodeToString(bytes));
    } else if (value instanceof Boolean truth) {
      line.append(truth ? 't' : 'f');
    } else if (value instanceof Long number) {
      line.append(number.longValue());
    } else {
      line.append('\'');
      String text = (String) value;
      for (int i = 0; i < text.length(); i++) {
        char c = text.charAt(i);
        switch (c) {
          case '\\' -> line.append("\\\\");
          case '\t' -> line.append("\\t");
          case '\n' -> line.append("\\n");
          case '\r' -> line.append("\\r");
          default -> line.append(c);
        }
      }
    }
  }

  static List<@Nullable Object> row(Table table, String line) {
    String[] cells = line.split("\t", -1);
    if (cells.length != table.columns().size()) {
      throw new BackupRefused("This backup is damaged: a row of " + table.name() + " is cut.");
    }
    List<@Nullable Object> values = new ArrayList<>(cells.length);
    for (int i = 0; i < cells.length; i++) {
      values.add(value(table.columns().get(i).kind(), cells[i]));
    }
    return values;
  }

  private static @Nullable Object value(Kind kind, String cell) {
    if (cell.equals("-")) {
      return null;
    }
    return switch (kind) {
      case NUMBER -> (Object) Long.valueOf(cell);
      case TRUTH -> cell.equals("t");
      case BYTES -> Base64.getDecoder().decode(cell.substring(1));
      case TEXT -> text(cell);
    };
  }

  private static String text(String cell) {
    StringBuilder text = new StringBuilder(cell.length());
    for (int i = 1; i < cell.length(); i++) {
      char c = cell.charAt(i);
      if (c != '\\') {
        text.append(c);
        continue;
      }
      i++;
      char escaped = cell.charAt(i);
      text.append(
          switch (escaped) {
            case 't' -> '\t';
            case 'n' -> '\n';
            case 'r' -> '\r';
            default -> escaped;
          });
    }
    return text.toString();
  }
}
