package org.trefoil.server.regain;

import java.time.Instant;
import java.util.Optional;

/** Where questions to keys are kept until they are answered. */
public interface QuestionStore {
  /** A question; see {@code KeyQuestion}. */
  record Entry(
      String challenge,
      String accountId,
      String walletId,
      String purpose,
      String subject,
      boolean withBackup,
      Instant expiresAt) {}

  void add(Entry question);

  Optional<Entry> find(String challenge);

  /** Removes a question; false when somebody else did. */
  boolean remove(String challenge);

  /** Removes those that expired before. */
  int sweep(Instant before);
}
