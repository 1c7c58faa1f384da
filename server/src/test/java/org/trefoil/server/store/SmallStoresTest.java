package org.trefoil.server.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** The small stores: the facts, the practice chain. */
class SmallStoresTest extends StoreContract {
  SmallStoresTest(TestDatabase engine) {
    super(engine);
  }

  @Test
  void aFactIsSetOnceAlsoWhenManyWantTo() throws Exception {
    JdbiFactStore facts = new JdbiFactStore(database);
    assertThat(facts.find("chain")).isEmpty();
    int mine =
        atOnce(
            10,
            () -> {
              String wish = Thread.currentThread().getName();
              return facts.keep("chain", wish).equals(wish);
            });
    assertThat(mine).isEqualTo(1);
    assertThat(facts.keep("chain", "another")).isEqualTo(facts.find("chain").orElseThrow());
  }

  @Test
  void thePracticeChainIsThereAgain() {
    JdbiPracticeStore practice = new JdbiPracticeStore(database);
    practice.replace(1, List.of(bytes(1), bytes(2), bytes(3)), List.of());
    practice.accepted("t1", bytes(11), List.of());
    practice.accepted("t2", bytes(12), List.of("t1"));
    assertThat(practice.mempool()).containsExactly(bytes(12));
    practice.replace(3, List.of(bytes(4)), List.of());
    assertThat(practice.blocks()).containsExactly(bytes(1), bytes(2), bytes(4));
    assertThat(practice.mempool()).isEmpty();
  }
}
