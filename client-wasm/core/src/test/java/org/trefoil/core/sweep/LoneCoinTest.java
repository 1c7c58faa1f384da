package org.trefoil.core.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.trefoil.core.Refusals.refusal;
import static org.trefoil.core.sweep.LoneFixture.SCRIPTS;
import static org.trefoil.core.sweep.LoneFixture.output;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.trefoil.core.Token;
import org.trefoil.core.coins.Outpoint;
import org.trefoil.core.coins.TxOutput;
import org.trefoil.core.psbt.PreviousTx;
import org.trefoil.core.units.Sats;

/** What somebody says of a coin is held against the transaction that made it. */
class LoneCoinTest {
  private static final TxOutput STRANGERS = new TxOutput(new Sats(70_000), new byte[] {0, 20, 1});
  private final byte[] payment =
      LoneFixture.payment(
          List.of(
              output(LoneFixture.P2PKH, 50_000), STRANGERS, output(LoneFixture.P2WPKH, 60_000)));
  private final String txid = PreviousTx.parse(payment).txid();

  @Test
  void aCoinIsWhatItsTransactionMadeIt() {
    LoneCoin first = prove(0, 50_000);
    assertThat(first.outpoint()).isEqualTo(new Outpoint(txid, 0));
    assertThat(first.value()).isEqualTo(new Sats(50_000));
    assertThat(first.script()).isSameAs(SCRIPTS.get(LoneFixture.P2PKH));
    assertThat(prove(2, 60_000).script()).isSameAs(SCRIPTS.get(LoneFixture.P2WPKH));
  }

  @Test
  void anotherAmountIsRefusedAndBothAreNamed() {
    for (long claimed : new long[] {49_999, 50_001, 60_000}) {
      assertThat(refusal(Token.WRONG_INPUT_AMOUNT, () -> prove(0, claimed)).data())
          .containsEntry("outpoint", txid + ":0")
          .containsEntry("known", new Sats(50_000).display())
          .containsEntry("claimed", new Sats(claimed).display());
    }
  }

  @Test
  void theCoinOfAStrangerIsRefusedAndOneThatWasNeverMade() {
    assertThat(refusal(Token.FOREIGN_INPUT, () -> prove(1, 70_000)).data())
        .containsEntry("outpoint", txid + ":1");
    refusal(Token.FOREIGN_INPUT, () -> prove(3, 50_000));
    refusal(Token.FOREIGN_INPUT, () -> prove(Integer.MAX_VALUE, 50_000));
  }

  @Test
  void anotherTransactionThanTheOneThatIsNamedProvesNothing() {
    Outpoint other = new Outpoint("cd".repeat(32), 0);
    assertThat(
            refusal(
                    Token.FOREIGN_INPUT,
                    () -> LoneCoin.prove(other, new Sats(50_000), payment, SCRIPTS))
                .data())
        .containsEntry("outpoint", other.toString());
  }

  private LoneCoin prove(int vout, long claimed) {
    return LoneCoin.prove(new Outpoint(txid, vout), new Sats(claimed), payment, SCRIPTS);
  }
}
