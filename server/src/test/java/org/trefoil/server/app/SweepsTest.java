package org.trefoil.server.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.bitcoinj.base.Sha256Hash;
import org.bitcoinj.crypto.ECKey;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.trefoil.core.Token;
import org.trefoil.core.address.Address;
import org.trefoil.core.coins.Outpoint;
import org.trefoil.core.proposal.FeeBounds;
import org.trefoil.core.psbt.PreviousTx;
import org.trefoil.core.psbt.SignedTx;
import org.trefoil.core.sweep.LoneCoin;
import org.trefoil.core.sweep.LoneScript;
import org.trefoil.core.sweep.Sweep;
import org.trefoil.core.units.FeeRate;
import org.trefoil.core.units.Hex;
import org.trefoil.core.units.Network;
import org.trefoil.core.units.Sats;
import org.trefoil.core.wire.ForeignCoin;
import org.trefoil.core.wire.ForeignCoins;
import org.trefoil.server.chain.ChainHealth;
import org.trefoil.server.chain.ChainUnavailable;
import org.trefoil.server.chain.CoinFinder;
import org.trefoil.server.chain.FoundOutput;
import org.trefoil.server.store.JdbiSweepStore;
import org.trefoil.server.store.TestDatabase;
import org.trefoil.server.sweep.SweepRecord;
import org.trefoil.server.sweep.SweepStore;
import org.trefoil.server.sweep.Sweeps;

/** Coins of a key from elsewhere come into a wallet, on the practice chain. */
@ParameterizedClass
@EnumSource(TestDatabase.class)
class SweepsTest {
  private static final ECKey KEY = ECKey.fromPrivate(BigInteger.valueOf(4711), true);
  private static final List<LoneScript> SCRIPTS = scripts(KEY);

  @Parameter TestDatabase engine;
  private TestHouse house;
  private TestHouse.Person ada;
  private SweepStore store;

  private static List<LoneScript> scripts(ECKey key) {
    return LoneScript.of(key.getPubKey(), key.decompress().getPubKey());
  }

  @BeforeEach
  void open() throws IOException {
    house = new TestHouse(engine.fresh(), (Sats) null);
    ada = house.new Person(1);
    store = new JdbiSweepStore(house.foundation.database());
  }

  @AfterEach
  void close() {
    house.close();
  }

  private Sweeps sweeps() {
    return house.rooms.sweeps();
  }

  /** Pays each script of the key that has an address. */
  private void pay(long each) {
    for (LoneScript script : SCRIPTS) {
      if (script.kind() != LoneScript.Kind.P2PK) {
        Address to = Address.ofScript(Network.REGTEST, script.scriptPubKey());
        house.practice.faucet(to, new Sats(each));
      }
    }
    house.mine(1);
  }

  private static List<String> asked() {
    return SCRIPTS.stream().map(script -> Hex.of(script.scriptPubKey())).toList();
  }

  private ForeignCoins found(Sweeps sweeps) throws InterruptedException {
    ForeignCoins found = sweeps.search(ada.accountId, ada.walletId, asked());
    while (found.searching()) {
      Thread.sleep(5);
      found = sweeps.search(ada.accountId, ada.walletId, asked());
    }
    return found;
  }

  private Address own() {
    String text = house.rooms.wallets().address(ada.accountId, ada.walletId).address();
    return Address.parse(text, Network.REGTEST);
  }

  /** As the vault does it. */
  private static byte[] signed(ForeignCoins found, Address to, long rate, ECKey by) {
    List<LoneCoin> coins = new ArrayList<>();
    for (ForeignCoin coin : found.coins()) {
      byte[] maker = Base64.getDecoder().decode(coin.previousTx());
      Outpoint outpoint = new Outpoint(coin.txid(), coin.vout());
      coins.add(LoneCoin.prove(outpoint, new Sats(coin.value()), maker, SCRIPTS));
    }
    Sats most = new Sats(Sats.MAX);
    FeeBounds any = new FeeBounds(new FeeRate(0), new FeeRate(FeeRate.MAX), most, 100, most);
    Sweep sweep = Sweep.plan(coins, to, new FeeRate(rate), any, found.tipHeight()).get(0);
    List<byte[]> signatures = new ArrayList<>();
    for (int i = 0; i < sweep.coins().size(); i++) {
      byte[] der = by.sign(Sha256Hash.wrap(sweep.sighash(i))).encodeToDER();
      byte[] signature = java.util.Arrays.copyOf(der, der.length + 1);
      signature[der.length] = 1;
      signatures.add(signature);
    }
    SignedTx tx = sweep.finish(signatures);
    return tx.bytes();
  }

