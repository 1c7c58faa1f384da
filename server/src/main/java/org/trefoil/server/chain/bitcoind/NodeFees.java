package org.trefoil.server.chain.bitcoind;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.trefoil.core.proposal.FeeBounds;
import org.trefoil.core.units.Network;
import org.trefoil.core.wire.Fees;
import org.trefoil.server.chain.FeesFromBlocks;

/**
 * Fee rates by the node's own estimates, within sane bounds: never below what it relays, slow at
 * most normal at most fast. A node that cannot estimate (it started not long ago, or keeps no
 * mempool) tells what its last blocks paid instead, and for the soonest blocks no less than the
 * average of what waits, once that is more than a block; on regtest, where blocks hold next to
 * nothing, rates are fixed then.
 */
final class NodeFees {
  private static final long SECONDS_KEPT = 15;
  private static final long CEILING = FeeBounds.CEILING;
  private static final Fees GUESS = new Fees(2_000, 10_000, 25_000, 1_000, CEILING);
  private static final Fees GUESS_ON_REGTEST = new Fees(1_000, 2_000, 5_000, 1_000, CEILING);
  private static final BigDecimal BLOCK_VBYTES = new BigDecimal(1_000_000);
  private static final BigDecimal SATS_PER_BTC = new BigDecimal(100_000_000);

  private final NodeRpc rpc;
  private final Network network;
  private final Fees guess;
  private final FeesFromBlocks blocks;
  private int seen;
  private @Nullable Fees last;
  private long asked;

  NodeFees(NodeRpc rpc, Network network) {
    this.rpc = rpc;
    this.network = network;
    this.guess = network == Network.REGTEST ? GUESS_ON_REGTEST : GUESS;
    this.blocks = new FeesFromBlocks(network, guess);
  }

  synchronized Fees now() {
    long now = System.nanoTime() / 1_000_000_000;
    Fees known = last;
    if (known == null || now - asked >= SECONDS_KEPT) {
      known = ask();
      last = known;
      asked = now;
    }
    return known;
  }

  private Fees ask() {
    Map<?, ?> mempool = mempool();
    long relayed = relayed(mempool);
    long floor = Math.min(CEILING, Math.max(guess.floor(), relayed));
    Long day = estimate(144);
    Long hour = estimate(6);
    Long soon = estimate(2);
    Fees own = day == null || hour == null || soon == null ? own(relayed, waiting(mempool)) : guess;
    long slow = within(floor, day == null ? own.slow() : day);
    long normal = within(slow, hour == null ? own.normal() : hour);
    long fast = within(normal, soon == null ? own.fast() : soon);
    return new Fees(slow, normal, fast, floor, CEILING);
  }

  /** What the last blocks paid, and what waits pays, so far as the node tells. */
  private Fees own(long relayed, long waiting) {
    if (network == Network.REGTEST) {
      return guess;
    }
    lookAtBlocks();
    Fees paid = blocks.now(relayed);
    long fast = Math.max(paid.fast(), waiting);
    return new Fees(paid.slow(), paid.normal(), fast, paid.floor(), paid.ceiling());
  }

  private void lookAtBlocks() {
    try {
      if (rpc.call("getblockcount") instanceof BigDecimal count) {
        int tip = count.intValueExact();
        for (int at = Math.max(seen + 1, tip + 1 - FeesFromBlocks.LOOKED_AT); at <= tip; at++) {
          if (rpc.call("getblockstats", at) instanceof Map<?, ?> block
              && block.get("subsidy") instanceof BigDecimal subsidy
              && block.get("totalfee") instanceof BigDecimal paid
              && block.get("total_weight") instanceof BigDecimal weight) {
            blocks.mined(at, subsidy.add(paid).longValueExact(), weight.longValueExact());
          }
          seen = at;
        }
      }
    } catch (NodeRpc.Refused e) {
      return; // pruned, or too young
    }
  }

  private static long within(long least, long rate) {
    return Math.min(CEILING, Math.max(least, rate));
  }

  private Map<?, ?> mempool() {
    try {
      return rpc.call("getmempoolinfo") instanceof Map<?, ?> info ? info : Map.of();
    } catch (NodeRpc.Refused e) {
      return Map.of();
    }
  }

  private long relayed(Map<?, ?> mempool) {
    long minimum = rate(mempool.get("mempoolminfee"), guess.floor());
    return Math.max(minimum, rate(mempool.get("minrelaytxfee"), guess.floor()));
  }

  /** What the mempool pays on average once it is more than one block, else 0. */
  private static long waiting(Map<?, ?> mempool) {
    if (!(mempool.get("total_fee") instanceof BigDecimal btc)
        || !(mempool.get("bytes") instanceof BigDecimal vbytes)
        || vbytes.compareTo(BLOCK_VBYTES) <= 0) {
      return 0;
    }
    BigDecimal kvbytes = vbytes.movePointLeft(3);
    return rate(btc.divide(kvbytes, 8, RoundingMode.CEILING), 0);
  }

  private @Nullable Long estimate(int blocks) {
    try {
      if (rpc.call("estimatesmartfee", blocks) instanceof Map<?, ?> answer) {
        long rate = rate(answer.get("feerate"), 0);
        return rate == 0 ? null : rate;
      }
    } catch (NodeRpc.Refused e) {
      return null;
    }
    return null;
  }

  /** BTC per 1,000 virtual bytes as satoshis, rounded up. */
  private static long rate(@Nullable Object btc, long otherwise) {
    if (!(btc instanceof BigDecimal amount)
        || amount.signum() <= 0
        || amount.compareTo(BigDecimal.ONE) > 0) {
      return otherwise;
    }
    return amount.multiply(SATS_PER_BTC).setScale(0, RoundingMode.CEILING).longValueExact();
  }
}
