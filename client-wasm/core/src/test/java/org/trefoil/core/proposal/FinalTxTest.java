package org.trefoil.core.proposal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.trefoil.core.Refusals.refusal;

import fr.acinq.bitcoin.Transaction;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.trefoil.core.Token;
import org.trefoil.core.coins.Coin;
import org.trefoil.core.coins.TxOutput;
import org.trefoil.core.keys.ScriptType;
import org.trefoil.core.psbt.InputSignature;
import org.trefoil.core.psbt.KeyDerivation;
import org.trefoil.core.psbt.PartialSignature;
import org.trefoil.core.psbt.Psbt;
import org.trefoil.core.psbt.PsbtDraft;
import org.trefoil.core.units.Hex;

/** What is finished is the wallet's own and measured exactly. */
class FinalTxTest {
  private static CheckedSpend spend(SpendFixture wallet) {
    wallet.addCoin(200_000);
    wallet.addCoin(210_000);
    Intent intent = wallet.pay(2_000, wallet.recipient(300_000));
    return wallet.check(wallet.build(intent).psbt(), intent).orThrow();
  }

  private static Psbt signed(SpendFixture wallet, CheckedSpend spend) {
    return wallet.sign(spend, wallet.sign(spend, spend.psbt(), 2), 0);
  }

  @ParameterizedTest
  @EnumSource(ScriptType.class)
  void itsIdAndSizeAreWhatAnotherProgramReads(ScriptType type) {
    for (int seed = 60; seed < 66; seed++) {
      SpendFixture wallet = new SpendFixture(seed, type, 2, 3);
      FinalTx tx = FinalTx.finish(signed(wallet, spend(wallet)), wallet.cosigners());
      Transaction read = Transaction.read(tx.hex());
      assertThat(Hex.of(tx.bytes())).isEqualTo(tx.hex());
      assertThat(tx.txid()).isEqualTo(read.txid.toString());
      assertThat(tx.vsize()).isEqualTo((long) Math.ceil(read.weight() / 4.0));
    }
  }

  @ParameterizedTest
  @EnumSource(ScriptType.class)
  void anotherWalletsInputsAreForeign(ScriptType type) {
    SpendFixture wallet = new SpendFixture(66, type, 2, 3);
    CheckedSpend theirs = spend(wallet);
    SpendFixture other = new SpendFixture(67, type, 2, 3);
    assertThat(
            refusal(
                    Token.FOREIGN_INPUT,
                    () -> FinalTx.finish(signed(wallet, theirs), other.cosigners()))
                .data())
        .containsEntry("outpoint", theirs.psbt().unsignedTx().outpoint(0).toString());
  }

  /** The last steps of a place; the coin's own are branch 1 and index 0. */
  @ParameterizedTest
  @CsvSource({"0,0", "1,1", "2,0", "-1,0", "1,-1", "1,"})
  void anInputThatNamesAnotherPlaceOfTheWalletIsForeign(int branch, Integer index) {
    SpendFixture wallet = SpendFixture.twoOfThree(68);
    Coin coin = wallet.addCoin(200_000, 1, 0, 6, false);
    Intent intent = wallet.pay(2_000, wallet.recipient(50_000));
    CheckedSpend spend = wallet.check(wallet.build(intent).psbt(), intent).orThrow();
    Psbt whole = signed(wallet, spend);
    OwnScript from = new OwnScripts(wallet.cosigners()).at(1, 0);
    byte[] key = from.derivations().get(0).publicKey();
    KeyDerivation elsewhere =
        index == null ? KeyDerivation.of(key, 5, branch) : KeyDerivation.of(key, 5, branch, index);
    refusal(
        Token.FOREIGN_INPUT,
        () -> FinalTx.finish(claiming(whole, coin, from, elsewhere), wallet.cosigners()));
    KeyDerivation right = KeyDerivation.of(key, 5, 1, 0);
    assertThat(FinalTx.finish(claiming(whole, coin, from, right), wallet.cosigners()).txid())
        .isEqualTo(spend.psbt().unsignedTx().txid());
  }

  private static Psbt claiming(Psbt signed, Coin coin, OwnScript from, KeyDerivation claim) {
    PsbtDraft draft = new PsbtDraft(signed.unsignedTx());
    TxOutput spent = new TxOutput(coin.value(), from.scriptPubKey());
    draft.input(null, spent, null, from.witnessScript(), List.of(claim));
    for (int i = 0; i < signed.outputs().size(); i++) {
      draft.output();
    }
    List<PartialSignature> by = signed.inputs().get(0).partialSignatures();
    return draft
        .finish()
        .withSignatures(by.stream().map(each -> new InputSignature(0, each)).toList());
  }
}
