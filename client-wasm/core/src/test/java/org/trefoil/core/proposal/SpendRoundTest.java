package org.trefoil.core.proposal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.acinq.bitcoin.OutPoint;
import fr.acinq.bitcoin.Satoshi;
import fr.acinq.bitcoin.ScriptFlags;
import fr.acinq.bitcoin.Transaction;
import fr.acinq.bitcoin.TxId;
import fr.acinq.bitcoin.TxOut;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.trefoil.core.RefusedException;
import org.trefoil.core.coins.Coin;
import org.trefoil.core.coins.SpendSize;
import org.trefoil.core.coins.TxOutput;
import org.trefoil.core.keys.KeyRole;
import org.trefoil.core.keys.ScriptType;
import org.trefoil.core.psbt.Psbt;
import org.trefoil.core.units.FeeRate;

/** Whole sends of every kind of wallet, judged at the end by an independent script interpreter. */
class SpendRoundTest {
  @ParameterizedTest
  @Tag("slow")
  @CsvSource({
    "P2WSH,2,3,40", "P2SH_P2WSH,2,3,20", "P2SH,2,3,20", "P2WSH,1,1,5", "P2WSH,3,5,5",
    "P2WSH,7,7,5", "P2SH_P2WSH,3,5,5", "P2SH,3,4,5", "P2SH,8,15,3", "P2WSH,15,15,3"
  })
  void whatIsBuiltIsCheckedSignedFinishedAndValid(ScriptType type, int m, int n, int rounds) {
    for (int round = 0; round < rounds; round++) {
      SpendFixture wallet = new SpendFixture(1_000L * n + round, type, m, n);
      Random random = wallet.random();
      int count = 1 + random.nextInt(round % 5 == 0 ? 30 : 6);
      for (int i = 0; i < count; i++) {
        wallet.addCoin(20_000 + random.nextInt(2_000_000));
      }
      spend(wallet, intent(wallet, round));
    }
  }

  private static Intent intent(SpendFixture wallet, int round) {
    Random random = wallet.random();
    long have = 0;
    for (Coin coin : wallet.coins()) {
      have += coin.value().value();
    }
    FeeRate rate = new FeeRate(1_000 + random.nextInt(20_000));
    if (round % 4 == 3) {
      return new Intent(List.of(wallet.recipient(0)), true, new FeeRate(1_000));
    }
    List<Recipient> recipients = new ArrayList<>();
    for (int i = 1 + random.nextInt(3); i > 0; i--) {
      recipients.add(wallet.recipient(1_000 + random.nextInt((int) (have / 8))));
    }
    return new Intent(recipients, false, rate);
  }

  private static void spend(SpendFixture wallet, Intent asked) {
    Proposal proposal;
    try {
      proposal = wallet.build(asked);
    } catch (RefusedException e) {
      // A few seeds ask for more than such small coins can pay at their rate.
      assertThat(e.refusal().token()).isEqualTo("insufficient-funds");
      return;
    }
    // What is checked has been written down and read again, as between vault and server.
    Psbt read = Psbt.parse(proposal.psbt().serialize());
    Outcome outcome = wallet.check(read, proposal.intent());
    assertThat(outcome).isInstanceOf(Outcome.Accepted.class);
    CheckedSpend spend = outcome.orThrow();
    assertThat(spend.fee()).isEqualTo(proposal.fee());
    assertThat(spend.change()).isEqualTo(proposal.change());

    Psbt signed = read;
    int threshold = wallet.cosigners().threshold();
    for (int key = 0; key < threshold; key++) {
      if (key == 1) {
        Psbt half = signed;
        assertThatCode(() -> HalfSigned.verify(spend, half, KeyRole.USER))
            .doesNotThrowAnyException();
        assertThatThrownBy(() -> FinalTx.finish(half, wallet.cosigners()))
            .hasMessage("signature-missing");
      }
      signed = wallet.sign(spend, signed, key);
    }
    // Any order of signing, and separate signing with a combination, give the same transaction.
    Psbt backwards = read;
    for (int key = threshold - 1; key >= 0; key--) {
      backwards = backwards.combine(wallet.sign(spend, read, key));
    }
    FinalTx tx = FinalTx.finish(Psbt.parse(signed.serialize()), wallet.cosigners());
    assertThat(FinalTx.finish(backwards, wallet.cosigners()).bytes()).isEqualTo(tx.bytes());
    judge(wallet, spend, tx);
  }

  private static void judge(SpendFixture wallet, CheckedSpend spend, FinalTx tx) {
    Transaction judged = Transaction.read(tx.bytes());
    Map<OutPoint, TxOut> spent = new HashMap<>();
    long in = 0;
    for (Coin coin : spend.inputs()) {
      byte[] script = wallet.cosigners().scriptPubKey(coin.branch(), coin.index());
      spent.put(
          new OutPoint(new TxId(coin.outpoint().txid()), coin.outpoint().vout()),
          new TxOut(new Satoshi(coin.value().value()), script));
      in += coin.value().value();
    }
    judged.correctlySpends(spent, ScriptFlags.STANDARD_SCRIPT_VERIFY_FLAGS);
    assertThat(judged.txid.toString()).isEqualTo(tx.txid());

    long out = 0;
    List<byte[]> scripts = new ArrayList<>();
    for (TxOutput output : spend.psbt().unsignedTx().outputs()) {
      out += output.value().value();
      scripts.add(output.script());
    }
    assertThat(in - out).isEqualTo(spend.fee().value());

    int inputs = spend.inputs().size();
    long estimated = SpendSize.weight(wallet.cosigners(), inputs, scripts);
    int signatureWeight = wallet.cosigners().scriptType() == ScriptType.P2SH ? 4 : 1;
    long real = judged.weight();
    assertThat(tx.vsize()).isEqualTo((real + 3) / 4);
    assertThat(real).isLessThanOrEqualTo(estimated);
    // Half of all signatures are a byte shorter than the longest, one in 256 is two.
    long spread = 2L * wallet.cosigners().threshold() * inputs * signatureWeight;
    assertThat(estimated - real).isLessThanOrEqualTo(spread + 2);
    if (wallet.cosigners().threshold() <= 2 && signatureWeight == 1) {
      assertThat((estimated + 3) / 4 - (real + 3) / 4).isBetween(0L, (long) inputs + 1);
    }
  }
}
