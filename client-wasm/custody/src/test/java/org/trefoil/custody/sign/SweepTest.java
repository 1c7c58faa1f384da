package org.trefoil.custody.sign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.trefoil.core.Refusals.refusal;

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
import java.util.Objects;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.trefoil.core.Token;
import org.trefoil.core.address.Address;
import org.trefoil.core.coins.Outpoint;
import org.trefoil.core.coins.SpendSize;
import org.trefoil.core.coins.TxOutput;
import org.trefoil.core.proposal.FeeBounds;
import org.trefoil.core.psbt.PreviousTx;
import org.trefoil.core.psbt.SignedTx;
import org.trefoil.core.psbt.UnsignedTx;
import org.trefoil.core.sweep.LoneCoin;
import org.trefoil.core.sweep.LoneScript;
import org.trefoil.core.sweep.Sweep;
import org.trefoil.core.units.FeeRate;
import org.trefoil.core.units.Network;
import org.trefoil.core.units.Sats;
import org.trefoil.custody.keys.LoneKey;

/** Coins of a single key, from what a server says of them to transactions that nodes take. */
class SweepTest {
  private static final Address TO =
      Address.parse("bcrt1qw508d6qejxtdg4y5r3zarvary0c5xw7kygt080", Network.REGTEST);
  private static final FeeRate RATE = new FeeRate(3_250);
  private static final FeeBounds BOUNDS = FeeBounds.standard();

  private final LoneKey key = key(0x51);
  private final List<LoneScript> scripts = scripts(key);

  private static LoneKey key(int first) {
    byte[] bytes = new byte[32];
    bytes[0] = (byte) first;
    bytes[31] = 7;
    return Objects.requireNonNull(LoneKey.of(bytes));
  }

  private static List<LoneScript> scripts(LoneKey key) {
    return LoneScript.of(key.publicKey(true), key.publicKey(false));
  }

