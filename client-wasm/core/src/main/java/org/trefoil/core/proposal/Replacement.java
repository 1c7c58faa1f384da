package org.trefoil.core.proposal;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.trefoil.core.Refusal;
import org.trefoil.core.RefusedException;
import org.trefoil.core.Token;
import org.trefoil.core.coins.Coin;
import org.trefoil.core.coins.CoinSelector;
import org.trefoil.core.coins.Outpoint;
import org.trefoil.core.coins.Selection;
import org.trefoil.core.units.FeeRate;
import org.trefoil.core.units.Sats;

/**
 * A checked spend that may take the place of one that waits (BIP-0125): it spends exactly the same
 * coins, pays exactly the same recipients the same amounts or nobody but ourselves, and pays enough
 * more for nodes to take it. There is no tolerance: only change may shrink or disappear.
 */
public final class Replacement {
  /** What a node asks for each virtual byte beyond what the old transaction paid. */
  private static final FeeRate INCREMENT = new FeeRate(1_000);

  private final CheckedSpend spend;
  private final boolean cancels;

  private Replacement(CheckedSpend spend, boolean cancels) {
    this.spend = spend;
    this.cancels = cancels;
  }

  /**
   * Holds a checked spend against the one that it is to replace. Refuses {@code
   * replacement-other-coins}, {@code replacement-other-recipients} or {@code
   * replacement-fee-too-low} {fee, least}.
   *
   * @param changeIndex the next unused number on the change branch
   */
  public static Replacement check(CheckedSpend spend, CheckedSpend original, int changeIndex) {
    if (!outpoints(spend).equals(outpoints(original))) {
      throw Refusal.of(Token.REPLACEMENT_OTHER_COINS).exception();
    }
    boolean cancels = spend.comesBack(changeIndex);
    if (!cancels && !paysTheSame(spend, original)) {
      throw Refusal.of(Token.REPLACEMENT_OTHER_RECIPIENTS).exception();
    }
    Sats least = leastFee(original, spend.vsize());
    if (spend.fee().compareTo(least) < 0) {
      throw Refusal.of(
              Token.REPLACEMENT_FEE_TOO_LOW, "fee", spend.fee().display(), "least", least.display())
          .exception();
    }
    return new Replacement(spend, cancels);
  }

  /**
   * Builds one that pays the same and costs more. Refuses {@code replacement-no-room} {fee, most}
   * when change cannot pay for it.
   */
  public static Proposal faster(
      OwnScripts own,
      CheckedSpend original,
      FeeRate rate,
      int lockTime,
      Map<String, byte[]> previous) {
    Intent intent = new Intent(original.recipients(), false, rate);
    Change change = original.change();
    Selection selection =
        CoinSelector.exactly(
            original.inputs(), Proposals.payments(intent), own.anyScript(), rate, own.cosigners());
    if (change == null || !(selection instanceof Selection.Selected selected)) {
      Sats most = change == null ? original.fee() : original.fee().plus(change.amount());
      throw noRoom(rate.feeFor(original.vsize()), most);
    }
    return Proposals.write(own, intent, selected, change.index(), lockTime, previous);
  }

  /** Builds one that pays everything back to ourselves; refuses {@code replacement-no-room}. */
  public static Proposal cancel(
      OwnScripts own,
      CheckedSpend original,
      FeeRate rate,
      int changeIndex,
      int lockTime,
      Map<String, byte[]> previous) {
    Change change = original.change();
    int index = change == null ? changeIndex : change.index();
    return ToSelf.build(own, original.inputs(), rate, index, lockTime, previous);
  }

  /**
   * The least fee for nodes to take a replacement of this size: more than the original paid, by
   * what relaying it costs, and at a higher rate. Signatures may be shorter than they were counted,
   * by less than a virtual byte an input, which makes the original's rate a little higher.
   */
  public static Sats leastFee(CheckedSpend original, long vsize) {
    long paid = original.fee().value();
    long least = original.vsize() - original.inputs().size();
    long byRate = Math.multiplyExact(paid, vsize) / least + 1;
    return new Sats(Math.max(paid + INCREMENT.feeFor(vsize).value(), byRate));
  }

  /** The least rate at which {@link #leastFee} is met at this size. */
  public static FeeRate leastRate(CheckedSpend original, long vsize) {
    return ToSelf.rate(leastFee(original, vsize), vsize);
  }

  public CheckedSpend spend() {
    return spend;
  }

  /** Whether it pays nobody but ourselves. */
  public boolean cancels() {
    return cancels;
  }

  static RefusedException noRoom(Sats fee, Sats most) {
    return Refusal.of(Token.REPLACEMENT_NO_ROOM, "fee", fee.display(), "most", most.display())
        .exception();
  }

  private static boolean paysTheSame(CheckedSpend spend, CheckedSpend original) {
    Change before = original.change();
    Change now = spend.change();
    List<Recipient> left = new ArrayList<>(original.recipients());
    for (Recipient recipient : spend.recipients()) {
      if (!left.remove(recipient)) {
        return false;
      }
    }
    return left.isEmpty() && (now == null || (before != null && now.index() == before.index()));
  }

  private static Set<Outpoint> outpoints(CheckedSpend spend) {
    Set<Outpoint> outpoints = new HashSet<>();
    for (Coin coin : spend.inputs()) {
      outpoints.add(coin.outpoint());
    }
    return outpoints;
  }
}
