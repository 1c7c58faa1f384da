package org.trefoil.server.wallets;

import java.time.Instant;
import java.util.List;

/** Where other ways into envelopes are kept. They go with their passkey by themselves. */
public interface OpeningStore {
  /**
   * A way into a wallet's envelope, by one passkey of its owner.
   *
   * @param salt what the passkey's PRF is asked for, 32 bytes
   * @param wrapped the text form of a {@code WrappedKey}
   */
  record Row(String walletId, String passkeyId, byte[] salt, String wrapped, Instant createdAt) {}

  /** Keeps one in the place of what that passkey had for that wallet. */
  void put(Row row);

  /** The wallet's, the first one first. */
  List<Row> list(String walletId);

  /** Removes one; false when it is not there. */
  boolean remove(String walletId, String passkeyId);

  /** Removes all of the wallet's. */
  void removeAll(String walletId);
}
