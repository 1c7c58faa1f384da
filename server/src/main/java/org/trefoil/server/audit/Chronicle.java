package org.trefoil.server.audit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.trefoil.server.keyfile.Signer;

/** The record as it is read: in pages, as files, and checked. */
public final class Chronicle {
  /** What has no place after this long gets none: the server that leads does not chain. */
  static final Duration SOON = Duration.ofMinutes(5);

  private final AuditBooks books;
  private final Signer signer;
  private final String network;
  private final InstantSource clock;

  public Chronicle(AuditBooks books, Signer signer, String network, InstantSource clock) {
    this.books = books;
    this.signer = signer;
    this.network = network;
    this.clock = clock;
  }

  /** An account's events, the newest first, from below a number. */
  public List<AuditRow> page(String accountId, long below, int limit) {
    return books.page(accountId, below, limit);
  }

  /** Writes the file of an account, or for null that of all, with a last line that is signed. */
  public void export(@Nullable String book, Writer to) throws IOException {
    AuditFile.Head head = new AuditFile.Head(network, signer.publicKey(), book);
    AuditFile.write(head, to);
    Reached reached = new Reached();
    try {
      books.read(
          book,
          row -> {
            try {
              reached.row(book, row);
              AuditFile.write(head, row, to);
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
          });
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    long at = clock.instant().getEpochSecond();
    byte[] said = AuditChain.end(network, book, reached.rows, reached.link, at);
    AuditFile.write(new AuditFile.End(reached.rows, reached.link, at, signer.sign(said)), to);
  }

  /** How far a file is written. */
  private static final class Reached {
    private long rows;
    private byte[] link = AuditChain.start();

    void row(@Nullable String book, AuditRow row) {
      rows++;
      link = book == null ? Objects.requireNonNull(row.whole()) : row.link();
    }
  }

  /** Reads all that is chained, and checks it against this server's own key. */
  public AuditVerifier.Report verify() {
    AuditVerifier verifier = new AuditVerifier(network, signer.publicKey(), true);
    books.read(null, verifier::row);
    return verifier.report();
  }

  /** Events that should have a place by now and have none. */
  public long late() {
    return books.looseSince(clock.instant().minus(SOON));
  }
}
