package org.trefoil.server.app;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.trefoil.server.store.ManyRows;
import org.trefoil.server.store.TestDatabase;

/** What benchmarks fill a database with keeps up with its tables. */
class ManyRowsTest {
  @ParameterizedTest
  @EnumSource
  void manyWalletsAndTheirHistoryAreFilledIn(TestDatabase engine) throws Exception {
    try (TestHouse house = new TestHouse(engine.fresh(), null)) {
      TestHouse.Person ada = house.new Person(1);
      ManyRows rows = new ManyRows(house.foundation.database());
      rows.wallets(5, ada.walletId);
      rows.shared(1, 50, 5, PagesBenchmark.transaction());
      rows.of(ada.walletId, 51, 90, PagesBenchmark.transaction());
      rows.sends(ada.walletId, 51, 90, PagesBenchmark.transaction());
      assertThat(house.rooms.chain().index().history(ada.walletId)).hasSize(40);
      assertThat(house.rooms.sends().list(ada.accountId, ada.walletId)).hasSize(20);
      assertThat(house.rooms.book().history(ada.accountId, ada.walletId, null).items())
          .isNotEmpty();
    }
  }
}
