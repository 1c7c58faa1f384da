package org.trefoil.server.duress;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Where it is kept which sends were signed under the second passcode, and since when. */
public interface DuressStore {
  /** Notes of a new send that the user key signed under which passcode it was. */
  void note(String sendId, boolean quiet);

  /** Whether a send was signed under the second passcode; empty when nothing is noted of it. */
  Optional<Boolean> quiet(String sendId);

  /** Needs-factor or held to quiet; false when it is neither. */
  boolean keep(String sendId, Instant at);

  /** Has others wait who lock the wallet, until the running transaction ends. */
  void lock(String walletId);

  /** Begins; false when it stands already. */
  boolean begin(String walletId, Instant at);

  boolean stands(String walletId);

  /** Whether it ever began; where it did not, nothing of the wallet was ever kept. */
  boolean everBegun(String walletId);

  /** Ends what stands; false when nothing does. */
  boolean end(String walletId, Instant at);

  /**
   * Has the wallet's sends that the second passcode signed wait without end, their coins still
   * held, with the reason noted; those without their second factor are cancelled. What waits so
   * already, or is over, stays as it is.
   *
   * @return the ids of those that wait since now
   */
  List<String> wake(String walletId, String reason);

  /**
   * Whether a send that another account began under the second passcode is not over; those that
   * wait with that reason do not count.
   */
  boolean keptOfAnother(String walletId, String accountId, String reason);

  /** How many of the wallet's sends wait for that reason. */
  int waiting(String walletId, String reason);
}
