package org.trefoil.server.chain.practice;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bitcoinj.core.Block;
import org.bitcoinj.core.Transaction;
import org.bitcoinj.core.TransactionInput;
import org.bitcoinj.core.TransactionOutput;
import org.bitcoinj.params.RegTestParams;
import org.jspecify.annotations.Nullable;
import org.trefoil.core.coins.Outpoint;
import org.trefoil.server.chain.Tip;
import org.trefoil.server.chain.script.ScriptKind;

/**
 * The blocks of the practice chain and the coins they leave unspent; blocks come and go at the tip.
 */
final class Ledger {
  private static final int MEDIAN_OF = 11;

  /** A block and the coins it spent, so that it can be taken away again. */
  private record Placed(Tip tip, String previous, byte[] raw, Map<Outpoint, Utxo> spent) {}

  private final List<Placed> blocks = new ArrayList<>();
  private final Map<String, Integer> heights = new HashMap<>();
  private final Map<Outpoint, Utxo> coins = new LinkedHashMap<>();
  private final Map<String, Integer> transactions = new HashMap<>();

  Ledger() {
    Block genesis = RegTestParams.get().getGenesisBlock();
    place(
        genesis, new Placed(tipOf(genesis, 0), previousOf(genesis), genesis.serialize(), Map.of()));
  }

  Tip tip() {
    return blocks.get(blocks.size() - 1).tip();
  }

  @Nullable Tip at(int height) {
    return height >= 0 && height < blocks.size() ? blocks.get(height).tip() : null;
  }

  /** The block's height, or null when it is not on the chain. */
  @Nullable Integer heightOf(String hash) {
    return heights.get(hash);
  }

  Block block(int height) {
    return Block.read(ByteBuffer.wrap(blocks.get(height).raw()));
  }

  byte[] raw(int height) {
    return blocks.get(height).raw().clone();
  }

  @Nullable Utxo coin(Outpoint outpoint) {
    return coins.get(outpoint);
  }

  Map<Outpoint, Utxo> coins() {
    return coins;
  }

  /** Whether a block holds the transaction. */
  boolean holds(String txid) {
    return transactions.containsKey(txid);
  }

  /**
   * The median time of the last eleven blocks, epoch seconds: locks and new blocks are judged by
   * it.
   */
  long medianTime() {
    List<Placed> last = blocks.subList(Math.max(0, blocks.size() - MEDIAN_OF), blocks.size());
    long[] times = last.stream().mapToLong(b -> b.tip().time()).sorted().toArray();
    return times[times.length / 2];
  }

  /** Adds a block whose transactions have been judged. */
  void connect(Block block) {
    if (!previousOf(block).equals(tip().hash())) {
      throw new IllegalStateException("The practice chain's blocks do not follow each other");
    }
    int height = blocks.size();
    Map<Outpoint, Utxo> spent = new HashMap<>();
    for (Transaction tx : block.getTransactions()) {
      String txid = tx.getTxId().toString();
      if (!tx.isCoinBase()) {
        for (TransactionInput input : tx.getInputs()) {
          Outpoint outpoint = Outpoints.spentBy(input);
          Utxo coin = coins.remove(outpoint);
          if (coin == null) {
            throw new IllegalStateException("A practice block spends what is not there");
          }
          spent.put(outpoint, coin);
        }
      }
      for (TransactionOutput output : tx.getOutputs()) {
        byte[] script = output.getScriptBytes();
        if (ScriptKind.of(script) != ScriptKind.NULL_DATA) {
          Utxo coin = new Utxo(output.getValue().value, script, height, tx.isCoinBase());
          coins.put(Outpoints.of(txid, output), coin);
        }
      }
    }
    place(block, new Placed(tipOf(block, height), previousOf(block), block.serialize(), spent));
  }

  /** Takes the last block away and gives its transactions without the coinbase. */
  List<Transaction> disconnect() {
    if (blocks.size() == 1) {
      throw new IllegalStateException("Nobody takes away genesis");
    }
    Placed last = blocks.remove(blocks.size() - 1);
    heights.remove(last.tip().hash());
    List<Transaction> all = Block.read(ByteBuffer.wrap(last.raw())).getTransactions();
    for (Transaction tx : all) {
      String txid = tx.getTxId().toString();
      transactions.remove(txid);
      for (TransactionOutput output : tx.getOutputs()) {
        coins.remove(Outpoints.of(txid, output));
      }
    }
    for (Map.Entry<Outpoint, Utxo> spent : last.spent().entrySet()) {
      if (spent.getValue().height() <= last.tip().height() - 1) {
        coins.put(spent.getKey(), spent.getValue());
      }
    }
    return all.subList(1, all.size());
  }

  private void place(Block block, Placed placed) {
    blocks.add(placed);
    heights.put(placed.tip().hash(), placed.tip().height());
    for (Transaction tx : block.getTransactions()) {
      transactions.put(tx.getTxId().toString(), placed.tip().height());
    }
  }

  private static String previousOf(Block block) {
    return block.getPrevBlockHash().toString();
  }

  private static Tip tipOf(Block block, int height) {
    return new Tip(height, block.getHashAsString(), block.time().getEpochSecond());
  }
}
