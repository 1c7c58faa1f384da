package org.trefoil.server.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.trefoil.server.account.Account;
import org.trefoil.server.account.AccountStore;
import org.trefoil.server.account.Email;

class AccountStoreTest extends StoreContract {
  private final AccountStore store = new JdbiAccountStore(database);

  AccountStoreTest(TestDatabase engine) {
    super(engine);
  }

  @Test
  void keepsWhatWasAdded() {
    accounts();
    assertThat(store.count()).isEqualTo(2);
    AccountStore.Entry ada = store.byEmail(Email.parse("ada@example.org")).orElseThrow();
    assertThat(ada.account()).isEqualTo(new Account(ADA, "ada@example.org", NOW, null));
    assertThat(ada.secret().salt()).isEqualTo("salt1");
    assertThat(ada.secret().proofHash()).isEqualTo(secret(1).proofHash());
    assertThat(store.byId(BOB).orElseThrow().account().email()).isEqualTo("bob@example.org");
    assertThat(store.byId("c".repeat(32))).isEmpty();
    assertThat(store.emails(List.of(BOB, "c".repeat(32))))
        .isEqualTo(Map.of(BOB, "bob@example.org"));
  }

  @Test
  void anAddressHasOneAccountAlsoWhenManyWantIt() throws Exception {
    int added =
        atOnce(
            10,
            () -> {
              String id = Long.toHexString(Thread.currentThread().getId());
              return database.run(
                  () -> store.add(new Account(id, "ada@example.org", NOW, null), secret(1)));
            });
    assertThat(added).isEqualTo(1);
    assertThat(store.count()).isEqualTo(1);
  }

  @Test
  void aSecretIsReplacedOnceByWhoKnowsTheOldOne() {
    accounts();
    assertThat(store.replaceSecret(ADA, secret(2), secret(3))).isFalse();
    assertThat(store.replaceSecret(ADA, secret(1), secret(3))).isTrue();
    assertThat(store.replaceSecret(ADA, secret(1), secret(4))).isFalse();
    assertThat(store.byId(ADA).orElseThrow().secret().salt()).isEqualTo("salt3");
    assertThat(store.byId(BOB).orElseThrow().secret().salt()).isEqualTo("salt2");
  }
}
