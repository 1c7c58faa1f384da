package org.trefoil.server.spend;

import java.time.Instant;
import java.util.Collection;
import org.trefoil.core.Token;
import org.trefoil.server.wallets.WalletRecord;

/** Who tells people of sends that wait by a rule; inside the transaction that it is about. */
public interface HoldNews {
  /** A send waits for its time. */
  void held(WalletRecord wallet, SendRecord send, Instant until);

  /** One waits for the yes of some of these accounts, until then. */
  void asked(WalletRecord wallet, SendRecord send, Instant until, Collection<String> accounts);

  /** A member said yes or no to one. */
  void said(WalletRecord wallet, SendRecord send, String accountId, boolean yes);

  /** One that waited for a yes ended without. */
  void unheard(WalletRecord wallet, SendRecord send, Token why);
}
