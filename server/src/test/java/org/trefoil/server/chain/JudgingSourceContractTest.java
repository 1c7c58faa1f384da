package org.trefoil.server.chain;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.bitcoinj.base.Coin;
import org.bitcoinj.core.Transaction;
import org.bitcoinj.core.TransactionOutput;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.trefoil.core.coins.Outpoint;
import org.trefoil.server.chain.Spending.From;
import org.trefoil.server.chain.Spending.Kind;

/**
 * What sources promise that judge transactions and say why: the practice chain and a real bitcoind
 * take and refuse the same ones.
 */
abstract class JudgingSourceContractTest extends ChainSourceContractTest {
  private static final byte[] DATA = {0x6a, 3, 1, 2, 3};

  /** Takes the last blocks off the chain. */
  abstract void rewind(int blocks) throws Exception;

  private void refuses(byte[] raw) {
    Set<String> before = source.mempool();
    assertThat(source.broadcast(raw)).isInstanceOf(BroadcastOutcome.Rejected.class);
    assertThat(source.mempool()).isEqualTo(before);
  }

  private void refuses(byte[] raw, String... reasons) {
    BroadcastOutcome outcome = source.broadcast(raw);
    assertThat(outcome).isInstanceOf(BroadcastOutcome.Rejected.class);
    String reason = ((BroadcastOutcome.Rejected) outcome).reason();
    assertThat(Arrays.stream(reasons).anyMatch(reason::contains)).as(reason).isTrue();
  }

  @Test
  void aMinedTransactionIsKnown() throws Exception {
    From coin = coin(Kind.P2WSH);
    byte[] raw = spend(coin).raw();
    takes(raw);
    mine(1);
    assertThat(source.broadcast(raw))
        .isEqualTo(new BroadcastOutcome.AlreadyKnown(spend(coin).txid()));
  }

  @ParameterizedTest
  @EnumSource(value = Kind.class, names = "OPEN", mode = EnumSource.Mode.EXCLUDE)
  void refusesASignatureOfAnotherTransaction(Kind kind) throws Exception {
    From coin = coin(kind);
    Transaction signed = spend(coin).signed();
    TransactionOutput output = signed.getOutput(0);
    Transaction altered = new Transaction();
    altered.setVersion(2);
    signed.getInputs().forEach(altered::addInput);
    Coin less = output.getValue().minus(Coin.valueOf(1));
    altered.addOutput(new TransactionOutput(altered, less, output.getScriptBytes()));
    refuses(altered.serialize());
    takes(signed.serialize());
  }

  @ParameterizedTest
  @EnumSource(value = Kind.class, names = "OPEN", mode = EnumSource.Mode.EXCLUDE)
  void refusesEverySingleAlteredByteOfASignature(Kind kind) throws Exception {
    From coin = coin(kind);
    byte[] good = spend(coin).raw();
    for (int at = 5; at < good.length; at += 7) {
      byte[] bad = good.clone();
      bad[at] ^= 1;
      assertThat(source.broadcast(bad)).isInstanceOf(BroadcastOutcome.Rejected.class);
    }
    takes(good);
  }

  @ParameterizedTest
  @EnumSource(
      value = Kind.class,
      names = {"P2WSH", "P2SH_P2WSH", "P2WPKH"})
  void refusesAWrongAmountUnderTheSignature(Kind kind) throws Exception {
    refuses(spend(coin(kind)).lyingAboutAmounts(1).raw());
  }

  @ParameterizedTest
  @EnumSource(
      value = Kind.class,
      names = {"P2WSH", "P2SH_P2WSH", "P2SH"})
  void refusesTooFewTooManyOrUnorderedSignatures(Kind kind) throws Exception {
    From coin = coin(kind);
    refuses(spend(coin).signatures(1).raw());
    refuses(spend(coin).signatures(3).raw());
    refuses(spend(coin).reversed().raw());
    takes(spend(coin).raw());
  }

  @Test
  void refusesDustButTakesTheLeastThatIsNone() throws Exception {
    From coin = coin(Kind.P2WSH);
    byte[] taproot = new byte[34];
    taproot[0] = 0x51;
    taproot[1] = 32;
    taproot[33] = 1;
    List<byte[]> scripts =
        List.of(
            Kind.P2WSH.script(),
            Kind.P2SH.script(),
            Kind.P2WPKH.script(),
            Kind.P2PKH.script(),
            taproot);
    long[] least = {330, 540, 294, 546, 330};
    Spending all = Spending.of(coin);
    for (int i = 0; i < least.length; i++) {
      refuses(Spending.of(coin).to(scripts.get(i), least[i] - 1).to(Kind.P2WSH, 9_000_000).raw());
      all.to(scripts.get(i), least[i]);
    }
    takes(all.to(Kind.P2WSH, 9_990_000).raw());
  }

