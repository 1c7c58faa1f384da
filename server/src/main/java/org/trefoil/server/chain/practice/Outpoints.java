package org.trefoil.server.chain.practice;

import org.bitcoinj.core.TransactionInput;
import org.bitcoinj.core.TransactionOutput;
import org.trefoil.core.coins.Outpoint;

/** Outpoints of bitcoinj's inputs and outputs in our own type. */
final class Outpoints {
  private Outpoints() {}

  static Outpoint spentBy(TransactionInput input) {
    long vout = Math.min(input.getOutpoint().index(), Integer.MAX_VALUE);
    return new Outpoint(input.getOutpoint().hash().toString(), (int) vout);
  }

  static Outpoint of(String txid, TransactionOutput output) {
    return new Outpoint(txid, output.getIndex());
  }
}
