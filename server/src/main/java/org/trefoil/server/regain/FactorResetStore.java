package org.trefoil.server.regain;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.trefoil.server.keyfile.Sealed;

/** Where replacements of lost second factors are kept, one an account. */
public interface FactorResetStore {
  /**
   * A replacement under way.
   *
   * @param readyAt when its wait ends
   * @param nextMailAt when its owner is told of it again
   * @param tokenHash null while it waits
   * @param expiresAt null while it waits
   * @param secret the new app's, sealed for the account
   */
  record Entry(
      String accountId,
      String resetId,
      Instant startedAt,
      Instant readyAt,
      Instant nextMailAt,
      byte @Nullable [] tokenHash,
      @Nullable Instant expiresAt,
      Sealed secret) {
    boolean ready() {
      return tokenHash != null;
    }

    @Override
    public String toString() {
      return "FactorResetStore.Entry[" + resetId + "]";
    }
  }

  /** Adds one; false when the account has one. */
  boolean add(Entry reset);

  Optional<Entry> ofAccount(String accountId);

  Optional<Entry> find(String resetId);

  /** Those whose wait is over, who are to be told again, or whose link expired. */
  List<Entry> due(Instant now, int limit);

  /** Ends the wait, once: of all that try one gets it. */
  boolean ready(String resetId, byte[] tokenHash, Instant expiresAt);

  /** Moves the time of the next mail, if it is still {@code old}. */
  boolean nextMail(String resetId, Instant old, Instant next);

  /** Ends it, once: whoever cancels it or carries it out, one of them gets it. */
  boolean end(String resetId);
}
