package org.trefoil.server.passkey;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Hears, inside the transaction that does it, what became of an account's passkeys. */
public interface PasskeyNews {
  /**
   * One was added.
   *
   * @param from when it confirms sends; null for at once
   */
  void passkeyAdded(Passkey passkey, @Nullable Instant from);

  /** From now on it signs in without the password. */
  void passkeySignsIn(Passkey passkey);

  void passkeyRemoved(Passkey passkey);
}
