package org.trefoil.server.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.trefoil.server.sweep.SweepRecord;

/** Sweeps are kept once a wallet, and looked after until their end. */
class SweepStoreTest extends StoreContract {
  private final JdbiSweepStore sweeps = new JdbiSweepStore(database);

  SweepStoreTest(TestDatabase engine) {
    super(engine);
  }

  @BeforeEach
  void wallet() {
    accounts();
    assertThat(new JdbiWalletStore(database).add(draft(WALLET, "request"))).isTrue();
  }

  private static SweepRecord sweep(int number, Instant at) {
    String id = Integer.toString(number).repeat(32);
    return new SweepRecord(id, WALLET, id + id, bytes(number), at, false, 0);
  }

  @Test
  void aTransactionIsKeptOnceForAWallet() throws Exception {
    SweepRecord first = sweep(1, NOW);
    assertThat(sweeps.add(first)).isTrue();
    assertThat(sweeps.add(first)).isFalse();
    SweepRecord kept = sweeps.find(WALLET, first.txid()).orElseThrow();
    assertThat(kept.rawTx()).isEqualTo(bytes(1));
    assertThat(kept.createdAt()).isEqualTo(NOW);
    assertThat(sweeps.find("2".repeat(32), first.txid())).isEmpty();
  }

  @Test
  void itIsDueAtOnceThenLaterAndAtLastNeverAgain() {
    sweeps.add(sweep(2, NOW));
    sweeps.add(sweep(1, NOW.minusSeconds(5)));
    assertThat(sweeps.due(NOW, 10)).extracting(SweepRecord::sweepId).first().isEqualTo(id(1));
    assertThat(sweeps.due(NOW, 1)).hasSize(1);
    sweeps.tried(id(1), NOW.plusSeconds(10));
    sweeps.delivered(id(2), NOW.plusSeconds(20));
    assertThat(sweeps.due(NOW.plusSeconds(9), 10)).isEmpty();
    SweepRecord tried = sweeps.due(NOW.plusSeconds(10), 10).get(0);
    assertThat(tried.tries()).isEqualTo(1);
    assertThat(tried.delivered()).isFalse();
    assertThat(sweeps.due(NOW.plusSeconds(20), 10)).hasSize(2);
    sweeps.ended(id(2));
    assertThat(sweeps.due(NOW.plusSeconds(99), 10)).hasSize(1);
  }

  @Test
  void onlyWhatNobodyHadIsForgotten() {
    sweeps.add(sweep(1, NOW));
    sweeps.add(sweep(2, NOW));
    sweeps.delivered(id(2), NOW);
    sweeps.remove(id(1));
    sweeps.remove(id(2));
    assertThat(sweeps.due(NOW, 10)).extracting(SweepRecord::sweepId).containsExactly(id(2));
  }

  private static String id(int number) {
    return Integer.toString(number).repeat(32);
  }
}
