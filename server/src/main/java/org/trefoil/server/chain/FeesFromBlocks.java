package org.trefoil.server.chain;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.bitcoinj.core.NetworkParameters;
import org.bitcoinj.core.Transaction;
import org.trefoil.core.units.Network;
import org.trefoil.core.wire.Fees;

/**
 * Fee rates from what whole blocks prove: what a coinbase takes beyond the subsidy is what its
 * block paid, and that over the block's size is what it paid on average. A block with room left
 * shows that the least is enough. What single strangers paid cannot be seen, as their coins are not
 * known.
 *
 * <p>Averages are above what the last one in paid, so this errs to the dear and quick side. From
 * block to block a rate at most doubles or halves, so that a single strange block moves little.
 */
public final class FeesFromBlocks {
  /** So many of the last blocks count. */
  public static final int LOOKED_AT = 12;

  private static final int ENOUGH = 3;

  /** A block of nine tenths of the most weight counts as full. */
  private static final long FULL = 3_600_000;

  private static final long FEW_VBYTES = 4;

  private final int halving;
  private final Fees guess;
  private final Deque<Long> rates = new ArrayDeque<>();
  private int lastHeight;
  private Fees last;

  /** Starts from a guess, which stands until a few blocks were seen. */
  public FeesFromBlocks(Network network, Fees guess) {
    this.halving = NetworkParameters.of(network.bitcoinj()).getSubsidyDecreaseBlockCount();
    this.guess = guess;
    this.last = guess;
  }

  /** Takes a block of the tip; one at or below the last is not counted again. */
  public synchronized void mined(int height, List<Transaction> transactions) {
    if (height <= lastHeight) {
      return;
    }
    lastHeight = height;
    long weight = 0;
    for (Transaction tx : transactions.subList(1, transactions.size())) {
      weight += tx.getWeight();
    }
    mined(height, transactions.get(0).getOutputSum().value, weight);
  }

  /** The same by its figures: what its coinbase pays, and the weight of all others. */
  public synchronized void mined(int height, long coinbase, long weight) {
    int halvings = height / halving;
    long subsidy = halvings > 63 ? 0 : 5_000_000_000L >> halvings;
    long paid = Math.max(0, coinbase - subsidy);
    long rate = weight < FULL ? guess.floor() : paid * 1_000 * FEW_VBYTES / weight;
    rates.addLast(rate);
    if (rates.size() > LOOKED_AT) {
      rates.removeFirst();
    }
    if (rates.size() >= ENOUGH) {
      long[] sorted = rates.stream().mapToLong(Long::longValue).sorted().toArray();
      long slow = near(sorted[sorted.length / 4], last.slow());
      long normal = near(sorted[sorted.length / 2], last.normal());
      long fast = near(sorted[sorted.length * 9 / 10], last.fast());
      last = new Fees(slow, Math.max(slow, normal), Math.max(slow, fast), 0, 0);
    }
  }

  /** At least {@code relayed}, which is what peers let through, within bounds. */
  public synchronized Fees now(long relayed) {
    long floor = Math.min(guess.ceiling() / 20, Math.max(guess.floor(), relayed));
    long slow = within(floor, last.slow());
    long normal = within(slow, last.normal());
    return new Fees(slow, normal, within(normal, last.fast()), floor, guess.ceiling());
  }

  private long within(long least, long rate) {
    return Math.min(guess.ceiling(), Math.max(least, rate));
  }

  private long near(long rate, long before) {
    return Math.max(before / 2, Math.min(before * 2, within(guess.floor(), rate)));
  }
}
