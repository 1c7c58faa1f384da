package org.trefoil.server.chain.practice;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.bitcoinj.base.Coin;
import org.bitcoinj.base.Sha256Hash;
import org.bitcoinj.core.Block;
import org.bitcoinj.core.Transaction;
import org.bitcoinj.core.TransactionInput;
import org.bitcoinj.core.TransactionOutput;
import org.bitcoinj.core.TransactionWitness;
import org.trefoil.server.chain.Tip;

/**
 * Makes real regtest blocks: height in the coinbase (BIP-0034), witness commitment (BIP-0141),
 * work.
 */
final class BlockMaker {
  private static final long VERSION = 0x20000000L;
  private static final long EASIEST = 0x207fffffL;
  private static final BigInteger TARGET = BigInteger.valueOf(0x7fffff).shiftLeft(8 * (0x20 - 3));
  private static final long SUBSIDY = 5_000_000_000L;
  private static final int HALVING = 150;
  private static final byte[] COMMITMENT_HEADER = {
    0x6a, 0x24, (byte) 0xaa, 0x21, (byte) 0xa9, (byte) 0xed
  };

  private BlockMaker() {}

  /**
   * A solved block on top of {@code previous}.
   *
   * @param payTo script that the subsidy and all fees are paid to
   * @param salt makes two blocks at the same place and second differ
   */
  static Block make(Tip previous, long time, byte[] payTo, long salt, List<PooledTransaction> in) {
    int height = previous.height() + 1;
    long fees = in.stream().mapToLong(PooledTransaction::fee).sum();
    List<Sha256Hash> witnessIds = new ArrayList<>(List.of(Sha256Hash.ZERO_HASH));
    in.forEach(entry -> witnessIds.add(entry.transaction().getWTxId()));
    List<Transaction> all = new ArrayList<>();
    all.add(coinbase(height, subsidy(height) + fees, payTo, salt, merkleRoot(witnessIds)));
    in.forEach(entry -> all.add(entry.transaction()));
    Sha256Hash root = merkleRoot(all.stream().map(Transaction::getTxId).toList());
    Sha256Hash parent = Sha256Hash.wrap(previous.hash());
    Instant when = Instant.ofEpochSecond(time);
    for (long nonce = 0; ; nonce++) { // every second one will do
      Block block = new Block(VERSION, parent, root, when, EASIEST, nonce, all);
      if (block.getHash().toBigInteger().compareTo(TARGET) <= 0) {
        return block;
      }
    }
  }

  /** 50 bitcoins, halved every 150 blocks. */
  static long subsidy(int height) {
    int halvings = height / HALVING;
    return halvings >= 64 ? 0 : SUBSIDY >> halvings;
  }

  private static Transaction coinbase(
      int height, long value, byte[] payTo, long salt, Sha256Hash witnessRoot) {
    byte[] reserved = new byte[32];
    Transaction tx = new Transaction();
    tx.setVersion(2);
    TransactionInput input = TransactionInput.coinbaseInput(tx, coinbaseScript(height, salt));
    tx.addInput(input.withWitness(TransactionWitness.of(reserved)));
    tx.addOutput(new TransactionOutput(tx, Coin.valueOf(value), payTo));
    byte[] commitment = Sha256Hash.hashTwice(witnessRoot.serialize(), reserved);
    byte[] script = new byte[38];
    System.arraycopy(COMMITMENT_HEADER, 0, script, 0, 6);
    System.arraycopy(commitment, 0, script, 6, 32);
    tx.addOutput(new TransactionOutput(tx, Coin.ZERO, script));
    return tx;
  }

  /** The height as scripts write numbers, then eight bytes of salt. */
  private static byte[] coinbaseScript(int height, long salt) {
    ByteBuffer script = ByteBuffer.allocate(16);
    if (height <= 16) {
      script.put((byte) (0x50 + height));
    } else {
      byte[] number = BigInteger.valueOf(height).toByteArray();
      script.put((byte) number.length);
      for (int i = number.length - 1; i >= 0; i--) {
        script.put(number[i]);
      }
    }
    script.put((byte) 8).putLong(salt);
    byte[] written = new byte[script.position()];
    script.flip().get(written);
    return written;
  }

  /** Pairs hashed together until one is left; an odd one is paired with itself. */
  private static Sha256Hash merkleRoot(List<Sha256Hash> leaves) {
    List<Sha256Hash> level = leaves;
    while (level.size() > 1) {
      List<Sha256Hash> above = new ArrayList<>();
      for (int i = 0; i < level.size(); i += 2) {
        Sha256Hash right = level.get(Math.min(i + 1, level.size() - 1));
        byte[] both = Sha256Hash.hashTwice(level.get(i).serialize(), right.serialize());
        above.add(Sha256Hash.wrapReversed(both));
      }
      level = above;
    }
    return level.get(0);
  }
}
