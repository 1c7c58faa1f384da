package org.trefoil.server.chain.practice;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.Stream;
import org.bitcoinj.base.Coin;
import org.bitcoinj.base.Sha256Hash;
import org.bitcoinj.core.Transaction;
import org.bitcoinj.core.TransactionInput;
import org.bitcoinj.core.TransactionOutPoint;
import org.bitcoinj.core.TransactionOutput;
import org.bitcoinj.core.TransactionWitness;
import org.jspecify.annotations.Nullable;
import org.trefoil.core.coins.Outpoint;
import org.trefoil.core.keys.Scripts;
import org.trefoil.server.chain.script.InputCheck;

/**
 * Gives away practice coins. Its coins pay to the witness script {@code OP_TRUE}, which anybody may
 * spend: so there is no key to keep, and nothing to steal.
 */
final class Faucet {
  /** The output script of all its coins. */
  static final byte[] SCRIPT = Scripts.witness(InputCheck.OPEN);

  private static final long FEE = 1_000;
  private static final int LONGEST_CHAIN = 20;

  /** A coin of the faucet and the order in which it likes to spend: those in blocks first. */
  private record Candidate(Outpoint outpoint, long value, boolean waits) {}

  private Faucet() {}

  /**
   * A transaction that pays {@code value} to {@code script}, or null while no coin is large enough.
   */
  static @Nullable Transaction pay(Ledger ledger, Mempool mempool, byte[] script, long value) {
    long least = value + FEE + 1_000;
    Candidate coin =
        Stream.concat(confirmed(ledger, mempool), waiting(mempool))
            .filter(c -> c.value() >= least)
            .min(Comparator.comparing(Candidate::waits).thenComparing(Candidate::value))
            .orElse(null);
    if (coin == null) {
      return null;
    }
    Transaction tx = new Transaction();
    tx.setVersion(2);
    Outpoint from = coin.outpoint();
    TransactionOutPoint spent = new TransactionOutPoint(from.vout(), Sha256Hash.wrap(from.txid()));
    TransactionInput input = new TransactionInput(tx, new byte[0], spent, 0xfffffffdL);
    tx.addInput(input.withWitness(TransactionWitness.of(InputCheck.OPEN)));
    tx.addOutput(new TransactionOutput(tx, Coin.valueOf(value), script));
    tx.addOutput(new TransactionOutput(tx, Coin.valueOf(coin.value() - value - FEE), SCRIPT));
    return tx;
  }

  private static Stream<Candidate> confirmed(Ledger ledger, Mempool mempool) {
    int next = ledger.tip().height() + 1;
    return ledger.coins().entrySet().stream()
        .filter(e -> own(e.getValue().script()) && e.getValue().mature(next))
        .filter(e -> !mempool.spends(e.getKey()))
        .map(e -> new Candidate(e.getKey(), e.getValue().value(), false));
  }

  private static Stream<Candidate> waiting(Mempool mempool) {
    return mempool.all().stream()
        .filter(entry -> mempool.ancestors(entry.parents()).size() < LONGEST_CHAIN)
        .flatMap(
            entry ->
                entry.transaction().getOutputs().stream()
                    .filter(output -> own(output.getScriptBytes()))
                    .map(o -> candidate(entry.txid(), o)))
        .filter(c -> !mempool.spends(c.outpoint()));
  }

  private static Candidate candidate(String txid, TransactionOutput output) {
    return new Candidate(Outpoints.of(txid, output), output.getValue().value, true);
  }

  private static boolean own(byte[] script) {
    return Arrays.equals(script, SCRIPT);
  }
}
