package org.trefoil.server.wallets;

import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.trefoil.core.wire.WalletState;

/**
 * A wallet in use with the standing of its line: as old as the first wallet whose place it took,
 * for each was named by a key of the one before.
 *
 * @param since when the first wallet of the line came into use
 */
public record Line(WalletRecord wallet, Instant since) {
  /** The lines among all wallets of one account, the oldest first. */
  static List<Line> among(List<WalletRecord> all, Function<WalletRecord, Instant> inUseSince) {
    Map<String, WalletRecord> byId = new HashMap<>();
    all.forEach(wallet -> byId.put(wallet.walletId(), wallet));
    return all.stream()
        .filter(wallet -> wallet.state() == WalletState.ACTIVE)
        .map(wallet -> new Line(wallet, inUseSince.apply(first(byId, wallet))))
        .sorted(Comparator.comparing(Line::since))
        .toList();
  }

  private static WalletRecord first(Map<String, WalletRecord> byId, WalletRecord wallet) {
    WalletRecord at = wallet;
    while (at.replaces() != null && byId.containsKey(at.replaces())) {
      at = byId.get(at.replaces());
    }
    return at;
  }
}
