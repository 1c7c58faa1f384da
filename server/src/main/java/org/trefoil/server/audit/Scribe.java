package org.trefoil.server.audit;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.trefoil.server.durable.Transactions;
import org.trefoil.server.keyfile.Signer;

/**
 * Gives each event its place in the chains a moment after it was written, and signs how far they
 * are.
 *
 * <p>Not in the transaction that writes the event: whoever chains has to wait for whoever chained
 * before, and sends would wait for each other. What has no place yet can be changed without a
 * trace; what has one cannot.
 */
public final class Scribe {
  /** Events in one round. */
  static final int ROUND = 500;

  private static final Logger LOG = LoggerFactory.getLogger("audit");
  private static final int MOST_KNOWN = 20_000;

  private final AuditBooks books;
  private final Transactions transactions;
  private final Reader reader;
  private final Signer signer;
  private final String network;

  /** The ends of books, true as long as {@link #reached} is the last of all. */
  private final Map<String, End> ends = new HashMap<>();

  private long reached = -1;

  private record End(long seq, byte[] link) {}

  /** Is told of events once they have their places, unless the server is killed just then. */
  public interface Reader {
    void placed(List<AuditRow> rows);
  }

  public Scribe(
      AuditBooks books, Transactions transactions, Reader reader, Signer signer, String network) {
    this.books = books;
    this.transactions = transactions;
    this.reader = reader;
    this.signer = signer;
    this.network = network;
  }

  /** Places all that were written so far; one thread at a time. */
  public synchronized void run() {
    List<AuditBooks.Placed> placed;
    do {
      placed = round();
      reader.placed(placed.stream().map(AuditBooks.Placed::row).toList());
    } while (placed.size() == ROUND);
  }

  private List<AuditBooks.Placed> round() {
    try {
      List<AuditBooks.Placed> placed = transactions.run(this::placeSome);
      if (!placed.isEmpty()) {
        AuditRow last = placed.get(placed.size() - 1).row();
        reached = last.place();
        LOG.info(
            "audit chained to={} whole={}",
            reached,
            HexFormat.of().formatHex(Objects.requireNonNull(last.whole())));
      }
      return placed;
    } catch (RuntimeException e) {
      ends.clear(); // they may be ahead of what was kept
      reached = -1;
      throw e;
    }
  }

  private List<AuditBooks.Placed> placeSome() {
    List<AuditBooks.Loose> loose = books.loose(ROUND);
    if (loose.isEmpty()) {
      return List.of();
    }
    AuditRow last = books.last().orElse(null);
    long place = last == null ? 0 : last.place();
    byte[] whole = last == null ? AuditChain.start() : Objects.requireNonNull(last.whole());
    if (place != reached || ends.size() > MOST_KNOWN) {
      ends.clear();
    }
    Map<String, Integer> newest = new LinkedHashMap<>();
    List<AuditBooks.Placed> placed = new ArrayList<>();
    for (AuditBooks.Loose each : loose) {
      String book = each.entry().book();
      End end = ends.computeIfAbsent(book, this::end);
      AuditEntry entry = numbered(each.entry(), end.seq() + 1);
      byte[] link = AuditChain.link(end.link(), entry);
      whole = AuditChain.whole(whole, ++place, link);
      ends.put(book, new End(entry.seq(), link));
      newest.put(book, placed.size());
      placed.add(
          new AuditBooks.Placed(each.eventId(), new AuditRow(place, entry, link, whole, null)));
    }
    newest.values().forEach(at -> placed.set(at, signed(placed.get(at))));
    books.place(placed);
    return placed;
  }

  private End end(String book) {
    return books
        .last(book)
        .map(row -> new End(row.entry().seq(), row.link()))
        .orElseGet(() -> new End(0, AuditChain.start()));
  }

  private static AuditEntry numbered(AuditEntry entry, long seq) {
    return new AuditEntry(
        entry.book(),
        seq,
        entry.at(),
        entry.kind(),
        entry.account(),
        entry.subject(),
        entry.detail());
  }

  private AuditBooks.Placed signed(AuditBooks.Placed placed) {
    AuditRow row = placed.row();
    byte[] whole = Objects.requireNonNull(row.whole());
    AuditEntry entry = row.entry();
    byte[] signature =
        signer.sign(AuditChain.checkpoint(network, entry.book(), entry.seq(), row.link(), whole));
    return new AuditBooks.Placed(
        placed.eventId(), new AuditRow(row.place(), entry, row.link(), whole, signature));
  }
}
