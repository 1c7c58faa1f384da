package org.trefoil.server.chain.follow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.bitcoinj.core.Transaction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.trefoil.core.address.Address;
import org.trefoil.core.coins.Coin;
import org.trefoil.core.coins.Outpoint;
import org.trefoil.core.keys.ScriptType;
import org.trefoil.core.keys.TestKeys;
import org.trefoil.core.units.Network;
import org.trefoil.core.units.Sats;
import org.trefoil.core.wire.Balance;
import org.trefoil.core.wire.HistoryItem;
import org.trefoil.server.chain.BroadcastOutcome;
import org.trefoil.server.chain.ChainHealth;
import org.trefoil.server.chain.ChainListener;
import org.trefoil.server.chain.ChainUnavailable;
import org.trefoil.server.chain.HistoryPage;
import org.trefoil.server.chain.HistoryPlace;
import org.trefoil.server.chain.Spending;
import org.trefoil.server.chain.Tip;
import org.trefoil.server.chain.WatchedAddress;
import org.trefoil.server.chain.practice.PracticeChain;
import org.trefoil.server.store.Database;
import org.trefoil.server.store.EmptyTables;
import org.trefoil.server.store.JdbiChainStore;
import org.trefoil.server.store.JdbiPracticeStore;
import org.trefoil.server.store.JdbiWatchStore;
import org.trefoil.server.store.TestDatabase;

@ParameterizedClass
@EnumSource(TestDatabase.class)
class FollowedChainTest {
  private static final InstantSource CLOCK =
      InstantSource.fixed(Instant.ofEpochSecond(1_795_000_000));

  private final Database database;
  private final PracticeChain chain;
  private final TestWallet wallet = new TestWallet(1, ScriptType.P2WSH);
  private final TestWallet other = new TestWallet(2, ScriptType.P2SH_P2WSH);
  private Set<Outpoint> held = Set.of();
  private Follower follower;
  private FollowedChain index;

  FollowedChainTest(TestDatabase engine) {
    database = engine.fresh();
    chain = PracticeChain.open(new JdbiPracticeStore(database), CLOCK);
  }

  @BeforeEach
  void start() {
    restart();
    follower.catchUp();
  }

  private void restart() {
    follower = Following.follower(database, chain, CLOCK);
    index = Following.index(database, chain, follower, walletId -> held);
  }

  @AfterEach
  void stop() {
    follower.close();
    chain.close();
    database.close();
  }

  private void watch() {
    index.watch(wallet.id(), wallet.cosigners(), index.tip().height() + 1);
    follower.catchUp();
  }

  private void mine() {
    chain.mine();
    follower.catchUp();
  }

  private String send(List<Coin> coins, TestWallet to, long amount, long change) {
    Transaction tx =
        wallet.spend(
            coins,
            List.of(
                new TestWallet.To(to.script(0, 0), amount),
                new TestWallet.To(wallet.script(1, 0), change)));
    assertThat(index.broadcast(tx.serialize())).isInstanceOf(BroadcastOutcome.Accepted.class);
    follower.catchUp();
    return tx.getTxId().toString();
  }

  @Test
  void aPaymentIsPendingThenConfirmedAndMayBeSpentThen() {
    watch();
    String txid = chain.faucet(wallet.address(0, 0), new Sats(700_000));
    follower.catchUp();
    assertThat(index.balance(wallet.id())).isEqualTo(new Balance(0, 700_000, 0));
    assertThat(index.coins(wallet.id())).hasSize(1);
    assertThat(index.spendable(wallet.id())).isEmpty();
    assertThat(index.confirmations(wallet.id(), txid)).isZero();
    mine();
    assertThat(index.balance(wallet.id())).isEqualTo(new Balance(700_000, 0, 0));
    Coin coin = index.spendable(wallet.id()).get(0);
    assertThat(coin.value()).isEqualTo(new Sats(700_000));
    assertThat(coin.confirmations()).isEqualTo(1);
    assertThat(coin.ours()).isFalse();
    mine();
    assertThat(index.confirmations(wallet.id(), txid)).isEqualTo(2);
    assertThat(index.nextUnused(wallet.id(), 0)).isEqualTo(1);
    assertThat(index.nextUnused(wallet.id(), 1)).isZero();
    assertThat(index.used(wallet.id(), 0, 0)).isTrue();
    assertThat(index.used(wallet.id(), 0, 1)).isFalse();
    byte[] raw = Objects.requireNonNull(index.previousTransactions(wallet.id()).get(txid));
    assertThat(chain.broadcast(raw)).isEqualTo(new BroadcastOutcome.AlreadyKnown(txid));
  }