  private String take(byte[] tx) {
    return sweeps().take(ada.accountId, ada.walletId, tx);
  }

  private long confirmed() {
    return house.rooms.wallets().view(ada.accountId, ada.walletId).balance().confirmed();
  }

  @Test
  void coinsOfEachKindOfAddressComeIntoTheWalletAndAreSeenOnTheirWay() throws Exception {
    pay(100_000);
    ForeignCoins found = found(sweeps());
    assertThat(found.coins()).hasSize(4);
    assertThat(found.left()).isZero();
    byte[] tx = signed(found, own(), 2_000, KEY);
    String txid = take(tx);
    house.rooms.chain().follower().catchUp();
    assertThat(house.rooms.book().transaction(ada.accountId, ada.walletId, txid).kind())
        .isEqualTo("in");
    assertThat(confirmed()).isZero();
    assertThat(take(tx)).isEqualTo(txid);
    house.mine(1);
    assertThat(confirmed()).isBetween(398_000L, 399_999L);
    assertThat(found(sweeps()).coins()).isEmpty();
    house.mine(6);
    house.pass(Duration.ofMinutes(1));
    sweeps().lookAfterDue();
    house.pass(Duration.ofDays(1));
    assertThat(store.due(house.clock.instant(), 10)).isEmpty();
  }

  @Test
  void whatPaysAnybodyElseOrMoreThanOneIsRefused() throws Exception {
    pay(100_000);
    ForeignCoins found = found(sweeps());
    Address elsewhere = Address.parse(TestHouse.ELSEWHERE, Network.REGTEST);
    byte[] tx = signed(found, elsewhere, 2_000, KEY);
    Refused.with(Token.SWEEP_ELSEWHERE, () -> take(tx));
    TestHouse.Person bob = house.new Person(2);
    byte[] toAda = signed(found, own(), 2_000, KEY);
    Refused.with(Token.SWEEP_ELSEWHERE, () -> sweeps().take(bob.accountId, bob.walletId, toAda));
    Refused.with(Token.NOT_FOUND, () -> sweeps().take(bob.accountId, ada.walletId, toAda));
    Refused.with(Token.NOT_FOUND, () -> sweeps().search(bob.accountId, ada.walletId, asked()));
    Refused.with(Token.PSBT_MALFORMED, () -> take(new byte[] {1, 2, 3}));
    assertThat(house.practice.mempool()).isEmpty();
    assertThat(store.due(house.clock.instant(), 10)).isEmpty();
  }

  @Test
  void aFeeBeyondItsBoundsIsRefused() throws Exception {
    pay(200_000);
    ForeignCoins found = found(sweeps());
    Address own = own();
    byte[] dear = signed(found, own, 600_000, KEY);
    Refused.with(Token.FEE_TOO_HIGH, () -> take(dear));
    byte[] cheap = signed(found, own, 500, KEY);
    Refused.with(Token.FEE_TOO_LOW, () -> take(cheap));
    assertThat(house.practice.mempool()).isEmpty();
  }

  @Test
  void coinsThatAreSpentMeanwhileAreNotSweptAgain() throws Exception {
    pay(100_000);
    ForeignCoins found = found(sweeps());
    Address own = own();
    byte[] first = signed(found, own, 2_000, KEY);
    byte[] second = signed(found, own, 3_000, KEY);
    take(first);
    house.mine(1);
    Refused.with(Token.COINS_TAKEN, () -> take(second));
  }

  @Test
  void whatTheNetworkRefusesIsToldWithItsReasonAndNotTriedAgain() throws Exception {
    pay(100_000);
    byte[] tx = signed(found(sweeps()), own(), 2_000, KEY);
    byte[] bent = tx.clone();
    bent[bent.length - 60] ^= 1; // in the last witness
    Refused.with(Token.SWEEP_REFUSED, () -> take(bent));
    house.pass(Duration.ofHours(1));
    assertThat(store.due(house.clock.instant(), 10)).isEmpty();
    assertThat(house.practice.mempool()).isEmpty();
    assertThat(take(tx)).isNotEmpty();
  }

