package org.trefoil.server.regain;

import java.time.Instant;
import java.util.Optional;

/** Where addresses wait for their confirmation, one an account. */
public interface EmailChangeStore {
  /** A change that waits. */
  record Entry(
      String accountId, String changeId, String email, byte[] tokenHash, Instant expiresAt) {
    public Entry {
      tokenHash = tokenHash.clone();
    }

    @Override
    public byte[] tokenHash() {
      return tokenHash.clone();
    }

    @Override
    public String toString() {
      return "EmailChangeStore.Entry[" + changeId + "]";
    }
  }

  /** Puts it in the place of the account's earlier one. */
  void put(Entry change);

  Optional<Entry> byToken(byte[] tokenHash);

  Optional<Entry> find(String changeId);

  Optional<Entry> ofAccount(String accountId);

  /** Ends it, once: of all that try one gets it. */
  boolean end(String changeId);

  int sweep(Instant expiredBefore);
}
