package org.trefoil.core.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.trefoil.core.Refusals.refusal;
import static org.trefoil.core.sweep.LoneFixture.TO;

import fr.acinq.bitcoin.OutPoint;
import fr.acinq.bitcoin.Satoshi;
import fr.acinq.bitcoin.ScriptFlags;
import fr.acinq.bitcoin.Transaction;
import fr.acinq.bitcoin.TxId;
import fr.acinq.bitcoin.TxOut;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bitcoinj.crypto.ECKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.trefoil.core.Token;
import org.trefoil.core.coins.TxOutput;
import org.trefoil.core.proposal.FeeBounds;
import org.trefoil.core.psbt.SignedTx;
import org.trefoil.core.units.FeeRate;

/** Signed by bitcoinj, judged by an interpreter of other people's. */
class SweepSignedTest {
  private static final FeeRate RATE = new FeeRate(1_000);
  private static final int HEIGHT = 800_000;

  private static Sweep sweep(List<LoneCoin> coins) {
    return Sweep.plan(coins, TO, RATE, FeeBounds.standard(), HEIGHT).get(0);
  }

  private static List<LoneCoin> oneOfEach() {
    List<TxOutput> outputs = new ArrayList<>();
    for (int script = 0; script < LoneFixture.SCRIPTS.size(); script++) {
      outputs.add(LoneFixture.output(script, 50_000 + script));
    }
    return LoneFixture.proved(outputs);
  }

  private static Transaction judged(Sweep sweep, SignedTx signed) {
    Map<OutPoint, TxOut> spent = new HashMap<>();
    for (LoneCoin coin : sweep.coins()) {
      spent.put(
          new OutPoint(new TxId(coin.outpoint().txid()), coin.outpoint().vout()),
          new TxOut(new Satoshi(coin.value().value()), coin.script().scriptPubKey()));
    }
    Transaction tx = Transaction.read(signed.bytes());
    tx.correctlySpends(spent, ScriptFlags.STANDARD_SCRIPT_VERIFY_FLAGS);
    return tx;
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4, 5})
  void aCoinOfEachScriptIsSpentAlone(int script) {
    Sweep sweep = sweep(LoneFixture.coins(script, 50_000));
    judged(sweep, sweep.finish(LoneFixture.signatures(sweep)));
  }

  @Test
  void coinsOfAllScriptsAreSpentTogetherToTheAddressAlone() {
    Sweep sweep = sweep(oneOfEach());
    Transaction tx = judged(sweep, sweep.finish(LoneFixture.signatures(sweep)));
    assertThat(tx.txOut).hasSize(1);
    assertThat(tx.txOut.get(0).publicKeyScript.toByteArray()).isEqualTo(TO.scriptPubKey());
    assertThat(tx.txOut.get(0).amount.toLong()).isEqualTo(sweep.amount().value());
    assertThat(tx.lockTime).isEqualTo(HEIGHT);
    assertThat(tx.txIn).allMatch(input -> input.sequence == 0xfffffffdL);
  }

  /** Outside the witness a byte weighs four, and four of the scripts hold their signature there. */
  @Test
  void theFeeIsForSignaturesOfSeventyTwoBytes() {
    Sweep sweep = sweep(oneOfEach());
    List<byte[]> signatures = LoneFixture.signatures(sweep);
    long weight = sweep.finish(signatures).weight();
    for (int i = 0; i < signatures.size(); i++) {
      long each = sweep.coins().get(i).script().witness() ? 1 : 4;
      weight += each * (72 - signatures.get(i).length);
    }
    assertThat(sweep.fee()).isEqualTo(RATE.feeFor((weight + 3) / 4));
  }

  @Test
  void aSignatureOfAnotherKeyOrForAnotherInputIsRefused() {
    Sweep sweep = sweep(oneOfEach());
    ECKey stranger = ECKey.fromPrivate(BigInteger.TWO, true);
    for (int i = 0; i < sweep.coins().size(); i++) {
      List<byte[]> signatures = LoneFixture.signatures(sweep);
      byte[] right = signatures.get(i);
      List<byte[]> wrong =
          List.of(
              LoneFixture.signature(stranger, sweep.sighash(i)),
              signatures.get((i + 1) % signatures.size()),
              new byte[0]);
      for (byte[] signature : wrong) {
        signatures.set(i, signature);
        assertThat(refusal(Token.SIGNATURE_WRONG, () -> sweep.finish(signatures)).data())
            .containsEntry("input", Integer.toString(i));
      }
      signatures.set(i, right);
      assertThat(sweep.finish(signatures)).isNotNull();
    }
  }
}