  @Test
  void c8WhatWasTakenIsHandedOverAfterACrash() throws Exception {
    pay(100_000);
    byte[] tx = signed(found(sweeps()), own(), 2_000, KEY);
    String txid = PreviousTx.parse(tx).txid();
    // The process ended between its word to the disk and its word to the network.
    store.add(
        new SweepRecord("c".repeat(32), ada.walletId, txid, tx, house.clock.instant(), false, 0));
    sweeps().lookAfterDue();
    assertThat(house.practice.mempool()).containsExactly(txid);
    house.mine(1);
    assertThat(confirmed()).isPositive();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 8})
  void whatAReorganisationDropsIsHandedOverAgain(int depth) throws Exception {
    pay(100_000);
    String txid = take(signed(found(sweeps()), own(), 2_000, KEY));
    house.mine(depth);
    house.pass(Duration.ofMinutes(20));
    sweeps().lookAfterDue();
    house.practice.rewind(depth, List.of(txid));
    house.mine(depth + 1);
    assertThat(house.practice.mempool()).isEmpty();
    house.pass(Duration.ofMinutes(11));
    sweeps().lookAfterDue();
    assertThat(house.practice.mempool()).containsExactly(txid);
  }

  @Test
  void oneSearchIsMadeAtOnceAndANodeThatIsBusyIsSaidToBe() throws Exception {
    CountDownLatch go = new CountDownLatch(1);
    try (Sweeps slow = with(new SlowFinder(go, null))) {
      assertThat(slow.search(ada.accountId, ada.walletId, asked()).searching()).isTrue();
      TestHouse.Person bob = house.new Person(2);
      Refused.with(Token.SEARCH_BUSY, () -> slow.search(bob.accountId, bob.walletId, asked()));
      assertThat(slow.search(ada.accountId, ada.walletId, asked()).percent()).isEqualTo(42);
      go.countDown();
      assertThat(found(slow).coins()).isEmpty();
    }
    CountDownLatch gone = new CountDownLatch(0);
    try (Sweeps busy = with(new SlowFinder(gone, new CoinFinder.Busy()))) {
      Refused.with(Token.SEARCH_BUSY, () -> found(busy));
    }
    ChainUnavailable away = new ChainUnavailable(ChainHealth.State.PRUNED, "gone");
    try (Sweeps pruned = with(new SlowFinder(gone, away))) {
      Refused.with("pruned", Token.CHAIN_UNAVAILABLE, () -> found(pruned));
    }
  }

  @Test
  void withoutANodeThatCouldLookItIsRefused() {
    try (Sweeps none = with(null)) {
      assertThat(none.possible()).isFalse();
      Refused.with(
          Token.FOREIGN_COINS_UNKNOWN, () -> none.search(ada.accountId, ada.walletId, asked()));
    }
  }

  @Test
  void scriptsThatAreNoneAreRefused() {
    for (List<String> bad :
        List.of(List.<String>of(), List.of("xy"), List.of("00".repeat(80)), List.of(""))) {
      Refused.with(Token.WRONG_VALUE, () -> sweeps().search(ada.accountId, ada.walletId, bad));
    }
    List<String> many = new ArrayList<>(asked());
    many.addAll(asked());
    Refused.with(Token.WRONG_VALUE, () -> sweeps().search(ada.accountId, ada.walletId, many));
  }

  private Sweeps with(@Nullable CoinFinder finder) {
    return new Sweeps(
        store,
        house.rooms.wallets(),
        house.rooms.chain().index(),
        finder,
        house.foundation.database(),
        new org.trefoil.server.audit.AuditLog(
            new org.trefoil.server.store.JdbiAuditStore(house.foundation.database()), house.clock),
        house.clock,
        new java.security.SecureRandom());
  }

  /** Finds nothing, once it may. */
  private record SlowFinder(CountDownLatch go, @Nullable RuntimeException fault)
      implements CoinFinder {
    @Override
    public List<FoundOutput> find(Collection<byte[]> scripts) {
      try {
        go.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      if (fault != null) {
        throw fault;
      }
      return List.of();
    }

    @Override
    public int percent() {
      return 42;
    }

    @Override
    public Map<String, byte[]> makers(Collection<FoundOutput> outputs) {
      return Map.of();
    }

    @Override
    public Map<Outpoint, FoundOutput> unspent(Collection<Outpoint> outpoints) {
      return Map.of();
    }
  }
}