  @Test
  void whatWeSendIsToldWithFeeAndItsChangeMayBeSpentAtOnce() {
    watch();
    chain.faucet(wallet.address(0, 0), new Sats(1_000_000));
    mine();
    String txid = send(index.spendable(wallet.id()), other, 300_000, 698_000);
    assertThat(index.balance(wallet.id())).isEqualTo(new Balance(0, 698_000, 0));
    Coin change = index.spendable(wallet.id()).get(0);
    assertThat(change.ours()).isTrue();
    assertThat(change.confirmations()).isZero();
    HistoryItem sent = index.history(wallet.id()).get(0);
    assertThat(sent.txid()).isEqualTo(txid);
    assertThat(sent.kind()).isEqualTo("out");
    assertThat(sent.fee()).isEqualTo(2_000);
    assertThat(sent.delta()).isEqualTo(-302_000);
    assertThat(sent.outputs()).extracting(o -> o.ours()).containsExactly(false, true);
    assertThat(sent.outputs().get(0).address()).isEqualTo(other.address(0, 0).text());
    mine();
    assertThat(index.balance(wallet.id())).isEqualTo(new Balance(698_000, 0, 0));
    assertThat(index.history(wallet.id()))
        .extracting(HistoryItem::kind)
        .containsExactly("out", "in");
    WatchedAddress paid = index.addresses(wallet.id(), 0, 0, 0).get(0);
    assertThat(paid.address()).isEqualTo(wallet.address(0, 0).text());
    assertThat(paid.received()).isEqualTo(new Sats(1_000_000));
    assertThat(paid.payments()).isEqualTo(1);
  }

  @Test
  void aSendToOneselfChangesTheBalanceByItsFee() {
    watch();
    chain.faucet(wallet.address(0, 1), new Sats(1_000_000));
    mine();
    send(index.spendable(wallet.id()), wallet, 400_000, 598_500);
    HistoryItem self = index.history(wallet.id()).get(0);
    assertThat(self.kind()).isEqualTo("self");
    assertThat(self.delta()).isEqualTo(-1_500);
    assertThat(index.balance(wallet.id())).isEqualTo(new Balance(0, 998_500, 0));
    assertThat(index.coins(wallet.id())).allMatch(Coin::ours);
  }

  @Test
  void reservedCoinsAreCountedAndNotOffered() {
    watch();
    chain.faucet(wallet.address(0, 0), new Sats(100_000));
    chain.faucet(wallet.address(0, 1), new Sats(200_000));
    mine();
    Coin first = index.spendable(wallet.id()).get(0);
    held = Set.of(first.outpoint());
    assertThat(index.balance(wallet.id()))
        .isEqualTo(new Balance(300_000, 0, first.value().value()));
    assertThat(index.spendable(wallet.id())).hasSize(1).doesNotContain(first);
    assertThat(index.coins(wallet.id())).hasSize(2);
  }

  @Test
  void theWindowMovesAsAddressesAreUsedAlsoWithinOneBlock() {
    watch();
    for (int index : new int[] {19, 38, 57}) { // each comes into sight by the one before
      chain.faucet(wallet.address(0, index), new Sats(10_000));
    }
    chain.faucet(wallet.address(0, 80), new Sats(10_000)); // beyond all sight
    mine();
    assertThat(index.balance(wallet.id()).confirmed()).isEqualTo(30_000);
    assertThat(index.nextUnused(wallet.id(), 0)).isEqualTo(58);
    chain.faucet(wallet.address(0, 0), new Sats(10_000)); // an old address counts for ever
    chain.faucet(wallet.address(0, 77), new Sats(10_000));
    follower.catchUp();
    restart();
    mine();
    assertThat(index.balance(wallet.id()).confirmed()).isEqualTo(50_000);
  }

  @Test
  void aWalletFromThePastIsReadFromItsBirthAlsoBelowWhatWasFollowed() {
    int birth = chain.tip().height() + 1;
    chain.faucet(wallet.address(0, 0), new Sats(500_000));
    for (int i = 0; i < 40; i++) {
      chain.mine();
    }
    String waits = chain.faucet(wallet.address(0, 1), new Sats(40_000));
    JdbiChainStore store = new JdbiChainStore(database);
    EmptyTables.chainOf(database);
    restart();
    follower.catchUp();
    assertThat(store.at(birth)).isNull();
    index.watch(wallet.id(), wallet.cosigners(), birth);
    index.watch(wallet.id(), wallet.cosigners(), birth);
    assertThat(index.balance(wallet.id())).isEqualTo(new Balance(0, 0, 0));
    follower.catchUp();
    assertThat(index.balance(wallet.id())).isEqualTo(new Balance(500_000, 40_000, 0));
    assertThat(index.confirmations(wallet.id(), waits)).isZero();
    assertThat(index.history(wallet.id()).get(1).confirmations()).isEqualTo(40);
    assertThat(new JdbiWatchStore(database).newcomers(-1, 10)).isEmpty();
  }