  /** A transaction that pays these amounts to the scripts in turn. */
  private static byte[] payment(List<LoneScript> scripts, int count, long each) {
    List<TxOutput> outputs = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      byte[] script = scripts.get(i % scripts.size()).scriptPubKey();
      outputs.add(new TxOutput(new Sats(each + i), script));
    }
    Outpoint before = new Outpoint("ab".repeat(32), 0);
    return UnsignedTx.of(List.of(before), -1, outputs, 0).bytes();
  }

  private static List<LoneCoin> proved(byte[] payment, List<LoneScript> scripts) {
    PreviousTx made = PreviousTx.parse(payment);
    List<LoneCoin> coins = new ArrayList<>();
    for (int i = 0; i < made.outputs().size(); i++) {
      Outpoint outpoint = new Outpoint(made.txid(), i);
      coins.add(LoneCoin.prove(outpoint, made.outputs().get(i).value(), payment, scripts));
    }
    return coins;
  }

  /** An independent script interpreter over libsecp256k1. */
  private static void judge(Sweep sweep, SignedTx signed) {
    Map<OutPoint, TxOut> spent = new HashMap<>();
    for (LoneCoin coin : sweep.coins()) {
      spent.put(
          new OutPoint(new TxId(coin.outpoint().txid()), coin.outpoint().vout()),
          new TxOut(new Satoshi(coin.value().value()), coin.script().scriptPubKey()));
    }
    Transaction judged = Transaction.read(signed.bytes());
    judged.correctlySpends(spent, ScriptFlags.STANDARD_SCRIPT_VERIFY_FLAGS);
    assertThat(judged.txOut).hasSize(1);
    assertThat(judged.txOut.get(0).amount.toLong()).isEqualTo(sweep.amount().value());
    assertThat(judged.txOut.get(0).publicKeyScript.toByteArray()).isEqualTo(TO.scriptPubKey());
  }

  private static void feeIsOfItsRate(Sweep sweep, SignedTx signed) {
    long vbytes = (signed.weight() + 3) / 4;
    long least = RATE.feeFor(vbytes).value();
    // Signatures count as the longest that they can be: no more than a byte or two each.
    assertThat(sweep.fee().value())
        .isBetween(least, RATE.feeFor(vbytes + 2L * sweep.coins().size() + 1).value());
  }

  @Test
  void coinsOfAllSixScriptsOfAKeyComeInWithOneTransaction() {
    List<LoneCoin> coins = proved(payment(scripts, 6, 50_000), scripts);
    assertThat(coins.stream().map(coin -> coin.script().kind()).distinct()).hasSize(4);
    List<Sweep> sweeps = Sweep.plan(coins, TO, RATE, BOUNDS, 120);
    assertThat(sweeps).hasSize(1);
    Sweep sweep = sweeps.get(0);
    try (SweepSigner signer = new SweepSigner(sweeps, key)) {
      List<SignedTx> signed = signer.run();
      assertThat(sweep.coins()).hasSize(6);
      assertThat(sweep.amount().plus(sweep.fee())).isEqualTo(new Sats(6 * 50_000 + 15));
      judge(sweep, signed.get(0));
      feeIsOfItsRate(sweep, signed.get(0));
    }
  }

  @Test
  void eachScriptAloneIsTaken() {
    for (LoneScript script : scripts) {
      List<LoneScript> one = List.of(script);
      List<Sweep> sweeps = Sweep.plan(proved(payment(one, 1, 9_000), one), TO, RATE, BOUNDS, 0);
      SignedTx signed = new SweepSigner(sweeps, key).run().get(0);
      judge(sweeps.get(0), signed);
      feeIsOfItsRate(sweeps.get(0), signed);
    }
  }

  @Test
  void anInputIsASliceThroughAllTransactions() {
    List<Sweep> sweeps = new ArrayList<>();
    for (int inputs : new int[] {2, 3}) {
      sweeps.addAll(plan(proved(payment(scripts, inputs, 50_000), scripts)));
    }
    try (SweepSigner signer = new SweepSigner(sweeps, key)) {
      for (int input = 1; input <= 5; input++) {
        assertThatThrownBy(signer::finish).isInstanceOf(IllegalStateException.class);
        assertThat(signer.step()).isEqualTo(input < 5);
        assertThat(signer.percent()).isEqualTo(20 * input);
      }
      assertThat(signer.step()).isFalse();
      List<SignedTx> signed = signer.finish();
      assertThat(signed).hasSize(2);
      for (int i = 0; i < 2; i++) {
        judge(sweeps.get(i), signed.get(i));
      }
    }
  }

  @Test
  @Tag("slow")
  void moreCoinsThanOneTransactionTakesComeInWithSeveralTheLargestFirst() {
    List<LoneScript> hashed = List.of(scripts.get(0));
    List<LoneCoin> coins = proved(payment(hashed, 1500, 20_000), hashed);
    List<Sweep> sweeps = Sweep.plan(coins, TO, RATE, BOUNDS, 0);
    assertThat(sweeps).hasSize(3);
    int brought = 0;
    long smallestBefore = Long.MAX_VALUE;
    List<SignedTx> signed = new SweepSigner(sweeps, key).run();
    for (int i = 0; i < sweeps.size(); i++) {
      brought += sweeps.get(i).coins().size();
      long largest =
          sweeps.get(i).coins().stream().mapToLong(coin -> coin.value().value()).max().orElse(0);
      assertThat(largest).isLessThan(smallestBefore);
      smallestBefore =
          sweeps.get(i).coins().stream().mapToLong(coin -> coin.value().value()).min().orElse(0);
      assertThat(signed.get(i).weight()).isLessThanOrEqualTo(SpendSize.MOST_WEIGHT);
    }
    assertThat(brought).isEqualTo(1500);
    assertThat(signed.get(0).weight()).isGreaterThan(SpendSize.MOST_WEIGHT * 97 / 100);
  }

  @Test
  void coinsThatCostMoreThanTheyHoldStayWhereTheyAre() {
    List<LoneCoin> coins = new ArrayList<>(proved(payment(scripts, 6, 100), scripts));
    assertThat(refusal(Token.FOREIGN_COINS_DUST, () -> plan(coins)).data()).containsKey("have");
    List<LoneCoin> worth = proved(payment(scripts, 2, 30_000), scripts);
    coins.addAll(worth);
    assertThat(plan(coins).get(0).coins()).containsExactlyInAnyOrderElementsOf(worth);
  }

  private static List<Sweep> plan(List<LoneCoin> coins) {
    return Sweep.plan(coins, TO, RATE, BOUNDS, 0);
  }

  @Test
  void aFeeBeyondItsBoundsIsRefused() {
    List<LoneCoin> coins = proved(payment(scripts, 6, 400_000), scripts);
    FeeRate low = new FeeRate(900);
    refusal(Token.FEE_TOO_LOW, () -> Sweep.plan(coins, TO, low, BOUNDS, 0));
    FeeRate high = new FeeRate(500_001);
    refusal(Token.FEE_TOO_HIGH, () -> Sweep.plan(coins, TO, high, BOUNDS, 0));
  }

  @Test
  void c6AServerThatLiesAboutACoinIsFoundOut() {
    byte[] payment = payment(scripts, 6, 50_000);
    String txid = PreviousTx.parse(payment).txid();
    Outpoint first = new Outpoint(txid, 0);
    refusal(
        Token.WRONG_INPUT_AMOUNT, () -> LoneCoin.prove(first, new Sats(50_001), payment, scripts));
    byte[] another = payment(scripts, 6, 60_000);
    refusal(Token.FOREIGN_INPUT, () -> LoneCoin.prove(first, new Sats(60_000), another, scripts));
    Outpoint beyond = new Outpoint(txid, 6);
    refusal(Token.FOREIGN_INPUT, () -> LoneCoin.prove(beyond, new Sats(50_000), payment, scripts));
    try (LoneKey stranger = key(0x52)) {
      refusal(
          Token.FOREIGN_INPUT,
          () -> LoneCoin.prove(first, new Sats(50_000), payment, scripts(stranger)));
    }
  }

  @Test
  void aSignatureOfAnotherKeyIsRefused() {
    List<Sweep> sweeps = plan(proved(payment(scripts, 2, 50_000), scripts));
    try (LoneKey stranger = key(0x53);
        SweepSigner signer = new SweepSigner(sweeps, stranger)) {
      refusal(Token.SIGNATURE_WRONG, signer::run);
    }
  }
}
