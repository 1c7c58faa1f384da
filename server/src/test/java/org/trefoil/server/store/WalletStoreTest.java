package org.trefoil.server.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.trefoil.core.keys.CosignerKey;
import org.trefoil.core.keys.KeyRole;
import org.trefoil.core.units.Network;
import org.trefoil.core.wire.KeySplit;
import org.trefoil.core.wire.NewKeys;
import org.trefoil.core.wire.SecondSlot;
import org.trefoil.core.wire.SuccessionStatement;
import org.trefoil.core.wire.WalletState;
import org.trefoil.server.cosign.NewServerKey;
import org.trefoil.server.keyfile.Sealed;
import org.trefoil.server.wallets.WalletRecord;
import org.trefoil.server.wallets.WalletStore;

class WalletStoreTest extends StoreContract {
  private final WalletStore store = new JdbiWalletStore(database);

  WalletStoreTest(TestDatabase engine) {
    super(engine);
  }

  @BeforeEach
  void fill() {
    accounts();
  }

  @Test
  void aRequestMakesOneWalletAlsoWhenItComesManyTimes() throws Exception {
    int added =
        atOnce(
            10,
            () -> {
              String id = Long.toHexString(Thread.currentThread().getId());
              return database.run(() -> store.add(draft(id, "request-1")));
            });
    assertThat(added).isEqualTo(1);
    assertThat(store.count()).isEqualTo(1);
    assertThat(store.byRequest(ADA, "request-1")).isPresent();
    assertThat(store.byRequest(BOB, "request-1")).isEmpty();
  }

  @Test
  void goesFromDraftToActiveInOrderAndOnce() {
    assertThat(store.add(draft(WALLET, "request-1"))).isTrue();
    assertThat(store.activate(WALLET, NOW, List.of("early"))).isFalse();
    assertThat(store.storeKeys(WALLET, keys("descriptor", true))).isTrue();
    assertThat(store.storeKeys(WALLET, keys("other", false))).isFalse();
    assertThat(store.unwatched()).isEmpty();
    assertThat(store.activate(WALLET, NOW, List.of("proof"))).isTrue();
    assertThat(store.activate(WALLET, NOW, List.of())).isFalse();
    String proof = "SELECT cold_proof FROM wallet";
    assertThat(database.<String>with(h -> h.createQuery(proof).mapTo(String.class).one()))
        .isEqualTo("proof");
    store.handOut(WALLET, 3);
    WalletRecord wallet = store.find(WALLET).orElseThrow();
    assertThat(wallet.state()).isEqualTo(WalletState.ACTIVE);
    assertThat(wallet.descriptor()).isEqualTo("descriptor");
    assertThat(wallet.backupIsCold()).isTrue();
    assertThat(wallet.handedOut()).isEqualTo(3);
    assertThat(wallet.birthHeight()).isEqualTo(7);
    assertThat(store.list(ADA)).containsExactly(wallet);
    assertThat(store.unwatched()).containsExactly(wallet);
    database.use(
        h ->
            h.execute(
                "INSERT INTO chain_wallet (wallet_id, network, descriptor, roles, birth_height)"
                    + " VALUES (?, 'regtest', 'descriptor', 'USER', 7)",
                WALLET));
    assertThat(store.unwatched()).isEmpty();
    assertThat(store.list(BOB)).isEmpty();
  }

  private static NewKeys keys(String descriptor, boolean cold) {
    return new NewKeys(
        "user",
        "backup",
        cold,
        descriptor,
        "endorsement",
        "sealed",
        "first",
        new SuccessionStatement("user", "stated"),
        null,
        cold ? null : new KeySplit(2, 3),
        null,
        null);
  }

  private static WalletRecord draftAfter(String older, String walletId) {
    WalletRecord draft = draft(walletId, walletId + "-request");
    return new WalletRecord(
        draft.walletId(),
        draft.accountId(),
        draft.requestId(),
        draft.name(),
        draft.network(),
        draft.state(),
        draft.serverKey(),
        draft.birthHeight(),
        draft.birthTime(),
        draft.createdAt(),
        null,
        null,
        null,
        false,
        0,
        older,
        null,
        List.of(),
        null,
        null);
  }

