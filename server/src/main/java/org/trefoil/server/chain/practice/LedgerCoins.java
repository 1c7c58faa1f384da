package org.trefoil.server.chain.practice;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bitcoinj.core.Transaction;
import org.trefoil.core.coins.Outpoint;
import org.trefoil.core.units.Sats;
import org.trefoil.server.chain.CoinFinder;
import org.trefoil.server.chain.FoundOutput;

/** Finds coins of whomever on the practice chain. */
final class LedgerCoins implements CoinFinder {
  private final Ledger ledger;
  private final Object lock;

  /** Looks into the ledger while it holds the lock. */
  LedgerCoins(Ledger ledger, Object lock) {
    this.ledger = ledger;
    this.lock = lock;
  }

  @Override
  public List<FoundOutput> find(Collection<byte[]> scripts) {
    synchronized (lock) {
      List<FoundOutput> found = new ArrayList<>();
      ledger
          .coins()
          .forEach(
              (outpoint, coin) -> {
                if (scripts.stream().anyMatch(script -> Arrays.equals(script, coin.script()))) {
                  found.add(of(outpoint, coin));
                }
              });
      return found;
    }
  }

  private static FoundOutput of(Outpoint outpoint, Utxo coin) {
    return new FoundOutput(outpoint, new Sats(coin.value()), coin.height(), coin.coinbase());
  }

  @Override
  public int percent() {
    return 0;
  }

  @Override
  public Map<String, byte[]> makers(Collection<FoundOutput> outputs) {
    synchronized (lock) {
      Map<String, byte[]> makers = new HashMap<>();
      for (FoundOutput output : outputs) {
        for (Transaction tx : ledger.block(output.height()).getTransactions()) {
          if (tx.getTxId().toString().equals(output.outpoint().txid())) {
            makers.put(output.outpoint().txid(), tx.serialize());
          }
        }
      }
      return makers;
    }
  }

  @Override
  public Map<Outpoint, FoundOutput> unspent(Collection<Outpoint> outpoints) {
    synchronized (lock) {
      Map<Outpoint, FoundOutput> unspent = new HashMap<>();
      for (Outpoint outpoint : outpoints) {
        Utxo coin = ledger.coin(outpoint);
        if (coin != null) {
          unspent.put(outpoint, of(outpoint, coin));
        }
      }
      return unspent;
    }
  }
}
