package org.trefoil.server.rules;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.trefoil.core.wire.Rules;
import org.trefoil.server.wallets.WalletRecord;

/** Who tells an owner what became of a wallet's rules; inside the transaction that did it. */
public interface RuleNews {
  /** New rules hold. */
  void changed(WalletRecord wallet, List<String> added, List<String> removed);

  /** Looser rules wait; {@code link} cancels them. */
  void waits(
      WalletRecord wallet, List<String> added, List<String> removed, Instant from, String link);

  /** The address book has entries for the first time; {@code from}: null where they hold now. */
  void firstEntries(WalletRecord wallet, List<Rules.BookEntry> entries, @Nullable Instant from);

  /** Looser rules, or a thaw, were cancelled for good. */
  void cancelled(WalletRecord wallet);

  void frozen(WalletRecord wallet);

  /**
   * The stop ends then; {@code link} keeps it.
   *
   * @param there when it ends for whoever has the keys, where that is sooner; else null
   */
  void thaws(WalletRecord wallet, Instant from, @Nullable Instant there, String link);
}
