package org.trefoil.server.chain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import org.bitcoinj.base.Sha256Hash;
import org.bitcoinj.core.Transaction;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.trefoil.core.coins.Outpoint;
import org.trefoil.core.units.Network;
import org.trefoil.server.chain.Spending.From;
import org.trefoil.server.chain.Spending.Kind;

/**
 * What every chain source promises; the same tests run on the practice chain, on a real bitcoind,
 * and peer-to-peer.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class ChainSourceContractTest {
  static final long FEE = 1_000;

  ChainSource source;
  private final Deque<From> coins = new ArrayDeque<>();

  /** A chain on which at least 110 blocks pay their coinbase to {@link Spending#OPEN_SCRIPT}. */
  abstract ChainSource open() throws Exception;

  abstract void mine(int blocks) throws Exception;

  abstract void shut() throws Exception;

  @BeforeAll
  void start() throws Exception {
    source = open();
    for (int height = 1; height <= 9; height++) {
      coins.add(coinbase(height));
    }
  }

  @AfterAll
  void stop() throws Exception {
    shut();
  }

  From coinbase(int height) {
    Tip at = Objects.requireNonNull(source.at(height));
    Transaction tx = Objects.requireNonNull(source.block(at.hash())).transactions().get(0);
    Outpoint outpoint = new Outpoint(tx.getTxId().toString(), 0);
    return new From(outpoint, tx.getOutput(0).getValue().value, Kind.OPEN);
  }

  /** A confirmed coin of 10,000,000 sat of that kind. */
  From coin(Kind kind) throws Exception {
    From from = coins.removeFirst();
    Spending funding =
        Spending.of(from).to(kind, 10_000_000).to(Kind.OPEN, from.value() - 10_000_000 - FEE);
    takes(funding.raw());
    String txid = funding.txid();
    coins.add(new From(new Outpoint(txid, 1), from.value() - 10_000_000 - FEE, Kind.OPEN));
    mine(1);
    return new From(new Outpoint(txid, 0), 10_000_000, kind);
  }

  Spending spend(From coin) {
    return Spending.of(coin).to(Kind.P2WSH, coin.value() - FEE);
  }

  /** Hands it over for the first time. */
  void takes(byte[] raw) throws Exception {
    assertThat(source.broadcast(raw)).isInstanceOf(BroadcastOutcome.Accepted.class);
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void takesASpendOfEveryKindAndMinesIt(Kind kind) throws Exception {
    From coin = coin(kind);
    Spending spending = spend(coin);
    takes(spending.raw());
    assertThat(source.mempool()).contains(spending.txid());
    assertThat(source.mempoolTransactions(List.of(spending.txid())))
        .extracting(tx -> tx.getTxId().toString())
        .containsExactly(spending.txid());
    mine(1);
    assertThat(source.mempool()).doesNotContain(spending.txid());
    ChainBlock last = Objects.requireNonNull(source.block(source.tip().hash()));
    assertThat(last.transactions())
        .extracting(tx -> tx.getTxId().toString())
        .contains(spending.txid());
  }

  @Test
  void aTransactionThatIsKnownIsNoFailure() throws Exception {
    From coin = coin(Kind.P2WSH);
    byte[] raw = spend(coin).raw();
    String txid = spend(coin).txid();
    takes(raw);
    assertThat(source.broadcast(raw)).isEqualTo(new BroadcastOutcome.AlreadyKnown(txid));
    assertThat(source.broadcast(raw).delivered()).isTrue();
  }

  @Test
  void blocksFollowEachOtherFromGenesis() {
    Tip tip = source.tip();
    assertThat(source.network()).isEqualTo(Network.REGTEST);
    assertThat(source.at(tip.height())).isEqualTo(tip);
    assertThat(source.at(tip.height() + 1)).isNull();
    assertThat(Objects.requireNonNull(source.at(0)).hash())
        .isEqualTo("0f9188f13cb7b2c71f2a335e3a4fc328bf5beb436012afca590b1a11466e2206");
    assertThat(source.block("00".repeat(32))).isNull();
    for (int height = 1; height <= tip.height(); height += 10) {
      Tip at = Objects.requireNonNull(source.at(height));
      ChainBlock block = Objects.requireNonNull(source.block(at.hash()));
      assertThat(block.place()).isEqualTo(at);
      assertThat(block.previous()).isEqualTo(Objects.requireNonNull(source.at(height - 1)).hash());
      assertThat(block.transactions().get(0).isCoinBase()).isTrue();
    }
  }

  @Test
  void feesAreInOrderAndWithinTheirBounds() {
    var fees = source.fees();
    assertThat(fees.floor()).isBetween(1_000L, 10_000L);
    assertThat(fees.slow()).isBetween(fees.floor(), fees.normal());
    assertThat(fees.normal()).isLessThanOrEqualTo(fees.fast());
    assertThat(fees.fast()).isLessThan(fees.ceiling());
  }

  @Test
  void itIsWell() {
    assertThat(source.health()).isEqualTo(ChainHealth.FINE);
    assertThatCode(() -> source.onChange(() -> {})).doesNotThrowAnyException();
    assertThat(source.pollInterval()).isPositive();
    assertThat(source.mempoolTransactions(List.of(Sha256Hash.ZERO_HASH.toString()))).isEmpty();
  }
}
