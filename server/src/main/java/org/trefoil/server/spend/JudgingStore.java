package org.trefoil.server.spend;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.trefoil.server.policy.Snapshot;

/** What rules ask of a wallet's earlier sends, and sends that wait by a rule. */
public interface JudgingStore {
  /** What was approved since then and was not refused, without sends of several versions. */
  List<Snapshot.Past> past(String walletId, Instant since);

  /** Those of the addresses that an earlier send of the wallet paid. */
  Set<String> paidBefore(String walletId, Collection<String> addresses);

  /**
   * A send that waits.
   *
   * @param heldAt when its second factor was given
   * @param until when it goes on
   */
  record Hold(Instant heldAt, Instant until) {}

  Optional<Hold> hold(String sendId);

  /** Needs-factor to held; false when it is not there any more. */
  boolean hold(String sendId, Hold hold);

  /** Lets a send wait longer that waits. */
  void prolong(String sendId, Instant until);
}
