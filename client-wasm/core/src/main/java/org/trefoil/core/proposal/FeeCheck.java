package org.trefoil.core.proposal;

import java.util.ArrayList;
import java.util.List;
import org.trefoil.core.Token;
import org.trefoil.core.coins.Coin;
import org.trefoil.core.coins.CoinSelector;
import org.trefoil.core.coins.SpendSize;
import org.trefoil.core.coins.TxOutput;
import org.trefoil.core.keys.Cosigners;
import org.trefoil.core.psbt.UnsignedTx;
import org.trefoil.core.units.FeeRate;
import org.trefoil.core.units.Sats;

/**
 * Holds a fee against what was asked for and against what any fee may be. With change it must be
 * what its rate comes to; without, it may hold besides what was not worth a change output.
 */
final class FeeCheck {
  private FeeCheck() {}

  /**
   * The fee. Refuses with {@code fee-too-low} or {@code fee-too-high}, both {fee, least or most}.
   */
  static Sats check(
      UnsignedTx tx,
      List<Coin> inputs,
      boolean change,
      Intent intent,
      OwnScripts own,
      FeeBounds bounds) {
    long fee = paid(tx, inputs);
    FeeRate rate = intent.feeRate();
    Cosigners cosigners = own.cosigners();
    long vbytes = vbytes(tx, cosigners);
    long least = rate.feeFor(vbytes).value();
    if (rate.compareTo(bounds.floor()) < 0) {
      throw FeeBounds.refusal(
          Token.FEE_TOO_LOW, fee, "least", bounds.floor().feeFor(vbytes).value());
    }
    if (rate.compareTo(bounds.ceiling()) > 0) {
      throw FeeBounds.refusal(
          Token.FEE_TOO_HIGH, fee, "most", bounds.ceiling().feeFor(vbytes).value());
    }
    if (fee < least) {
      throw FeeBounds.refusal(Token.FEE_TOO_LOW, fee, "least", least);
    }
    long most = least;
    if (!change && !intent.everything()) {
      most += CoinSelector.mostLeftToFee(cosigners, own.anyScript(), rate).value();
    }
    if (fee > most) {
      throw FeeBounds.refusal(Token.FEE_TOO_HIGH, fee, "most", most);
    }
    bounds.refuseAbove(fee, intent.total());
    return new Sats(fee);
  }

  /**
   * The fee of a transaction that somebody else made, with no rate that was asked for: only what
   * any fee may be counts. Refuses as {@link #check}.
   */
  static Sats found(
      UnsignedTx tx, List<Coin> inputs, Intent intent, Cosigners cosigners, FeeBounds bounds) {
    long fee = paid(tx, inputs);
    bounds.refuseOutside(fee, vbytes(tx, cosigners), intent.total());
    return new Sats(fee);
  }

  /** The rate, rounded down, that a transaction's fee comes to; none below zero. */
  static FeeRate rate(UnsignedTx tx, List<Coin> inputs, Cosigners cosigners) {
    long rate = Math.max(0, paid(tx, inputs)) * 1000 / vbytes(tx, cosigners);
    return new FeeRate(Math.min(FeeRate.MAX, rate));
  }

  /** What the inputs hold more than the outputs. */
  private static long paid(UnsignedTx tx, List<Coin> inputs) {
    long fee = 0;
    for (Coin coin : inputs) {
      fee = Math.addExact(fee, coin.value().value());
    }
    for (TxOutput output : tx.outputs()) {
      fee -= output.value().value();
    }
    return fee;
  }

  private static long vbytes(UnsignedTx tx, Cosigners cosigners) {
    List<byte[]> scripts = new ArrayList<>(tx.outputs().size());
    for (TxOutput output : tx.outputs()) {
      scripts.add(output.script());
    }
    return SpendSize.vbytes(cosigners, tx.inputCount(), scripts);
  }
}
