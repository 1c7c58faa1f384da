package org.trefoil.server.audit;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.trefoil.core.RefusedException;
import org.trefoil.core.wire.Fields;
import org.trefoil.core.wire.Json;
import org.trefoil.core.wire.JsonObject;

/**
 * The record as a file of JSON lines: a head that names the network, the server's key and the book
 * ({@code null} for all of them), then one row a line, and a last line that says where it ends. An
 * account's file tells nothing of how much happened to others: it has no places, and {@code whole}
 * only where it is signed.
 */
public final class AuditFile {
  private static final String FORMAT = "trefoil-audit-1";
  private static final int MOST_CHARS = 4_000;

  private AuditFile() {}

  /**
   * The first line.
   *
   * @param key of the server, 32 bytes
   * @param book whose it is; null for all
   */
  public record Head(String network, byte[] key, @Nullable String book) {}

  /**
   * The last line, without which nobody sees that rows before it are gone.
   *
   * @param rows how many the file has
   * @param link of the last row, see {@link AuditChain#end}
   * @param at when it was written, epoch seconds
   * @param signature Ed25519 over {@link AuditChain#end}
   */
  public record End(long rows, byte[] link, long at, byte[] signature) {}

  /**
   * What a file has beside its rows.
   *
   * @param end null in a file of an older release, and in one that was cut
   */
  public record Frame(Head head, @Nullable End end) {}

  /** The file cannot be read as one of ours. */
  public static final class Unreadable extends IOException {
    private static final long serialVersionUID = 1L;

    Unreadable(long line, Exception why) {
      super("Line " + line + " cannot be read.", why);
    }

    Unreadable(String sentence) {
      super(sentence);
    }
  }

  public static void write(Head head, Writer to) throws IOException {
    line(
        to,
        Json.object()
            .put("format", FORMAT)
            .put("network", head.network())
            .put("key", hex(head.key()))
            .put("book", head.book()));
  }

  /** Writes a row as it stands in a file with this head. */
  public static void write(Head head, AuditRow row, Writer to) throws IOException {
    AuditEntry entry = row.entry();
    byte[] signature = row.signature();
    JsonObject json = Json.object();
    if (head.book() == null) {
      json.put("place", row.place()).put("book", entry.book());
    }
    json.put("seq", entry.seq())
        .put("at", entry.at())
        .put("kind", entry.kind())
        .put("account", entry.account())
        .put("subject", entry.subject())
        .put("detail", entry.detail())
        .put("link", hex(row.link()));
    if (head.book() == null || signature != null) {
      json.put("whole", hex(Objects.requireNonNull(row.whole())));
    }
    if (signature != null) {
      json.put("signature", Base64.getEncoder().encodeToString(signature));
    }
    line(to, json);
  }

  /** Writes the last line. */
  public static void write(End end, Writer to) throws IOException {
    line(
        to,
        Json.object()
            .put("rows", end.rows())
            .put("end", hex(end.link()))
            .put("at", end.at())
            .put("signature", Base64.getEncoder().encodeToString(end.signature())));
  }

  private static void line(Writer to, JsonObject json) throws IOException {
    to.write(json.json().write());
    to.write('\n');
  }

  /** Reads a file: its head, and then each row to whom it answers for the head. */
  public static Frame read(BufferedReader from, Function<Head, Consumer<AuditRow>> rows)
      throws IOException {
    String first = from.readLine();
    if (first == null) {
      throw new Unreadable("The file is empty.");
    }
    Head head = parsed(1, first, AuditFile::head);
    Consumer<AuditRow> to = rows.apply(head);
    long number = 1;
    for (String line = from.readLine(); line != null; line = from.readLine()) {
      End end = parsed(++number, line, fields -> rowOrEnd(head, fields, to));
      if (end != null && from.readLine() != null) {
        throw new Unreadable("Something stands behind its last line, line " + number + ".");
      }
      if (end != null) {
        return new Frame(head, end);
      }
    }
    return new Frame(head, null);
  }

  private static @Nullable End rowOrEnd(Head head, Fields fields, Consumer<AuditRow> to) {
    String link = fields.optionalText("end");
    if (link == null) {
      to.accept(row(head, fields));
      return null;
    }
    return new End(
        fields.number("rows"),
        bytes(link),
        fields.number("at"),
        Base64.getDecoder().decode(fields.text("signature")));
  }

  private static <T extends @Nullable Object> T parsed(
      long number, String line, Function<Fields, T> read) throws Unreadable {
    try {
      return Json.parse(line, MOST_CHARS).read(read);
    } catch (RefusedException | IllegalArgumentException e) {
      throw new Unreadable(number, e);
    }
  }

  private static Head head(Fields fields) {
    if (!fields.text("format").equals(FORMAT)) {
      throw new IllegalArgumentException("another format");
    }
    return new Head(fields.text("network"), bytes(fields.text("key")), fields.optionalText("book"));
  }

  private static AuditRow row(Head head, Fields fields) {
    String book = head.book();
    long place = book == null ? fields.number("place") : 0;
    AuditEntry entry =
        new AuditEntry(
            book == null ? fields.text("book") : book,
            fields.number("seq"),
            fields.number("at"),
            fields.text("kind"),
            fields.optionalText("account"),
            fields.optionalText("subject"),
            fields.optionalText("detail"));
    byte[] link = bytes(fields.text("link"));
    String whole = fields.optionalText("whole");
    String signature = fields.optionalText("signature");
    return new AuditRow(
        place,
        entry,
        link,
        whole == null ? null : bytes(whole),
        signature == null ? null : Base64.getDecoder().decode(signature));
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }

  private static byte[] bytes(String hex) {
    return HexFormat.of().parseHex(hex);
  }
}
