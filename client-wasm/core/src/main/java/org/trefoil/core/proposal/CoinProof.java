package org.trefoil.core.proposal;

import org.trefoil.core.Refusal;
import org.trefoil.core.RefusedException;
import org.trefoil.core.Token;
import org.trefoil.core.coins.Coin;
import org.trefoil.core.coins.TxOutput;
import org.trefoil.core.psbt.PreviousTx;

/**
 * Shows that a coin is what somebody says it is: the transaction that made it has the coin's id,
 * and its output pays the coin's amount to the wallet's own script. What it cannot show is that the
 * transaction is in the chain.
 */
public final class CoinProof {
  private CoinProof() {}

  /**
   * Refuses with {@code foreign-input} when {@code previousTx} is another transaction or the output
   * is not this wallet's, with {@code wrong-input-amount} {outpoint, known, claimed} when it is
   * worth something else.
   *
   * @param previousTx the network serialization, with witnesses or without
   */
  public static void verify(Coin coin, OwnScripts own, byte[] previousTx) {
    PreviousTx previous = PreviousTx.parse(previousTx);
    int vout = coin.outpoint().vout();
    if (!previous.txid().equals(coin.outpoint().txid()) || vout >= previous.outputs().size()) {
      throw foreign(coin);
    }
    TxOutput output = previous.outputs().get(vout);
    if (!output.paysTo(own.scriptPubKey(coin.branch(), coin.index()))) {
      throw foreign(coin);
    }
    if (!output.value().equals(coin.value())) {
      throw Refusal.of(
              Token.WRONG_INPUT_AMOUNT,
              "outpoint",
              coin.outpoint().toString(),
              "known",
              output.value().display(),
              "claimed",
              coin.value().display())
          .exception();
    }
  }

  private static RefusedException foreign(Coin coin) {
    return Refusal.of(Token.FOREIGN_INPUT, "outpoint", coin.outpoint().toString()).exception();
  }
}
