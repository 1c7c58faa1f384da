package org.trefoil.server.secondfactor;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Hears, inside the transaction that does it, what became of recovery codes. */
public interface FactorNews {
  void recoveryUsed(String accountId, int left);

  /**
   * Recovery codes were made anew.
   *
   * @param from when they confirm sends and changes; null for at once
   */
  void recoveryRenewed(String accountId, @Nullable Instant from);
}