  @Test
  void anEvictedDepositAndWhatBuiltOnItVanish() {
    watch();
    String lost = chain.faucet(wallet.address(0, 0), new Sats(500_000));
    mine();
    String child = send(index.spendable(wallet.id()), wallet, 200_000, 299_000);
    assertThat(index.history(wallet.id())).hasSize(2);
    chain.rewind(1, List.of(lost));
    follower.catchUp();
    chain.mine();
    follower.catchUp();
    follower.catchUp();
    assertThat(index.history(wallet.id())).isEmpty();
    assertThat(index.balance(wallet.id())).isEqualTo(new Balance(0, 0, 0));
    assertThat(index.confirmations(wallet.id(), child)).isEqualTo(-1);
    assertThat(index.nextUnused(wallet.id(), 0)).isZero();
  }

  @Test
  void pagesOfTheHistoryAreStretchesOfTheWhole() {
    watch();
    for (int i = 0; i < 7; i++) {
      chain.faucet(wallet.address(0, i), new Sats(500_000 + i));
      if (i % 2 == 1) {
        mine();
      }
    }
    send(index.spendable(wallet.id()), wallet, 200_000, 299_000);
    List<HistoryItem> whole = index.history(wallet.id());
    assertThat(whole).hasSize(8);
    for (int limit : List.of(1, 3, 7, 8, 9)) {
      assertThat(walk(limit)).isEqualTo(whole);
    }
    for (HistoryItem item : whole) {
      assertThat(index.transaction(wallet.id(), item.txid())).isEqualTo(item);
      assertThat(index.transaction("somebody-else", item.txid())).isNull();
    }
  }

  @Test
  void pagesNeitherSkipNorRepeatWhatABlockInBetweenPushesDown() {
    watch();
    for (int i = 0; i < 9; i++) {
      chain.faucet(wallet.address(0, i), new Sats(500_000 + i));
      if (i % 2 == 1) {
        mine();
      }
    }
    List<HistoryItem> whole = index.history(wallet.id());
    List<String> met = new ArrayList<>();
    HistoryPlace below = null;
    do {
      HistoryPage page = index.history(wallet.id(), below, 2);
      page.items().forEach(item -> met.add(item.txid()));
      below = page.last() == null ? null : HistoryPlace.parse(page.last().text());
      chain.faucet(wallet.address(0, 1), new Sats(600_000 + met.size()));
      mine();
    } while (below != null);
    assertThat(met).isEqualTo(whole.stream().map(HistoryItem::txid).toList());
  }

  @Test
  void noPlaceOfTheHistoryIsReadFromAnythingElse() {
    for (String text : List.of("", "1", "1-ab", "-1-" + "a".repeat(64), "1-" + "A".repeat(64))) {
      assertThat(HistoryPlace.parse(text)).as(text).isNull();
    }
    HistoryPlace place = new HistoryPlace(HistoryPlace.inBlock(900_000, 7), "a".repeat(64));
    assertThat(HistoryPlace.parse(place.text())).isEqualTo(place);
  }

  private List<HistoryItem> walk(int limit) {
    List<HistoryItem> all = new ArrayList<>();
    HistoryPage page = index.history(wallet.id(), null, limit);
    all.addAll(page.items());
    while (page.last() != null) {
      page = index.history(wallet.id(), page.last(), limit);
      all.addAll(page.items());
    }
    return all;
  }

  @Test
  void aReorganisationBelowTheFirstBlockFollowedIsSurvived() {
    watch();
    chain.faucet(wallet.address(0, 0), new Sats(500_000));
    mine();
    chain.rewind(30, Set.of());
    for (int i = 0; i < 31; i++) {
      chain.mine();
    }
    follower.catchUp();
    follower.catchUp();
    assertThat(index.tip()).isEqualTo(chain.tip());
    List<HistoryItem> history = index.history(wallet.id());
    assertThat(history.size()).isLessThanOrEqualTo(1);
    for (HistoryItem item : history) {
      Tip block = Objects.requireNonNull(chain.at(Objects.requireNonNull(item.height())));
      assertThat(Objects.requireNonNull(chain.block(block.hash())).transactions())
          .extracting(tx -> tx.getTxId().toString())
          .contains(item.txid());
    }
  }

  @Test
  void lookingAgainChangesNothingAndTellsNobody() {
    watch();
    chain.faucet(wallet.address(0, 0), new Sats(500_000));
    mine();
    List<HistoryItem> before = index.history(wallet.id());
    restart();
    List<String> told = new ArrayList<>();
    index.listen(
        new ChainListener() {
          @Override
          public void walletsChanged(Map<String, Set<String>> changed) {
            told.addAll(changed.keySet());
          }

          @Override
          public void tipChanged(Tip tip) {
            told.add(tip.hash());
          }
        });
    follower.catchUp();
    follower.catchUp();
    assertThat(index.history(wallet.id())).isEqualTo(before);
    assertThat(told).isEmpty();
  }

