package org.trefoil.server.account;

import java.time.Instant;
import java.util.List;

/** Which mail people want, and which payments they were told of. */
public interface NoticeStore {
  /** When the account wants it: each time, unless it said otherwise. */
  MailWish wish(String accountId, Notice notice);

  void wish(String accountId, Notice notice, MailWish wish);

  /** Notes that a payment of a wallet is told of; false when it was before. */
  boolean tell(String walletId, String txid);

  /** A line of the mail that is sent once a day. */
  record Line(String lineId, String accountId, Instant at, String text) {}

  void gather(Line line);

  /** Accounts of which a line is at least as old. */
  List<String> due(Instant before);

  /** Takes an account's lines out, the first one first. */
  List<Line> take(String accountId);
}
