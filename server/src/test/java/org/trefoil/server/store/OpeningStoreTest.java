package org.trefoil.server.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.trefoil.server.passkey.Passkey;
import org.trefoil.server.passkey.PasskeyStore;
import org.trefoil.server.wallets.OpeningStore;

class OpeningStoreTest extends StoreContract {
  private static final String OTHER = "2".repeat(32);

  private final OpeningStore store = new JdbiOpeningStore(database);
  private final PasskeyStore passkeys = new JdbiPasskeyStore(database);

  OpeningStoreTest(TestDatabase engine) {
    super(engine);
  }

  @BeforeEach
  void fill() {
    accounts();
    JdbiWalletStore wallets = new JdbiWalletStore(database);
    wallets.add(draft(WALLET, "request-1"));
    wallets.add(draft(OTHER, "request-2"));
    for (int number = 1; number <= 2; number++) {
      passkeys.add(new PasskeyStore.Row(passkey(number), bytes(number)));
    }
  }

  private static Passkey passkey(int number) {
    return new Passkey(
        "p" + number,
        ADA,
        bytes(number),
        bytes(number),
        bytes(number),
        -7,
        0,
        false,
        false,
        List.of(),
        "Phone",
        false,
        NOW,
        null);
  }

  private static OpeningStore.Row row(String walletId, int passkey, int salt) {
    return new OpeningStore.Row(
        walletId, "p" + passkey, bytes(salt), "wrapped" + salt, NOW.plusSeconds(salt));
  }

  private List<String> kept(String walletId) {
    return store.list(walletId).stream().map(OpeningStore.Row::wrapped).toList();
  }

  @Test
  void eachPasskeyHasOneForEachWalletAndTheNewerCounts() {
    store.put(row(WALLET, 1, 1));
    store.put(row(WALLET, 2, 2));
    store.put(row(OTHER, 1, 3));
    store.put(row(WALLET, 1, 4));
    assertThat(kept(WALLET)).containsExactly("wrapped2", "wrapped4");
    assertThat(kept(OTHER)).containsExactly("wrapped3");
    OpeningStore.Row first = store.list(OTHER).get(0);
    assertThat(first.salt()).isEqualTo(bytes(3));
    assertThat(first.passkeyId()).isEqualTo("p1");
    assertThat(first.createdAt()).isEqualTo(NOW.plusSeconds(3));
  }

  @Test
  void oneIsRemovedOrAllOfAWallet() {
    store.put(row(WALLET, 1, 1));
    store.put(row(WALLET, 2, 2));
    store.put(row(OTHER, 1, 3));
    assertThat(store.remove(WALLET, "p1")).isTrue();
    assertThat(store.remove(WALLET, "p1")).isFalse();
    assertThat(kept(WALLET)).containsExactly("wrapped2");
    store.removeAll(WALLET);
    assertThat(kept(WALLET)).isEmpty();
    assertThat(kept(OTHER)).hasSize(1);
  }

  @Test
  void theyGoWithTheirPasskey() {
    store.put(row(WALLET, 1, 1));
    store.put(row(WALLET, 2, 2));
    store.put(row(OTHER, 1, 3));
    passkeys.remove(ADA, "p1");
    assertThat(kept(WALLET)).containsExactly("wrapped2");
    assertThat(kept(OTHER)).isEmpty();
    passkeys.removeAll(ADA);
    assertThat(kept(WALLET)).isEmpty();
  }
}
