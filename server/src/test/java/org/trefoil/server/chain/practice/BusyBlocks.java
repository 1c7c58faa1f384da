package org.trefoil.server.chain.practice;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.bitcoinj.base.Coin;
import org.bitcoinj.base.Sha256Hash;
import org.bitcoinj.core.Block;
import org.bitcoinj.core.Transaction;
import org.bitcoinj.core.TransactionInput;
import org.bitcoinj.core.TransactionOutPoint;
import org.bitcoinj.core.TransactionOutput;
import org.bitcoinj.core.TransactionWitness;
import org.trefoil.core.keys.Scripts;
import org.trefoil.server.chain.Tip;

/**
 * Regtest blocks full of transactions that a node takes: each carries a coin on that anybody may
 * spend, with a witness as long as a signature and a key, and pays a script.
 */
public final class BusyBlocks {
  private static final byte[] OPEN = {0x6d, 0x51}; // OP_2DROP OP_1
  private static final long COIN = 1_000_000;
  private static final long PAID = 1_000;
  private static final int MATURE = 101;

  private final int transactions;
  private Tip tip;
  private List<Sha256Hash> open = List.of();

  /** Whether the coins that are open are outputs of one transaction still. */
  private boolean shared;

  /**
   * @param genesis where the node's chain begins
   */
  public BusyBlocks(Tip genesis, int transactions) {
    this.tip = genesis;
    this.transactions = transactions;
  }

  /** Blocks that come first: coins to mature, and one that is shared out. */
  public List<byte[]> before() {
    List<byte[]> blocks = new ArrayList<>();
    Sha256Hash first = Sha256Hash.ZERO_HASH;
    for (int i = 0; i < MATURE; i++) {
      Block block = add(List.of());
      first = i == 0 ? block.getTransactions().get(0).getTxId() : first;
      blocks.add(block.serialize());
    }
    Transaction shares = new Transaction();
    shares.setVersion(2);
    shares.addInput(input(shares, first, 0));
    for (int i = 0; i < transactions; i++) {
      output(shares, COIN, Scripts.witness(OPEN));
    }
    blocks.add(add(List.of(pooled(shares))).serialize());
    open = new ArrayList<>();
    for (int i = 0; i < transactions; i++) {
      open.add(shares.getTxId());
    }
    shared = true;
    return blocks;
  }

  /** The next block; each of its transactions pays one of so many scripts. */
  public byte[] next(List<byte[]> scripts) {
    List<PooledTransaction> all = new ArrayList<>();
    List<Sha256Hash> carried = new ArrayList<>();
    for (int i = 0; i < transactions; i++) {
      Transaction tx = new Transaction();
      tx.setVersion(2);
      tx.addInput(input(tx, open.get(i), shared ? i : 0));
      long left = COIN - PAID * (tip.height() - MATURE);
      output(tx, left, Scripts.witness(OPEN));
      output(tx, PAID, scripts.get(i));
      all.add(pooled(tx));
      carried.add(tx.getTxId());
    }
    open = carried;
    shared = false;
    return add(all).serialize();
  }

  private Block add(List<PooledTransaction> in) {
    int height = tip.height() + 1;
    long time = tip.time() + 1;
    Block block = BlockMaker.make(tip, time, Scripts.witness(OPEN), height, in);
    tip = new Tip(height, block.getHashAsString(), time);
    return block;
  }

  private static PooledTransaction pooled(Transaction tx) {
    return new PooledTransaction(tx.getTxId().toString(), tx, new byte[0], 0, 0, Set.of());
  }

  private static TransactionInput input(Transaction tx, Sha256Hash hash, int vout) {
    TransactionOutPoint outpoint = new TransactionOutPoint(vout, hash);
    return new TransactionInput(tx, new byte[0], outpoint, 0xfffffffdL)
        .withWitness(TransactionWitness.of(new byte[71], new byte[33], OPEN));
  }

  private static void output(Transaction tx, long amount, byte[] script) {
    tx.addOutput(new TransactionOutput(tx, Coin.valueOf(amount), script));
  }
}