  @Test
  void aWalletHasOneSuccessorAtMostAlsoWhenManyAreMadeAtOnce() throws Exception {
    store.add(draft(WALLET, "request-1"));
    int added =
        atOnce(
            10,
            () -> {
              String id = Long.toHexString(Thread.currentThread().getId());
              return database.run(() -> store.add(draftAfter(WALLET, id)));
            });
    assertThat(added).isEqualTo(1);
    WalletRecord heir = store.successor(WALLET).orElseThrow();
    assertThat(heir.replaces()).isEqualTo(WALLET);
    assertThat(heir.succession()).isNull();
    assertThat(store.storeKeys(heir.walletId(), keys("descriptor", false))).isTrue();
    assertThat(store.successor(WALLET).orElseThrow().succession())
        .isEqualTo(new SuccessionStatement("user", "stated"));
    assertThat(store.remove(heir.walletId())).isTrue();
    assertThat(store.successor(WALLET)).isEmpty();
    assertThat(store.add(draftAfter(WALLET, "another"))).isTrue();
  }

  @Test
  void onlyAnActiveWalletIsReplacedAndNoReplacedOneIsRemoved() {
    store.add(draft(WALLET, "request-1"));
    assertThat(store.replace(WALLET, NOW)).isFalse();
    store.storeKeys(WALLET, keys("descriptor", false));
    store.activate(WALLET, NOW, List.of());
    assertThat(store.replacedAt(WALLET)).isEmpty();
    assertThat(store.replace(WALLET, NOW)).isTrue();
    assertThat(store.replacedAt(WALLET)).contains(NOW);
    assertThat(store.replace(WALLET, NOW)).isFalse();
    assertThat(store.remove(WALLET)).isFalse();
    assertThat(store.find(WALLET).orElseThrow().state()).isEqualTo(WalletState.REPLACED);
    assertThat(store.unwatched()).extracting(WalletRecord::walletId).containsExactly(WALLET);
  }

  @Test
  void keepsTheLatestEnvelopeAndTheTimesOfThePaper() {
    store.add(draft(WALLET, "request-1"));
    assertThat(store.drill(WALLET)).isEqualTo(new WalletStore.Drill(null, null, null));
    store.storeKeys(WALLET, keys("descriptor", false));
    store.activate(WALLET, NOW, List.of());
    store.reseal(WALLET, "sealed anew", new SecondSlot("slot", "first", "second"));
    assertThat(store.find(WALLET).orElseThrow().sealed()).isEqualTo("sealed anew");
    assertThat(store.find(WALLET).orElseThrow().beside())
        .isEqualTo(new SecondSlot("slot", "first", "second"));
    store.drilled(WALLET, NOW.plusSeconds(5));
    store.reminded(WALLET, NOW.plusSeconds(9));
    assertThat(store.drill(WALLET))
        .isEqualTo(new WalletStore.Drill(NOW, NOW.plusSeconds(5), NOW.plusSeconds(9)));
  }

  @Test
  void whoLocksItSeesWhatTheLastHolderWrote() throws Exception {
    store.add(draft(WALLET, "request-1"));
    int handedOut =
        atOnce(
            20,
            () ->
                database.run(
                    () -> {
                      int count = store.lock(WALLET).orElseThrow().handedOut();
                      store.handOut(WALLET, count + 1);
                      return true;
                    }));
    assertThat(store.find(WALLET).orElseThrow().handedOut()).isEqualTo(handedOut).isEqualTo(20);
  }

  @Test
  void aSeedIsKeptOncePerWallet() {
    JdbiSeedStore seeds = new JdbiSeedStore(database);
    seeds.add(WALLET, key(1));
    assertThat(seeds.find(WALLET).orElseThrow().bytes()).isEqualTo(bytes(1));
    assertThat(seeds.find(ADA)).isEmpty();
    assertThat(seeds.count()).isEqualTo(1);
    assertThat(org.assertj.core.api.Assertions.catchThrowable(() -> seeds.add(WALLET, key(2))))
        .isNotNull();
    assertThat(seeds.find(WALLET).orElseThrow().bytes()).isEqualTo(bytes(1));
  }

  /** One whose sealed seed is told apart by a number. */
  private static NewServerKey key(int number) {
    String expression =
        "[5a3469b6/48'/1'/0'/2']tpubDEhFJsryccF9b2PaR3mgUBVfoYbpVaXsmpK6sonC8cysYcpJzYsZfiwkR9JaoiNWCT9o1HN2bFccb2wMnAXGdKpW6nYQukZMZXfF32RnS6y";
    return new NewServerKey(
        CosignerKey.parse(KeyRole.SERVER, expression, Network.REGTEST), new Sealed(bytes(number)));
  }
}
