package org.trefoil.server.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.trefoil.server.keyfile.Sealed;
import org.trefoil.server.secondfactor.FactorStore;
import org.trefoil.server.secondfactor.Tries;

class FactorStoreTest extends StoreContract {
  private final FactorStore store = new JdbiFactorStore(database);

  FactorStoreTest(TestDatabase engine) {
    super(engine);
  }

  @BeforeEach
  void fill() {
    accounts();
  }

  private void enrol() {
    assertThat(store.begin(ADA, new Sealed(bytes(1)))).isTrue();
    assertThat(store.confirm(ADA, 100, List.of(bytes(11), bytes(12)), NOW)).isTrue();
  }

  @Test
  void anEnrolmentBeginsAndEndsOnce() throws Exception {
    assertThat(atOnce(8, () -> database.run(() -> store.begin(ADA, new Sealed(bytes(1))))))
        .isEqualTo(1);
    assertThat(store.find(ADA).orElseThrow().confirmed()).isFalse();
    assertThat(store.useStep(ADA, 100, null)).isFalse();
    assertThat(store.confirm(ADA, 100, List.of(bytes(11)), NOW)).isTrue();
    assertThat(store.confirm(ADA, 101, List.of(bytes(12)), NOW)).isFalse();
    FactorStore.Entry entry = store.find(ADA).orElseThrow();
    assertThat(entry.confirmed()).isTrue();
    assertThat(entry.lastStep()).isEqualTo(100);
    assertThat(entry.secret().bytes()).isEqualTo(bytes(1));
    assertThat(store.recoveryLeft(ADA)).isEqualTo(1);
  }

  @Test
  void aStepPassesOnceOfFiftyAndNeverBack() throws Exception {
    enrol();
    assertThat(atOnce(50, () -> store.useStep(ADA, 101, bytes(5)))).isEqualTo(1);
    assertThat(store.useStep(ADA, 100, null)).isFalse();
    assertThat(store.useStep(ADA, 103, null)).isTrue();
    assertThat(store.useStep(ADA, 102, null)).isFalse();
  }

  @Test
  void aRecoveryCodePassesOnceOfFifty() throws Exception {
    enrol();
    assertThat(atOnce(50, () -> store.useRecovery(ADA, bytes(11), NOW, null))).isEqualTo(1);
    assertThat(store.recoveryLeft(ADA)).isEqualTo(1);
    assertThat(store.knowsRecovery(ADA, bytes(11))).isTrue();
    assertThat(store.useRecovery(BOB, bytes(12), NOW, null)).isFalse();
  }

  @Test
  void allRecoveryCodesAreUsedUpAtOnceAndNewOnesAreGood() {
    enrol();
    store.useUpRecovery(NOW);
    assertThat(store.recoveryLeft(ADA)).isZero();
    assertThat(store.useRecovery(ADA, bytes(12), NOW, null)).isFalse();
    assertThat(store.knowsRecovery(ADA, bytes(12))).as("so that it is called used").isTrue();
    store.replaceRecovery(ADA, List.of(bytes(13)));
    assertThat(store.useRecovery(ADA, bytes(13), NOW, null)).isTrue();
  }

  @Test
  void triesAreCountedForAllAtOnceAndForgottenWithTheWindow() throws Exception {
    enrol();
    Instant hourAgo = NOW.minus(Duration.ofHours(1));
    Instant inAnHour = NOW.plus(Duration.ofHours(1));
    for (Tries kind : Tries.values()) {
      assertThat(atOnce(30, () -> store.takeTry(ADA, kind, 10, hourAgo, NOW))).isEqualTo(10);
      assertThat(store.takeTry(ADA, kind, 10, NOW.plusSeconds(1), inAnHour)).isTrue();
      store.clearTries(ADA, kind);
      assertThat(atOnce(5, () -> store.takeTry(ADA, kind, 5, hourAgo, NOW))).isEqualTo(5);
    }
  }
}
