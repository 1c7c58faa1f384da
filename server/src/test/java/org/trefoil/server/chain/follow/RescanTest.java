package org.trefoil.server.chain.follow;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.trefoil.core.keys.ScriptType;
import org.trefoil.core.units.Sats;
import org.trefoil.core.wire.Balance;
import org.trefoil.server.chain.Rescan;
import org.trefoil.server.chain.practice.PracticeChain;
import org.trefoil.server.store.Database;
import org.trefoil.server.store.JdbiPracticeStore;
import org.trefoil.server.store.TestDatabase;

/** A wallet that was used before it came here gets its past by reading the chain again. */
@ParameterizedClass
@EnumSource(TestDatabase.class)
class RescanTest {
  private final AtomicLong now = new AtomicLong(1_795_000_000);
  private final InstantSource clock = () -> Instant.ofEpochSecond(now.get());
  private final Database database;
  private final PracticeChain chain;
  private final TestWallet wallet = new TestWallet(1, ScriptType.P2WSH);
  private final TestWallet other = new TestWallet(2, ScriptType.P2WSH);
  private Follower follower;
  private FollowedChain index;
  private int paidAt;

  RescanTest(TestDatabase engine) {
    database = engine.fresh();
    chain = PracticeChain.open(new JdbiPracticeStore(database), clock);
  }

  @BeforeEach
  void start() {
    restart();
    paidAt = chain.tip().height() + 1;
    chain.faucet(wallet.address(0, 3), new Sats(300_000));
    mine(1);
    chain.faucet(wallet.address(0, 21), new Sats(20_000)); // in sight by the first one alone
    mine(30);
    watch(wallet);
    watch(other);
    mine(1);
    follower.catchUp();
    assertThat(index.balance(wallet.id())).isEqualTo(new Balance(0, 0, 0));
  }

  private void watch(TestWallet one) {
    follower.catchUp();
    index.watch(one.id(), one.cosigners(), index.tip().height() + 1);
    follower.catchUp();
  }

  private void restart() {
    follower = Following.follower(database, chain, clock);
    index = Following.index(database, chain, follower);
  }

  private void mine(int blocks) {
    for (int i = 0; i < blocks; i++) {
      now.addAndGet(600);
      chain.mine();
    }
  }

  @AfterEach
  void stop() {
    chain.close();
    database.close();
  }

  @Test
  void fromAHeightItFindsWhatWasPaidBefore() {
    index.rescan(Rescan.fromHeight(wallet.id(), paidAt));
    follower.catchUp();
    assertThat(index.balance(wallet.id())).isEqualTo(new Balance(320_000, 0, 0));
    assertThat(index.history(wallet.id())).hasSize(2);
    assertThat(index.rescan(wallet.id())).isNull();
    // Coins found like that are looked for from now on, and so are the addresses in sight now.
    chain.faucet(wallet.address(0, 41), new Sats(7_000));
    mine(1);
    follower.catchUp();
    assertThat(index.balance(wallet.id())).isEqualTo(new Balance(327_000, 0, 0));
    var spend =
        wallet.spend(
            index.spendable(wallet.id()), List.of(new TestWallet.To(other.script(0, 0), 320_000)));
    assertThat(index.broadcast(spend.serialize()).delivered()).isTrue();
    mine(1);
    follower.catchUp();
    assertThat(index.balance(wallet.id())).isEqualTo(new Balance(0, 0, 0));
    assertThat(index.balance(other.id())).isEqualTo(new Balance(320_000, 0, 0));
  }

  @Test
  void fromADayItBeginsBeforeIt() {
    long time = Objects.requireNonNull(chain.at(paidAt)).time();
    index.rescan(Rescan.fromTime(wallet.id(), time));
    follower.catchUp();
    assertThat(index.balance(wallet.id())).isEqualTo(new Balance(320_000, 0, 0));
  }

  @Test
  void fromAfterThePaymentsItFindsNothing() {
    index.rescan(Rescan.fromHeight(wallet.id(), paidAt + 5));
    follower.catchUp();
    assertThat(index.balance(wallet.id())).isEqualTo(new Balance(0, 0, 0));
    index.rescan(Rescan.fromTime(wallet.id(), now.get() + 900_000));
    follower.catchUp();
    assertThat(index.rescan(wallet.id())).isNull();
  }

  @Test
  void doneTwiceItChangesNothing() {
    index.rescan(Rescan.fromHeight(wallet.id(), 1));
    index.rescan(Rescan.fromHeight(wallet.id(), paidAt)); // as early a one is under way
    assertThat(Objects.requireNonNull(index.rescan(wallet.id())).from()).isEqualTo(1);
    follower.catchUp();
    var history = index.history(wallet.id());
    var coins = index.coins(wallet.id());
    index.rescan(Rescan.fromHeight(wallet.id(), 1));
    follower.catchUp();
    assertThat(index.history(wallet.id())).isEqualTo(history);
    assertThat(index.coins(wallet.id())).isEqualTo(coins);
  }

  @Test
  void itGoesOnAfterARestartAndAReorganisationAndHoldsNobodyUp() {
    index.rescan(Rescan.fromHeight(wallet.id(), paidAt - 20));
    List<Integer> seen = new ArrayList<>();
    int slices = 0;
    boolean left = true;
    while (left) {
      int[] blocks = {0};
      left = follower.catchUp(() -> blocks[0]++ >= 10); // ten blocks at a time
      Rescan rescan = index.rescan(wallet.id());
      seen.add(rescan == null ? index.tip().height() + 1 : Objects.requireNonNull(rescan.next()));
      if (slices == 1) {
        chain.faucet(other.address(0, 0), new Sats(5_000 + slices));
        restart();
      } else if (slices == 2) {
        assertThat(index.balance(other.id()).pending()).isEqualTo(5_001); // seen in between
        chain.rewind(3, Set.of());
        mine(4);
      }
      slices++;
      assertThat(slices).isLessThan(30);
    }
    assertThat(slices).isGreaterThan(4);
    assertThat(seen).isSorted();
    follower.catchUp();
    assertThat(index.balance(wallet.id())).isEqualTo(new Balance(320_000, 0, 0));
    assertThat(index.balance(other.id())).isEqualTo(new Balance(5_001, 0, 0));
    assertThat(index.health().fine()).isTrue();
  }
}