  @Test
  void refusesAFeeBelowOneSatoshiAVbyteAndOneThatMustBeAMistake() throws Exception {
    From coin = coin(Kind.P2WSH);
    long vsize = Spending.of(coin).to(Kind.P2WSH, 9_000_000).signed().getVsize();
    refuses(
        Spending.of(coin).to(Kind.P2WSH, coin.value() - vsize / 2).raw(), "min relay fee not met");
    refuses(Spending.of(coin).to(Kind.P2WSH, coin.value()).raw(), "min relay fee not met");
    refuses(Spending.of(coin).to(Kind.P2WSH, 1_000).raw(), "exceed");
    takes(Spending.of(coin).to(Kind.P2WSH, coin.value() - vsize - 1).raw());
  }

  @Test
  void refusesMoreOutThanIn() throws Exception {
    From coin = coin(Kind.P2WSH);
    refuses(Spending.of(coin).to(Kind.P2WSH, coin.value() + 1).raw(), "bad-txns-in-belowout");
  }

  @Test
  void refusesWhatIsNotThereOrNotThereAnyMore() throws Exception {
    From coin = coin(Kind.P2WSH);
    Outpoint unknown = new Outpoint("ab".repeat(32), 0);
    Outpoint noSuchOutput = new Outpoint(coin.outpoint().txid(), 7);
    refuses(spend(new From(unknown, coin.value(), Kind.P2WSH)).raw(), "missing");
    refuses(spend(new From(noSuchOutput, coin.value(), Kind.P2WSH)).raw(), "missing");
    takes(spend(coin).raw());
    mine(1);
    refuses(Spending.of(coin).to(Kind.P2WSH, 5_000_000).raw(), "missing");
  }

  @Test
  void refusesTheSameCoinTwiceInOneTransaction() throws Exception {
    From coin = coin(Kind.P2WSH);
    refuses(Spending.of(coin, coin).to(Kind.P2WSH, coin.value()).raw(), "inputs-duplicate");
  }

  @Test
  void refusesACoinbaseBeforeItsHundredthBlock() throws Exception {
    mine(1);
    int tip = source.tip().height();
    From young = coinbase(tip - 98);
    refuses(
        Spending.of(young).to(Kind.P2WSH, young.value() - FEE).raw(),
        "bad-txns-premature-spend-of-coinbase");
    From oldEnough = coinbase(tip - 99);
    takes(Spending.of(oldEnough).to(Kind.P2WSH, oldEnough.value() - FEE).raw());
    mine(1);
  }

  @Test
  void refusesWhatIsLockedBeyondTheNextBlock() throws Exception {
    From coin = coin(Kind.P2WSH);
    int tip = source.tip().height();
    refuses(spend(coin).lockedUntil(tip + 1, 0xfffffffdL).raw(), "non-final");
    refuses(spend(coin).lockedUntil(tip + 100, 0xfffffffeL).raw(), "non-final");
    refuses(spend(coin).lockedUntil(source.tip().time() + 9_000, 0).raw(), "non-final");
    refuses(spend(coin).sequence(10).raw(), "non-BIP68-final");
    takes(spend(coin).lockedUntil(tip, 0xfffffffdL).raw());
  }

  @Test
  void refusesFormsThatAreNotRelayed() throws Exception {
    From coin = coin(Kind.P2WSH);
    long rest = coin.value() - 10 * FEE;
    refuses(spend(coin).version(0).raw(), "version");
    refuses(spend(coin).version(4).raw(), "version");
    refuses(Spending.of(coin).to(new byte[] {0x51}, rest).raw(), "scriptpubkey");
    refuses(Spending.of(coin).to(DATA, 10_000).to(Kind.P2WSH, rest - 10_000).raw());
    refuses(Spending.of(coin).raw());
    refuses(new byte[0]);
    refuses(new byte[] {1, 2, 3});
    byte[] good = spend(coin).raw();
    refuses(Arrays.copyOf(good, good.length - 1));
    refuses(Arrays.copyOf(good, good.length + 1));
    takes(Spending.of(coin).to(DATA, 0).to(Kind.P2WSH, rest).raw());
  }

  @Test
  void refusesACoinbaseThatSomebodySends() throws Exception {
    Tip at = Objects.requireNonNull(source.at(1));
    Transaction coinbase = Objects.requireNonNull(source.block(at.hash())).transactions().get(0);
    Transaction other = new Transaction();
    other.addInput(coinbase.getInput(0));
    other.addOutput(new TransactionOutput(other, Coin.COIN, Kind.P2WSH.script()));
    refuses(other.serialize(), "coinbase");
  }

