package org.trefoil.core.sweep;

import java.util.List;
import org.trefoil.core.Refusal;
import org.trefoil.core.RefusedException;
import org.trefoil.core.Token;
import org.trefoil.core.coins.Outpoint;
import org.trefoil.core.coins.TxOutput;
import org.trefoil.core.psbt.PreviousTx;
import org.trefoil.core.units.Sats;

/** A coin of a single key, shown by the transaction that made it. */
public record LoneCoin(Outpoint outpoint, Sats value, LoneScript script) {
  /**
   * Finds the coin in the transaction that made it. Refuses {@code foreign-input} {outpoint} when
   * that is another transaction or none of the scripts is paid, {@code wrong-input-amount}
   * {outpoint, known, claimed} when it is worth something else. What it cannot show is that the
   * transaction is in the chain, and the coin unspent.
   *
   * @param claimed what somebody says that it is worth
   * @param previousTx the network serialization, with witnesses or without
   */
  public static LoneCoin prove(
      Outpoint outpoint, Sats claimed, byte[] previousTx, List<LoneScript> scripts) {
    PreviousTx previous = PreviousTx.parse(previousTx);
    if (!previous.txid().equals(outpoint.txid()) || outpoint.vout() >= previous.outputs().size()) {
      throw foreign(outpoint);
    }
    TxOutput output = previous.outputs().get(outpoint.vout());
    for (LoneScript script : scripts) {
      if (output.paysTo(script.scriptPubKey())) {
        if (!output.value().equals(claimed)) {
          throw Refusal.of(
                  Token.WRONG_INPUT_AMOUNT,
                  "outpoint",
                  outpoint.toString(),
                  "known",
                  output.value().display(),
                  "claimed",
                  claimed.display())
              .exception();
        }
        return new LoneCoin(outpoint, claimed, script);
      }
    }
    throw foreign(outpoint);
  }

  private static RefusedException foreign(Outpoint outpoint) {
    return Refusal.of(Token.FOREIGN_INPUT, "outpoint", outpoint.toString()).exception();
  }
}
