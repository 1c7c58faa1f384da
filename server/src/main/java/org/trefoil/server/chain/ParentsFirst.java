package org.trefoil.server.chain;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bitcoinj.base.Sha256Hash;
import org.bitcoinj.core.Transaction;
import org.bitcoinj.core.TransactionInput;

/** Puts transactions in an order in which each comes after those it spends. */
public final class ParentsFirst {
  private ParentsFirst() {}

  public static List<Transaction> sort(List<Transaction> transactions) {
    Map<Sha256Hash, Transaction> left = new LinkedHashMap<>();
    transactions.forEach(tx -> left.put(tx.getTxId(), tx));
    List<Transaction> sorted = new ArrayList<>();
    while (!left.isEmpty()) {
      List<Transaction> ready =
          left.values().stream()
              .filter(tx -> tx.getInputs().stream().noneMatch(input -> spendsOne(input, left)))
              .toList();
      sorted.addAll(ready);
      ready.forEach(tx -> left.remove(tx.getTxId()));
    }
    return sorted; // ends: a transaction names its parents by their hash, so no circle is possible
  }

  private static boolean spendsOne(TransactionInput input, Map<Sha256Hash, Transaction> of) {
    return of.containsKey(input.getOutpoint().hash());
  }
}
