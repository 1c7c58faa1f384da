package org.trefoil.server.mail;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.trefoil.server.keyfile.Sealed;

/** Where mail is kept until it is sent. */
public interface MailStore {
  /**
   * A mail as it is stored.
   *
   * @param body sealed for the mail's id
   * @param tries how often it was taken for sending
   * @param nextTryAt null for one that is shown, not sent
   */
  record Entry(
      String mailId,
      @Nullable String accountId,
      String recipient,
      String subject,
      Sealed body,
      Instant createdAt,
      int tries,
      @Nullable Instant nextTryAt) {}

  void add(Entry mail);

  /** Those to be sent now, the oldest first. */
  List<Entry> due(Instant now, int limit);

  /**
   * Takes a mail for sending, by one conditional statement: of all that read it with this number of
   * tries, one gets it. Nobody else does before {@code until}.
   */
  boolean claim(String mailId, int tries, Instant until);

  /** Tries it again then. */
  void later(String mailId, Instant next);

  void remove(String mailId);

  /** The newest that are shown; of one account, or of all for null. */
  List<Entry> shown(@Nullable String accountId, int limit);

  /** How many wait to be sent. */
  long waiting();

  /** Removes those written before, sent or not. */
  int sweep(Instant before);
}
