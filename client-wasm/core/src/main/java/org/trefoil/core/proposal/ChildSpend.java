package org.trefoil.core.proposal;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.trefoil.core.Refusal;
import org.trefoil.core.Token;
import org.trefoil.core.coins.Coin;
import org.trefoil.core.coins.SpendSize;
import org.trefoil.core.keys.Cosigners;
import org.trefoil.core.units.FeeRate;
import org.trefoil.core.units.Sats;

/**
 * A spend that pulls a waiting payment along: it spends what that payment gives us, pays nobody but
 * ourselves, and costs so much that miners who want its fee must take both (child pays for parent).
 *
 * @param fee what the payment and its waiting ancestors pay, as far as is known
 * @param vsize their virtual bytes
 */
public record ChildSpend(Sats fee, long vsize) {
  /** More than any family that nodes keep waiting together. */
  private static final long MOST_VSIZE = 1_000_000;

  private static final long MOST_FEE = 10_000_000_000L;

  public ChildSpend {
    if (vsize <= 0 || vsize > MOST_VSIZE || fee.value() > MOST_FEE) {
      throw Refusal.of(Token.WRONG_VALUE, "field", "vsize").exception();
    }
  }

  /** Builds the child that lifts the whole package to a rate. */
  public Proposal build(
      OwnScripts own,
      List<Coin> coins,
      FeeRate rate,
      int changeIndex,
      int lockTime,
      Map<String, byte[]> previous) {
    byte[] script = own.scriptPubKey(Cosigners.CHANGE, changeIndex);
    List<Coin> sorted = new ArrayList<>(coins);
    sorted.sort((a, b) -> a.outpoint().compareTo(b.outpoint()));
    long size = SpendSize.vbytes(own.cosigners(), sorted.size(), List.of(script));
    return ToSelf.build(own, sorted, childRate(rate, size), changeIndex, lockTime, previous);
  }

  /** What a child of this size pays for each of its own bytes, to lift the package to a rate. */
  FeeRate childRate(FeeRate rate, long childVsize) {
    long alone = rate.feeFor(childVsize).value();
    long together = rate.feeFor(childVsize + vsize).value() - fee.value();
    return ToSelf.rate(new Sats(Math.max(alone, together)), childVsize);
  }

  /** Satoshis for 1,000 virtual bytes of the package with this child, rounded down. */
  public FeeRate packageRate(CheckedSpend child) {
    long total = child.fee().plus(fee).value();
    return new FeeRate(Math.multiplyExact(total, 1000L) / (child.vsize() + vsize));
  }

  /**
   * Holds a checked spend against what a child may do. Refuses {@code replacement-other-coins}
   * unless every coin is an unconfirmed one of that payment, {@code replacement-other-recipients}
   * unless all comes back to us, {@code replacement-fee-too-low} {fee, least} unless it lifts the
   * rate.
   *
   * @param payment the id of the payment that waits
   */
  public void check(CheckedSpend child, String payment, int changeIndex) {
    for (Coin coin : child.inputs()) {
      if (!coin.outpoint().txid().equals(payment) || coin.confirmations() > 0) {
        throw Refusal.of(Token.REPLACEMENT_OTHER_COINS).exception();
      }
    }
    if (!child.comesBack(changeIndex)) {
      throw Refusal.of(Token.REPLACEMENT_OTHER_RECIPIENTS).exception();
    }
    long least = Math.multiplyExact(fee.value(), child.vsize()) / vsize + 1;
    if (child.fee().value() < least) {
      throw Refusal.of(
              Token.REPLACEMENT_FEE_TOO_LOW,
              "fee",
              child.fee().display(),
              "least",
              new Sats(least).display())
          .exception();
    }
  }
}
