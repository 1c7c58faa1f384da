package org.trefoil.server.http;

import org.jspecify.annotations.Nullable;

/** What the door asks about what a send was confirmed on. */
@FunctionalInterface
public interface Proofs {
  /**
   * The file by which anybody checks what passkeys confirmed of a send; null where none did.
   * Refuses {@code not-found} to whoever may not see the send.
   */
  @Nullable String file(String accountId, String walletId, String sendId);
}
