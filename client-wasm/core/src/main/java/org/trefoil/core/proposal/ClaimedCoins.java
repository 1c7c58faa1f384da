package org.trefoil.core.proposal;

import java.util.ArrayList;
import java.util.List;
import org.trefoil.core.Refusal;
import org.trefoil.core.Token;
import org.trefoil.core.coins.Coin;
import org.trefoil.core.coins.Outpoint;
import org.trefoil.core.psbt.KeyDerivation;
import org.trefoil.core.psbt.Psbt;
import org.trefoil.core.psbt.PsbtInput;

/** The coins that a PSBT says it spends; a check has to derive and compare what is there. */
final class ClaimedCoins {
  private ClaimedCoins() {}

  /** Refuses {@code foreign-input} where an input does not claim a place of a wallet. */
  static List<Coin> of(Psbt psbt) {
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
