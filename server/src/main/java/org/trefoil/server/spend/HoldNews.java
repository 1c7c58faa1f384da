package org.trefoil.server.spend;

import java.time.Instant;
import org.trefoil.server.wallets.WalletRecord;

/** Who tells an owner that a send waits by a rule; inside the transaction that has it wait. */
public interface HoldNews {
  void held(WalletRecord wallet, SendRecord send, Instant until);
}
