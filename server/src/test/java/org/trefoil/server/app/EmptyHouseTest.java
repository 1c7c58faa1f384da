package org.trefoil.server.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Base64;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.trefoil.server.store.BareRows;
import org.trefoil.server.store.TestDatabase;

/** A house into which nobody moved yet, on either engine. */
@ParameterizedClass
@EnumSource
class EmptyHouseTest {
  private static final int MANY = 1_000;
  private static final int TOKEN_BYTES = 32;

  @Parameter TestDatabase engine;

  @Test
  void nobodyIsThereWhoDidNotSignUp() throws Exception {
    try (TestHouse house = new TestHouse(engine.fresh(), null)) {
      BareRows rows = new BareRows(house.foundation.database());
      for (String table : new String[] {"account", "session", "wallet"}) {
        assertThat(rows.count(table)).as(table).isZero();
      }
    }
  }

  @Test
  void aTokenSaysNothingAndNeverComesTwice() throws Exception {
    try (TestHouse house = new TestHouse(engine.fresh(), null)) {
      String ada = house.new Person(1).accountId;
      Set<String> tokens = new HashSet<>();
      for (int i = 0; i < MANY; i++) {
        String token = house.rooms.sessions().open(ada, false, "x", "").token();
        assertThat(Base64.getUrlDecoder().decode(token)).hasSize(TOKEN_BYTES);
        tokens.add(token);
      }
      assertThat(tokens).hasSize(MANY);
    }
  }
}
