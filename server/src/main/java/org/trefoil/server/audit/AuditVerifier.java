package org.trefoil.server.audit;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Reads a book, or all of them, row by row and finds what was changed since it was signed: rows
 * that were edited, are missing, or stand elsewhere. Takes nothing but the JDK.
 *
 * <p>That the newest rows are missing it knows by the last line of a file alone; what somebody did
 * who had the key it cannot know. An older file or a line of the log tells both.
 */
public final class AuditVerifier {
  /** DER before the 32 bytes of an Ed25519 key (RFC 8410). */
  private static final byte[] PREFIX = HexFormat.of().parseHex("302a300506032b6570032100");

  private static final int MOST_TOLD = 20;

  private final String network;
  private final PublicKey key;
  private final boolean all;
  private final Map<String, Reached> books = new HashMap<>();
  private final List<String> findings = new ArrayList<>();
  private final TreeSet<Long> missing = new TreeSet<>();
  private long count;
  private long found;
  private long signatures;
  private long number;
  private byte[] whole = AuditChain.start();

  /** How far a book was read. */
  private record Reached(long seq, long signed, byte[] link, long number) {}

  /**
   * Begins.
   *
   * @param key of the server, 32 bytes
   * @param all whether all books are read, by place, or one, by its own numbers
   */
  public AuditVerifier(String network, byte[] key, boolean all) {
    this.network = network;
    this.key = key(key);
    this.all = all;
  }

  private static PublicKey key(byte[] raw) {
    byte[] der = Arrays.copyOf(PREFIX, PREFIX.length + raw.length);
    System.arraycopy(raw, 0, der, PREFIX.length, raw.length);
    try {
      return KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(der));
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException("not an Ed25519 key", e);
    }
  }

  /** Takes the next row. */
  public void row(AuditRow row) {
    count++;
    AuditEntry entry = row.entry();
    long at = all ? row.place() : entry.seq();
    if (at <= number) {
      boolean late = missing.remove(at);
      find("Row " + at + (late ? " stands behind row " + number : " is there twice") + ".");
      return;
    }
    boolean next = at == number + 1;
    for (long gone = number + 1; gone < at && missing.size() < MOST_TOLD; gone++) {
      missing.add(gone);
    }
    Reached before = books.getOrDefault(entry.book(), new Reached(0, 0, AuditChain.start(), 0));
    boolean follows = entry.seq() == before.seq() + 1;
    boolean linked = !follows || Arrays.equals(row.link(), AuditChain.link(before.link(), entry));
    byte[] now = row.whole();
    boolean joined =
        !all || !next || Arrays.equals(now, AuditChain.whole(whole, row.place(), row.link()));
    if (!linked) {
      find("Row " + at + " is not what was written there.");
    } else if (!joined || all && next && !follows && missing.isEmpty()) {
      find("Row " + at + " does not follow the row before it.");
    }
    number = at;
    if (all && now != null) {
      whole = now;
    }
    books.put(entry.book(), signed(row, before, at));
  }

  private Reached signed(AuditRow row, Reached before, long at) {
    AuditEntry entry = row.entry();
    byte[] signature = row.signature();
    byte[] end = row.whole();
    if (signature == null || end == null) {
      return new Reached(entry.seq(), before.signed(), row.link(), at);
    }
    signatures++;
    byte[] said = AuditChain.checkpoint(network, entry.book(), entry.seq(), row.link(), end);
    if (!verifies(said, signature)) {
      find(
          "The server did not sign what leads to row "
              + at
              + (before.signed() == 0
                  ? "."
                  : ": something after row " + before.signed() + " is changed."));
    }
    return new Reached(entry.seq(), at, row.link(), at);
  }

  /**
   * Takes the last line of a file, after its rows.
   *
   * @param book whose file it is; null for that of all
   */
  public void end(@Nullable String book, AuditFile.End end) {
    byte[] said = AuditChain.end(network, book, end.rows(), end.link(), end.at());
    if (!verifies(said, end.signature())) {
      find("The server did not sign the last line for this record.");
      return;
    }
    for (long gone = number + 1; gone <= end.rows() && missing.size() < MOST_TOLD; gone++) {
      missing.add(gone);
    }
    if (number > end.rows()) {
      find("The last line is of another file, which ended with row " + end.rows() + ".");
    } else if (number == end.rows() && !Arrays.equals(end.link(), last())) {
      find("The last line is of another file: its row " + number + " is not this one.");
    }
  }

  private boolean verifies(byte[] message, byte[] signature) {
    try {
      Signature check = Signature.getInstance("Ed25519");
      check.initVerify(key);
      check.update(message);
      return check.verify(signature);
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  private void find(String finding) {
    found++;
    if (findings.size() < MOST_TOLD) {
      findings.add(finding);
    }
  }

  /** What was found. */
  public Report report() {
    List<String> told = new ArrayList<>(findings);
    missing.forEach(gone -> told.add("Row " + gone + " is missing."));
    long unsigned = 0;
    for (Reached book : books.values()) {
      unsigned += book.signed() == book.number() ? 0 : 1;
    }
    if (unsigned > 0) {
      told.add("What stands last carries no signature, in " + unsigned + " of the books.");
    }
    if (found > findings.size()) {
      told.add("And " + (found - findings.size()) + " more.");
    }
    return new Report(count, books.size(), signatures, number, last(), told);
  }

  private byte[] last() {
    return all
        ? whole
        : books.values().stream().findFirst().map(Reached::link).orElseGet(AuditChain::start);
  }

  /**
   * What was found.
   *
   * @param last number of the last row
   * @param end the last link
   * @param findings sentences; empty when nothing is wrong
   */
  public record Report(
      long rows,
      int books,
      long signatures,
      long last,
      byte @Nullable [] end,
      List<String> findings) {
    public Report {
      findings = List.copyOf(findings);
    }

    /** The same with one more finding. */
    public Report with(String finding) {
      List<String> more = new ArrayList<>(findings);
      more.add(finding);
      return new Report(rows, books, signatures, last, end, more);
    }

    public boolean sound() {
      return findings.isEmpty();
    }
  }
}
