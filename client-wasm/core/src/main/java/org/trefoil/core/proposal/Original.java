package org.trefoil.core.proposal;

import java.util.ArrayList;
import java.util.List;
import org.trefoil.core.Refusal;
import org.trefoil.core.Token;
import org.trefoil.core.coins.Coin;
import org.trefoil.core.coins.Outpoint;
import org.trefoil.core.keys.KeyRole;
import org.trefoil.core.psbt.KeyDerivation;
import org.trefoil.core.psbt.Psbt;
import org.trefoil.core.psbt.PsbtInput;
import org.trefoil.core.units.FeeRate;

/**
 * A transaction of ours that waits, read from the bytes that the user key signed: they are its own
 * witness. Nobody else's word counts for who is paid, what comes back, or which coins are spent.
 *
 * <p>Limit: it shows that the user key once signed this, not that it waits still.
 */
public final class Original {
  private Original() {}

  /**
   * Checks a half-signed transaction against what it is said to do, whatever the fees of today, and
   * verifies the user key's signature on every input, which commits to the amounts. Refuses as
   * {@link ProposalCheck} and {@link HalfSigned#verify} do.
   *
   * @param said what the transaction is said to do
   */
  public static CheckedSpend of(
      byte[] halfSigned, Intent said, OwnScripts own, int changeIndex, int tipHeight) {
    Psbt psbt = Psbt.parse(halfSigned);
    FeeBounds bounds = FeeBounds.of(new FeeRate(0), FeeBounds.standard().ceiling());
    Known known = new Known(coins(psbt), bounds, changeIndex, tipHeight);
    CheckedSpend spend = ProposalCheck.check(psbt, said, own, known).orThrow();
    return HalfSigned.verify(spend, psbt, KeyRole.USER).spend();
  }

  /** The coins as the PSBT claims them; the check derives and compares what is there. */
  private static List<Coin> coins(Psbt psbt) {
    List<Coin> coins = new ArrayList<>(psbt.inputs().size());
    for (int i = 0; i < psbt.inputs().size(); i++) {
      PsbtInput input = psbt.inputs().get(i);
      Outpoint outpoint = psbt.unsignedTx().outpoint(i);
      if (input.derivations().isEmpty()) {
        throw foreign(outpoint);
      }
      KeyDerivation place = input.derivations().get(0);
      int steps = place.stepCount();
      int branch = steps < 2 ? -1 : place.step(steps - 2);
      int index = steps < 2 ? -1 : place.step(steps - 1);
      if (branch < 0 || branch > 1 || index < 0) {
        throw foreign(outpoint);
      }
      coins.add(new Coin(outpoint, psbt.spentOutput(i).value(), branch, index, 0, true));
    }
    return coins;
  }

  private static RuntimeException foreign(Outpoint outpoint) {
    return Refusal.of(Token.FOREIGN_INPUT, "outpoint", outpoint.toString()).exception();
  }
}