  @Test
  void replacesOnlyForAHigherFeeAndDropsWhatBuiltOnTheOldOne() throws Exception {
    From coin = coin(Kind.P2WSH);
    Spending first = Spending.of(coin).to(Kind.P2WSH, coin.value() - 2_000);
    takes(first.raw());
    From change = new From(new Outpoint(first.txid(), 0), coin.value() - 2_000, Kind.P2WSH);
    Spending child = Spending.of(change).to(Kind.P2WSH, change.value() - 2_000);
    takes(child.raw());
    assertThat(source.mempoolTransactions(List.of(child.txid(), first.txid())))
        .extracting(tx -> tx.getTxId().toString())
        .containsExactly(first.txid(), child.txid());
    refuses(Spending.of(coin).to(Kind.P2WPKH, coin.value() - 2_000).raw());
    refuses(Spending.of(coin).to(Kind.P2WPKH, coin.value() - 4_010).raw());
    Spending better = Spending.of(coin).to(Kind.P2WPKH, coin.value() - 6_000);
    takes(better.raw());
    assertThat(source.mempool()).contains(better.txid());
    assertThat(source.mempool()).doesNotContain(first.txid(), child.txid());
    refuses(child.raw(), "missing");
  }

  @Test
  void replacesOnlyWhenTheRateIsHigherAsWell() throws Exception {
    From first = coin(Kind.P2WSH);
    From second = coin(Kind.P2WSH);
    Spending small = Spending.of(first).to(Kind.P2WSH, first.value() - 20_000);
    takes(small.raw());
    long both = first.value() + second.value();
    refuses(Spending.of(first, second).to(Kind.P2WSH, both - 21_000).raw(), "insufficient fee");
    takes(Spending.of(first, second).to(Kind.P2WSH, both - 60_000).raw());
  }

  @Test
  void refusesAReplacementThatSpendsAnotherWaitingCoin() throws Exception {
    From coin = coin(Kind.P2WSH);
    From other = coin(Kind.P2WSH);
    takes(Spending.of(coin).to(Kind.P2WSH, coin.value() - 2_000).raw());
    Spending parent = spend(other);
    takes(parent.raw());
    From waits = new From(new Outpoint(parent.txid(), 0), other.value() - FEE, Kind.P2WSH);
    long both = coin.value() + waits.value();
    refuses(
        Spending.of(coin, waits).to(Kind.P2WSH, both - 90_000).raw(),
        "replacement-adds-unconfirmed");
  }

  @Test
  void tellsWhatAWaitingTransactionAndItsAncestorsPay() throws Exception {
    From coin = coin(Kind.P2WSH);
    Spending parent = Spending.of(coin).to(Kind.P2WSH, coin.value() - 3_000);
    takes(parent.raw());
    From change = new From(new Outpoint(parent.txid(), 0), coin.value() - 3_000, Kind.P2WSH);
    Spending child = Spending.of(change).to(Kind.P2WSH, change.value() - 7_000);
    takes(child.raw());
    long vsize = parent.signed().getVsize();
    assertThat(source.ancestry(parent.txid())).isEqualTo(new Ancestry(3_000, vsize));
    assertThat(source.ancestry(child.txid()))
        .isEqualTo(new Ancestry(10_000, vsize + child.signed().getVsize()));
    assertThat(source.ancestry("00".repeat(32))).isNull();
    mine(1);
    assertThat(source.ancestry(child.txid())).isNull();
  }

  @Test
  void refusesToReplaceWhatDidNotAllowIt() throws Exception {
    From coin = coin(Kind.P2WSH);
    takes(spend(coin).raw());
    refuses(Spending.of(coin).to(Kind.P2WSH, coin.value() - FEE - 1).raw());
  }

  @Test
  void refusesTheTwentySixthOfAChainThatWaits() throws Exception {
    From coin = coin(Kind.P2WSH);
    for (int i = 0; i < 25; i++) {
      Spending next = spend(coin);
      takes(next.raw());
      coin = new From(new Outpoint(next.txid(), 0), coin.value() - FEE, Kind.P2WSH);
    }
    refuses(spend(coin).raw(), "too-long-mempool-chain");
    mine(1);
    takes(spend(coin).raw());
  }

  @Test
  void aReorganisationBringsTransactionsBackToTheMempoolAndOtherBlocks() throws Exception {
    From coin = coin(Kind.P2WSH);
    Spending spending = spend(coin);
    takes(spending.raw());
    mine(1);
    Tip mined = source.tip();
    mine(2);
    List<String> before = new ArrayList<>();
    for (int height = mined.height(); height <= source.tip().height(); height++) {
      before.add(Objects.requireNonNull(source.at(height)).hash());
    }
    rewind(3);
    assertThat(source.tip().height()).isEqualTo(mined.height() - 1);
    assertThat(source.mempool()).contains(spending.txid());
    assertThat(source.block(mined.hash())).isNull();
    mine(4);
    assertThat(source.tip().height()).isEqualTo(mined.height() + 3);
    assertThat(before).doesNotContain(Objects.requireNonNull(source.at(mined.height())).hash());
    assertThat(source.broadcast(spending.raw()))
        .isEqualTo(new BroadcastOutcome.AlreadyKnown(spending.txid()));
  }
}
