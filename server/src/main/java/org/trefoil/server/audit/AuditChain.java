package org.trefoil.server.audit;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.jspecify.annotations.Nullable;

/**
 * How events are chained, twice: within their book, which its owner can check without seeing
 * anybody else's, and all of them together.
 *
 * <p>Everything is SHA-256 over a tag and fields: texts in UTF-8 after their length in four bytes,
 * −1 for none; numbers in eight bytes, big-endian; links as they are.
 */
public final class AuditChain {
  private static final int SIZE = 32;
  private static final String LINK = "trefoil/audit/link/1";
  private static final String WHOLE = "trefoil/audit/whole/1";
  private static final String END = "trefoil/audit/end/1";
  private static final String CHECKPOINT = "trefoil/audit/checkpoint/1";

  private AuditChain() {}

  /** What comes before the first of each chain: 32 zero bytes. */
  public static byte[] start() {
    return new byte[SIZE];
  }

  /** The link of an event to the one before it in its book. */
  public static byte[] link(byte[] before, AuditEntry entry) {
    return digest(
        out -> {
          text(out, LINK);
          out.write(before);
          text(out, entry.book());
          out.writeLong(entry.seq());
          out.writeLong(entry.at());
          text(out, entry.kind());
          text(out, entry.account());
          text(out, entry.subject());
          text(out, entry.detail());
        });
  }

  /** The link of an event to the one before it among all. */
  public static byte[] whole(byte[] before, long place, byte[] link) {
    return digest(
        out -> {
          text(out, WHOLE);
          out.write(before);
          out.writeLong(place);
          out.write(link);
        });
  }

  /** What the server signs: how far a book is, and how far all are. */
  public static byte[] checkpoint(
      String network, String book, long seq, byte[] link, byte[] whole) {
    return digest(
        out -> {
          text(out, CHECKPOINT);
          text(out, network);
          text(out, book);
          out.writeLong(seq);
          out.write(link);
          out.write(whole);
        });
  }

  /**
   * What the server signs when it writes a file: where that ends.
   *
   * @param book whose file it is; null for that of all
   * @param rows how many it has
   * @param end the link of the last one, or {@link #whole} in the file of all
   * @param at epoch seconds
   */
  public static byte[] end(String network, @Nullable String book, long rows, byte[] end, long at) {
    return digest(
        out -> {
          text(out, END);
          text(out, network);
          text(out, book);
          out.writeLong(rows);
          out.write(end);
          out.writeLong(at);
        });
  }

  private interface Fields {
    void write(DataOutputStream out) throws IOException;
  }

  private static byte[] digest(Fields fields) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      fields.write(new DataOutputStream(bytes));
      return MessageDigest.getInstance("SHA-256").digest(bytes.toByteArray());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("SHA-256 is missing", e);
    }
  }

  private static void text(DataOutputStream out, @Nullable String text) throws IOException {
    if (text == null) {
      out.writeInt(-1);
      return;
    }
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    out.writeInt(bytes.length);
    out.write(bytes);
  }
}
