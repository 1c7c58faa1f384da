package org.trefoil.server.rules;

import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.trefoil.core.policy.PolicyChain;
import org.trefoil.core.wire.PolicyDocument;
import org.trefoil.core.wire.Rules;

/**
 * A wallet's rules, verified.
 *
 * @param frozenAt when everything was stopped; null when it was not
 * @param thawAt when that ends; null while nobody asked for it
 * @param step how many heads the wallet had
 */
public record Standing(
    PolicyChain chain,
    List<RuleStore.Row> rows,
    @Nullable Instant frozenAt,
    @Nullable Instant thawAt,
    long step) {
  public Standing {
    rows = List.copyOf(rows);
  }

  Set<Integer> cancelled() {
    Set<Integer> cancelled = new HashSet<>();
    for (RuleStore.Row row : rows) {
      if (row.cancelledAt() != null) {
        cancelled.add(row.document().version());
      }
    }
    return cancelled;
  }

  /** The version that holds; 0 while none does. */
  public int inForce(Instant now) {
    return chain.inForce(now.getEpochSecond(), cancelled());
  }

  public Rules rules(Instant now) {
    return chain.rulesAt(now.getEpochSecond(), cancelled());
  }

  /** The looser version that waits; null when none does. */
  public @Nullable PolicyDocument waiting(Instant now) {
    return chain.waiting(now.getEpochSecond(), cancelled());
  }

  /** Whether everything is stopped. */
  public boolean frozen(Instant now) {
    return frozenAt != null && (thawAt == null || thawAt.isAfter(now));
  }
}
