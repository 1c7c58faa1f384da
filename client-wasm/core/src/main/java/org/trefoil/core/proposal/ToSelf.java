package org.trefoil.core.proposal;

import java.util.List;
import java.util.Map;
import org.trefoil.core.address.Address;
import org.trefoil.core.coins.Coin;
import org.trefoil.core.coins.Dust;
import org.trefoil.core.coins.Selection;
import org.trefoil.core.coins.SpendSize;
import org.trefoil.core.keys.Cosigners;
import org.trefoil.core.units.FeeRate;
import org.trefoil.core.units.Sats;

/** Builds transactions whose one output is a change address of the wallet itself. */
final class ToSelf {
  private ToSelf() {}

  static Proposal build(
      OwnScripts own,
      List<Coin> coins,
      FeeRate rate,
      int changeIndex,
      int lockTime,
      Map<String, byte[]> previous) {
    byte[] script = own.scriptPubKey(Cosigners.CHANGE, changeIndex);
    Sats sum = Sats.ZERO;
    for (Coin coin : coins) {
      sum = sum.plus(coin.value());
    }
    Sats fee = rate.feeFor(SpendSize.vbytes(own.cosigners(), coins.size(), List.of(script)));
    long most = Math.max(0, sum.value() - Dust.least(script).value());
    if (fee.value() > most) {
      throw Replacement.noRoom(fee, new Sats(most));
    }
    Sats back = new Sats(sum.value() - fee.value());
    Address address = Address.ofScript(own.cosigners().network(), script);
    Intent intent = new Intent(List.of(new Recipient(address, back)), true, rate);
    Selection.Selected all = new Selection.Selected(coins, back, null, fee);
    return Proposals.write(own, intent, all, changeIndex, lockTime, previous);
  }

  /** The rate, rounded up, at which this many virtual bytes cost at least the fee. */
  static FeeRate rate(Sats fee, long vsize) {
    return new FeeRate((Math.multiplyExact(fee.value(), 1000L) + vsize - 1) / vsize);
  }
}
