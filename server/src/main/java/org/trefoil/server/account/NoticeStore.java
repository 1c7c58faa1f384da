package org.trefoil.server.account;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** Which mail people want, and which payments they were told of. */
public interface NoticeStore {
  /** When the account wants it: each time, unless it said otherwise. */
  MailWish wish(String accountId, Notice notice);

  /** When these accounts want it, of those that said otherwise. */
  Map<String, MailWish> wishes(Collection<String> accountIds, Notice notice);

  void wish(String accountId, Notice notice, MailWish wish);

  /**
   * What came in or went out.
   *
   * @param amount in satoshi, the fee of what went out included
   */
  record Payment(String walletId, String accountId, String walletName, String txid, long amount) {}

  /** What goes out by these sends. */
  List<Payment> out(Collection<String> sendIds);

  /** Notes that payments are told of; those of them that were not before. */
  List<Payment> tell(List<Payment> payments);

  /** A line of the mail that is sent once a day. */
  record Line(String lineId, String accountId, Instant at, String text) {}

  void gather(Line line);

  /** Accounts of which a line is at least as old. */
  List<String> due(Instant before);

  /** Takes an account's lines out, the first one first. */
  List<Line> take(String accountId);
}
