package org.trefoil.core.proposal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.trefoil.core.Refusals.refusal;

import org.junit.jupiter.api.Test;
import org.trefoil.core.Token;
import org.trefoil.core.coins.Coin;
import org.trefoil.core.coins.Outpoint;
import org.trefoil.core.units.Sats;

/** A coin is what the transaction that made it says, or is refused. */
class CoinProofTest {
  private final SpendFixture wallet = SpendFixture.twoOfThree(51);
  private final OwnScripts own = new OwnScripts(wallet.cosigners());
  private final Coin coin = wallet.addCoin(80_000, 0, 4, 6, false);
  private final byte[] made = wallet.previous().get(coin.outpoint().txid());

  private static Coin as(Outpoint outpoint, long value, int branch, int index) {
    return new Coin(outpoint, new Sats(value), branch, index, 6, false);
  }

  private void foreign(Coin claimed, byte[] previous) {
    assertThat(refusal(Token.FOREIGN_INPUT, () -> CoinProof.verify(claimed, own, previous)).data())
        .containsEntry("outpoint", claimed.outpoint().toString());
  }

  @Test
  void theTransactionThatMadeItShowsIt() {
    assertThatCode(() -> CoinProof.verify(coin, own, made)).doesNotThrowAnyException();
  }

  @Test
  void anotherTransactionOrOutputShowsNothing() {
    Coin other = wallet.addCoin(80_000, 0, 4, 6, false);
    foreign(coin, wallet.previous().get(other.outpoint().txid()));
    Outpoint beyond = new Outpoint(coin.outpoint().txid(), coin.outpoint().vout() + 1);
    foreign(as(beyond, 80_000, 0, 4), made);
  }

  @Test
  void anAddressThatIsNotTheWalletsAtThatPlaceIsForeign() {
    foreign(as(coin.outpoint(), 80_000, 0, 5), made);
    foreign(as(coin.outpoint(), 80_000, 1, 4), made);
    OwnScripts others = new OwnScripts(SpendFixture.twoOfThree(52).cosigners());
    refusal(Token.FOREIGN_INPUT, () -> CoinProof.verify(coin, others, made));
  }

  @Test
  void anotherAmountIsRefusedWithBoth() {
    for (long claimed : new long[] {79_999, 80_001}) {
      Coin bent = as(coin.outpoint(), claimed, 0, 4);
      assertThat(refusal(Token.WRONG_INPUT_AMOUNT, () -> CoinProof.verify(bent, own, made)).data())
          .containsEntry("known", new Sats(80_000).display())
          .containsEntry("claimed", new Sats(claimed).display());
    }
  }
}
