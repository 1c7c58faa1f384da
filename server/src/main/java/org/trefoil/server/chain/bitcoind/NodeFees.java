package org.trefoil.server.chain.bitcoind;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.trefoil.core.proposal.FeeBounds;
import org.trefoil.core.units.Network;
import org.trefoil.core.wire.Fees;

/**
 * Fee rates by the node's own estimates, within sane bounds: never below what it relays, slow at
 * most normal at most fast. A node that cannot estimate yet gives fixed rates.
 */
final class NodeFees {
  private static final long SECONDS_KEPT = 15;
  private static final long CEILING = FeeBounds.CEILING;
  private static final Fees GUESS = new Fees(2_000, 10_000, 25_000, 1_000, CEILING);
  private static final Fees GUESS_ON_REGTEST = new Fees(1_000, 2_000, 5_000, 1_000, CEILING);
  private static final BigDecimal SATS_PER_BTC = new BigDecimal(100_000_000);

  private final NodeRpc rpc;
  private final Fees guess;
  private @Nullable Fees last;
  private long asked;

  NodeFees(NodeRpc rpc, Network network) {
    this.rpc = rpc;
    this.guess = network == Network.REGTEST ? GUESS_ON_REGTEST : GUESS;
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
    long floor = Math.min(CEILING, Math.max(guess.floor(), relayed()));
    long slow = within(floor, estimate(144, guess.slow()));
    long normal = within(slow, estimate(6, guess.normal()));
    long fast = within(normal, estimate(2, guess.fast()));
    return new Fees(slow, normal, fast, floor, CEILING);
  }

  private static long within(long least, long rate) {
    return Math.min(CEILING, Math.max(least, rate));
  }

  private long relayed() {
    try {
      if (rpc.call("getmempoolinfo") instanceof Map<?, ?> info) {
        long minimum = rate(info.get("mempoolminfee"), guess.floor());
        return Math.max(minimum, rate(info.get("minrelaytxfee"), guess.floor()));
      }
    } catch (NodeRpc.Refused e) {
      return guess.floor();
    }
    return guess.floor();
  }

  private long estimate(int blocks, long otherwise) {
    try {
      if (rpc.call("estimatesmartfee", blocks) instanceof Map<?, ?> answer) {
        return rate(answer.get("feerate"), otherwise);
      }
    } catch (NodeRpc.Refused e) {
      return otherwise;
    }
    return otherwise;
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
