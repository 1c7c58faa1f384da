package org.trefoil.server.chain.follow;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.trefoil.core.coins.Outpoint;

/**
 * A transaction that concerns at least one wallet.
 *
 * @param place its number in the block, 0 in the mempool
 * @param inputs how many it has, ours and others'
 */
public record FoundTransaction(
    String txid,
    byte[] raw,
    int place,
    boolean coinbase,
    int inputs,
    List<Credit> credits,
    List<Debit> debits) {

  /** An output that pays the address at {@code branch/index} of a wallet. */
  public record Credit(String walletId, int vout, int branch, int index, long amount) {}

  /** An input that spends a wallet's coin. */
  public record Debit(String walletId, Outpoint outpoint, long amount) {}

  public FoundTransaction {
    credits = List.copyOf(credits);
    debits = List.copyOf(debits);
  }

  /** The wallets it concerns. */
  public Set<String> wallets() {
    Set<String> wallets = new TreeSet<>();
    credits.forEach(credit -> wallets.add(credit.walletId()));
    debits.forEach(debit -> wallets.add(debit.walletId()));
    return wallets;
  }
}
