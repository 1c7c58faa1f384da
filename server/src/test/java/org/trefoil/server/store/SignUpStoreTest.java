package org.trefoil.server.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.trefoil.server.signup.SignUpStore;

/** What waits for the code of a letter: of all that change it at once, one does. */
class SignUpStoreTest extends StoreContract {
  private final JdbiSignUpStore store = new JdbiSignUpStore(database);

  SignUpStoreTest(TestDatabase engine) {
    super(engine);
  }

  private static SignUpStore.Entry entry(int mailbox, int nonce, int letters) {
    return new SignUpStore.Entry(
        bytes(mailbox), bytes(nonce), NOW, letters, NOW.plusSeconds(1), NOW.plusSeconds(60));
  }

  @Test
  void ofAllThatPutOneInOneDoes() throws Exception {
    SignUpStore.Entry first = entry(1, 1, 1);
    assertThat(store.find(bytes(1))).isEmpty();
    assertThat(atOnce(10, () -> database.run(() -> store.replace(null, first)))).isEqualTo(1);
    assertThat(store.find(bytes(1))).contains(first);
    SignUpStore.Entry second = entry(1, 2, 2);
    assertThat(atOnce(10, () -> store.replace(first, second))).isEqualTo(1);
    assertThat(store.find(bytes(1))).contains(second);
    assertThat(store.replace(first, entry(1, 3, 3))).isFalse();
    assertThat(store.replace(null, entry(1, 3, 3))).isFalse();
    assertThat(store.find(bytes(1))).contains(second);
  }

  @Test
  void ofAllThatEndOneOneDoes() throws Exception {
    store.replace(null, entry(1, 1, 1));
    assertThat(store.remove(bytes(1), bytes(2))).isFalse();
    assertThat(store.remove(bytes(2), bytes(1))).isFalse();
    assertThat(atOnce(10, () -> store.remove(bytes(1), bytes(1)))).isEqualTo(1);
    assertThat(store.find(bytes(1))).isEmpty();
  }

  @Test
  void itIsForgottenOnceItsDayAndItsCodeAreOver() {
    store.replace(null, entry(1, 1, 1));
    store.replace(null, entry(2, 1, 1));
    assertThat(store.sweep(NOW, NOW.plusSeconds(60))).isZero();
    assertThat(store.sweep(NOW.plusSeconds(1), NOW.plusSeconds(59))).isZero();
    assertThat(store.sweep(NOW.plusSeconds(1), NOW.plus(Duration.ofMinutes(1)))).isEqualTo(2);
  }
}
