package org.trefoil.server.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.trefoil.server.backup.Tables;

/** What a backup reads is of one moment, on every engine. */
class SnapshotTest extends StoreContract {
  SnapshotTest(TestDatabase engine) {
    super(engine);
  }

  @Test
  void whatIsCommittedWhileTheTablesAreReadIsInNoneOfThem() {
    accounts(); // read first
    JdbiFactStore facts = new JdbiFactStore(database);
    facts.keep("before", "read");
    List<Object> read = new ArrayList<>();
    new JdbiTables(database)
        .read(
            new Tables.Rows() {
              @Override
              public void table(Tables.Table table) {}

              @Override
              public void row(List<@Nullable Object> values) {
                CompletableFuture.runAsync(() -> facts.keep("meanwhile", "not read")).join();
                read.addAll(values);
              }
            });
    assertThat(facts.find("meanwhile")).isPresent();
    assertThat(read.indexOf(ADA)).isBetween(0, read.indexOf("before"));
    assertThat(read).doesNotContain("meanwhile");
  }
}
