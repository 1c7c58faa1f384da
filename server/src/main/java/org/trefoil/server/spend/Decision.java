package org.trefoil.server.spend;

import org.trefoil.core.Refusal;
import org.trefoil.server.policy.ApprovedSpend;

/** What the transaction decided that comes before a signature. */
sealed interface Decision {
  /** It was confirmed before. */
  record Done() implements Decision {}

  /** Now approved, and on disk as such. */
  record Approved(SendRecord send, ApprovedSpend spend) implements Decision {}

  /** Confirmed, and waiting by a rule. */
  record Waits() implements Decision {}

  /**
   * No, but the try (or the expiry) must stay on record.
   *
   * @param noted what the record says of it
   */
  record No(Refusal refusal, String noted) implements Decision {
    No(Refusal refusal) {
      this(refusal, refusal.token());
    }
  }
}
