package org.trefoil.server.sweep;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Where signed sweeps are kept until the chain has them for good. */
public interface SweepStore {
  /** Adds one that is due at once; false when the wallet has this transaction already. */
  boolean add(SweepRecord sweep);

  Optional<SweepRecord> find(String walletId, String txid);

  /** Those that are to be looked after by {@code now}, the oldest first. */
  List<SweepRecord> due(Instant now, int limit);

  /** The network has it; to be looked at again then. */
  void delivered(String sweepId, Instant next);

  /** It was handed over in vain; to be tried again then. */
  void tried(String sweepId, Instant next);

  /** Nothing is left to do for it. */
  void ended(String sweepId);

  /** Forgets one that nobody ever had. */
  void remove(String sweepId);
}