  @Test
  void inTheBackgroundItTellsOfPaymentsBlocksAndHealth() throws Exception {
    index.watch(wallet.id(), wallet.cosigners(), index.tip().height() + 1);
    CountDownLatch payment = new CountDownLatch(1);
    CountDownLatch block = new CountDownLatch(1);
    index.listen(
        new ChainListener() {
          @Override
          public void walletsChanged(Map<String, Set<String>> changed) {
            payment.countDown();
          }

          @Override
          public void tipChanged(Tip tip) {
            block.countDown();
          }
        });
    follower.start();
    chain.faucet(wallet.address(0, 0));
    assertThat(payment.await(30, TimeUnit.SECONDS)).isTrue();
    chain.mine();
    assertThat(block.await(30, TimeUnit.SECONDS)).isTrue();
    assertThat(index.health()).isEqualTo(ChainHealth.FINE);
  }

  @Test
  void nothingIsKnownBeforeTheFirstLookAndOtherNetworksAreNotWatched() {
    EmptyTables.chainOf(database);
    restart();
    assertThat(index.health().state()).isEqualTo(ChainHealth.State.SYNCING);
    assertThatThrownBy(index::tip).isInstanceOf(ChainUnavailable.class);
    assertThatThrownBy(() -> index.watch("a", TestKeys.twoOfThree(Network.MAINNET), 0))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(index.broadcast(new byte[] {1})).isInstanceOf(BroadcastOutcome.Rejected.class);
  }

  @Test
  void aSilentNetworkIsSpokenForOnceACoinIsSpentElsewhereAndBuried() {
    watch();
    chain.faucet(wallet.address(0, 0), new Sats(1_000_000));
    mine();
    List<Coin> coins = index.spendable(wallet.id());
    byte[] loser =
        wallet.spend(coins, List.of(new TestWallet.To(other.script(0, 1), 990_000))).serialize();
    send(coins, other, 300_000, 698_000);
    FollowedChain silent = Following.index(database, new SilentSource(chain, List.of()), follower);
    for (int deep = 0; deep < 6; deep++) {
      assertThat(silent.broadcast(loser)).isInstanceOf(BroadcastOutcome.Unreachable.class);
      mine();
    }
    assertThat(silent.broadcast(loser)).isInstanceOf(BroadcastOutcome.Rejected.class);
    chain.rewind(2, Set.of());
    chain.mine();
    follower.catchUp();
    follower.catchUp();
    assertThat(silent.broadcast(loser)).isInstanceOf(BroadcastOutcome.Unreachable.class);
  }

  @Test
  void aSpendOfOurCoinsThatPeersTellOfCountsOnlyWhenItIsSigned() {
    watch();
    chain.faucet(wallet.address(0, 0), new Sats(1_000_000));
    mine();
    List<Coin> coins = index.spendable(wallet.id());
    List<TestWallet.To> outputs =
        List.of(
            new TestWallet.To(other.script(0, 0), 300_000),
            new TestWallet.To(wallet.script(1, 0), 690_000));
    Transaction forged = wallet.spend(coins, outputs);
    forged.setLockTime(7); // the signatures are over another transaction now
    Coin made =
        new Coin(new Outpoint(forged.getTxId().toString(), 1), new Sats(690_000), 1, 0, 0, true);
    Transaction child =
        wallet.spend(List.of(made), List.of(new TestWallet.To(wallet.script(0, 1), 680_000)));
    List<Transaction> rumours = new ArrayList<>(List.of(forged, child));
    Follower listener = Following.follower(database, new SilentSource(chain, rumours), CLOCK);
    listener.catchUp();
    assertThat(index.spendable(wallet.id())).isEqualTo(coins);
    assertThat(index.balance(wallet.id())).isEqualTo(new Balance(1_000_000, 0, 0));
    Transaction signed = wallet.spend(coins, outputs);
    rumours.add(signed);
    listener.catchUp();
    assertThat(index.balance(wallet.id())).isEqualTo(new Balance(0, 690_000, 0));
    assertThat(index.confirmations(wallet.id(), signed.getTxId().toString())).isZero();
    assertThat(index.history(wallet.id())).hasSize(2);
  }

  @Test
  void strangersTransactionsLeaveNoTrace() {
    watch();
    chain.faucet(other.address(0, 0));
    chain.faucet(Address.ofScript(Network.REGTEST, Spending.OPEN_SCRIPT));
    mine();
    assertThat(index.history(wallet.id())).isEmpty();
    assertThat(index.history(other.id())).isEmpty();
    assertThat(index.balance(other.id())).isEqualTo(new Balance(0, 0, 0));
  }
}
