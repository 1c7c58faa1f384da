package org.trefoil.server.chain.practice;

import java.util.HashSet;
import java.util.Set;
import org.bitcoinj.core.Transaction;
import org.bitcoinj.core.TransactionInput;
import org.bitcoinj.core.TransactionOutput;
import org.jspecify.annotations.Nullable;
import org.trefoil.core.coins.Outpoint;
import org.trefoil.core.units.Sats;
import org.trefoil.server.chain.script.Pushes;
import org.trefoil.server.chain.script.ScriptKind;

/**
 * What can be said of a transaction by itself: consensus form and relay standards, in a node's
 * words.
 */
final class TransactionRules {
  static final long MAX_WEIGHT = 400_000;
  private static final int MIN_BASE_SIZE = 65;
  private static final int MAX_SCRIPT_SIG = 1650;

  /** The dust relay rate is 3 sat/vB; below it an output costs more to spend than it holds. */
  private static final long DUST_RATE = 3;

  private TransactionRules() {}

  /** Why it is refused, or null. */
  static @Nullable String refuse(Transaction tx) {
    if (tx.getInputs().isEmpty()) {
      return "bad-txns-vin-empty";
    }
    if (tx.getOutputs().isEmpty()) {
      return "bad-txns-vout-empty";
    }
    if (tx.isCoinBase()) {
      return "coinbase";
    }
    if (tx.getVersion() < 1 || tx.getVersion() > 2) {
      return "version";
    }
    if (weight(tx) > MAX_WEIGHT) {
      return "tx-size";
    }
    String inputs = inputs(tx);
    String outputs = inputs != null ? inputs : outputs(tx);
    return outputs == null && baseSize(tx) < MIN_BASE_SIZE ? "tx-size-small" : outputs;
  }

  private static @Nullable String inputs(Transaction tx) {
    Set<Outpoint> seen = new HashSet<>();
    for (TransactionInput input : tx.getInputs()) {
      if (input.isCoinBase()) {
        return "bad-txns-prevout-null";
      }
      if (!seen.add(Outpoints.spentBy(input))) {
        return "bad-txns-inputs-duplicate";
      }
      byte[] script = input.getScriptBytes();
      if (script.length > MAX_SCRIPT_SIG) {
        return "scriptsig-size";
      }
      if (!Pushes.onlyPushes(script, 0)) {
        return "scriptsig-not-pushonly";
      }
    }
    return null;
  }

  private static @Nullable String outputs(Transaction tx) {
    long total = 0;
    int data = 0;
    for (TransactionOutput output : tx.getOutputs()) {
      long value = output.getValue().value;
      if (value < 0) {
        return "bad-txns-vout-negative";
      }
      if (value > Sats.MAX) {
        return "bad-txns-vout-toolarge";
      }
      total += value;
      if (total > Sats.MAX) {
        return "bad-txns-txouttotal-toolarge";
      }
      ScriptKind kind = ScriptKind.of(output.getScriptBytes());
      if (kind == ScriptKind.OTHER) {
        return "scriptpubkey";
      }
      if (kind == ScriptKind.NULL_DATA) {
        if (++data > 1) {
          return "multi-op-return";
        }
        if (value > 0) {
          return "Unspendable output exceeds maximum configured by user (maxburnamount)";
        }
      } else if (value < dust(kind, output.getScriptBytes().length)) {
        return "dust";
      }
    }
    return null;
  }

  /** Least value of an output: three times its size and that of the input which spends it. */
  static long dust(ScriptKind kind, int scriptLength) {
    int output = 8 + 1 + scriptLength;
    int input = kind.segwit() ? 32 + 4 + 1 + 107 / 4 + 4 : 32 + 4 + 1 + 107 + 4;
    return DUST_RATE * (output + input);
  }

  static int baseSize(Transaction tx) {
    return tx.serialize().length - witnessSize(tx);
  }

  /** Three times the size without witnesses, plus the size with them (BIP-0141). */
  static long weight(Transaction tx) {
    int whole = tx.serialize().length;
    return 3L * (whole - witnessSize(tx)) + whole;
  }

  private static int witnessSize(Transaction tx) {
    if (!tx.hasWitnesses()) {
      return 0;
    }
    int size = 2; // marker and flag
    for (TransactionInput input : tx.getInputs()) {
      size += input.getWitness().messageSize();
    }
    return size;
  }
}
