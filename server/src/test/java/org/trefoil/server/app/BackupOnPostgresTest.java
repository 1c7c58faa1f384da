package org.trefoil.server.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.trefoil.core.Token;
import org.trefoil.core.wire.SendState;
import org.trefoil.core.wire.SendView;
import org.trefoil.server.app.TestHouse.Person;
import org.trefoil.server.config.Config;
import org.trefoil.server.config.ConfigReader;
import org.trefoil.server.store.Invariants;
import org.trefoil.server.store.JdbiFactStore;
import org.trefoil.server.store.OnPostgres;
import org.trefoil.server.store.TestDatabase;

/** Fault 28 on PostgreSQL, by the commands: backed up, restored into another, retired, released. */
@OnPostgres
class BackupOnPostgresTest {
  @TempDir Path parent;

  /** Flags of a server with a folder that holds the key file, and with a new schema. */
  private List<String> flags(String name) throws IOException {
    Path folder = Files.createDirectory(parent.resolve(name));
    Path key = folder.resolve("server.key");
    Files.write(key, TestHouse.KEY);
    Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-------"));
    return TestDatabase.POSTGRES.flags(folder);
  }

  private static TestHouse house(List<String> flags) throws IOException {
    Config config = ConfigReader.read(flags, Map.of());
    return new TestHouse(Foundation.database(config), null);
  }

  private static String command(TestHouse house, List<String> flags, String... words)
      throws IOException {
    List<String> all = new ArrayList<>(List.of(words));
    all.addAll(flags);
    return Commands.run(all, Map.of(), house.clock);
  }

  private static SendView confirm(TestHouse at, Person person, SendView send) {
    return at.rooms
        .sends()
        .confirm(person.accountId, person.walletId, send.sendId(), person.code());
  }

  @Test
  @DisplayName("Fault 28: moved from one PostgreSQL to another, and one of the two signs")
  void fault28MovedFromOnePostgresToAnother() throws Exception {
    List<String> old = flags("old");
    List<String> fresh = flags("new");
    String file = parent.resolve("backup.gz").toString();
    try (TestHouse house = house(old)) {
      new JdbiFactStore(house.foundation.database()).keep("chain", "practice");
      Person ada = house.new Person(1);
      ada.receive(1_000_000);
      SendView waiting =
          house
              .rooms
              .sends()
              .propose(ada.accountId, ada.walletId, ada.request("request-a", 200_000));
      assertThat(command(house, old, "backup", file)).contains("Backed up");
      String saved = ada.saved();
      assertThatThrownBy(() -> command(house, old, "restore", file))
          .isInstanceOf(StartRefused.class)
          .hasMessageContaining("in use already");
      Matcher copy =
          Pattern.compile("has the number (\\w{8})\\.")
              .matcher(command(house, fresh, "restore", file));
      assertThat(copy.find()).isTrue();
      assertThatThrownBy(() -> command(house, fresh, "restore", file))
          .isInstanceOf(StartRefused.class)
          .hasMessageContaining("in use already");
      try (TestHouse there = house(fresh)) {
        Invariants.hold(there.foundation.database());
        Person same = there.new Person(saved);
        assertThat(there.rooms.wallets().view(same.accountId, same.walletId))
            .isEqualTo(house.rooms.wallets().view(ada.accountId, ada.walletId));
        there.pass(Duration.ofMinutes(2));
        Refused.with(Token.SERVER_FENCED, () -> confirm(there, same, waiting));
        Matcher code =
            Pattern.compile("(?m)^[a-z2-9]{4}(-[a-z2-9]{4}){3}$")
                .matcher(command(house, old, "retire", "--for", copy.group(1)));
        assertThat(code.find()).isTrue();
        Refused.with(Token.SERVER_RETIRED, () -> confirm(house, ada, waiting));
        assertThat(command(there, fresh, "release", code.group())).contains("signs from now on");
        there.pass(Duration.ofMinutes(2));
        assertThat(confirm(there, same, waiting).state()).isEqualTo(SendState.BROADCAST);
        assertThat(there.rooms.coSigner().keyUses()).isEqualTo(1);
        assertThat(house.rooms.coSigner().keyUses()).isZero();
        Refused.with(Token.SERVER_RETIRED, () -> confirm(house, ada, waiting));
      }
    }
  }
}
