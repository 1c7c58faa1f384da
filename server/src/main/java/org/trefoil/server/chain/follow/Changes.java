package org.trefoil.server.chain.follow;

import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Which transactions of which wallets a piece of work touched. */
public final class Changes {
  private final Map<String, Set<String>> byWallet = new TreeMap<>();

  public void add(String walletId, String txid) {
    byWallet.computeIfAbsent(walletId, id -> new TreeSet<>()).add(txid);
  }

  void addAll(Changes other) {
    other.byWallet.forEach((walletId, txids) -> txids.forEach(txid -> add(walletId, txid)));
  }

  void addAll(Collection<FoundTransaction> found) {
    found.forEach(tx -> tx.wallets().forEach(walletId -> add(walletId, tx.txid())));
  }

  Map<String, Set<String>> byWallet() {
    return Collections.unmodifiableMap(byWallet);
  }
}
