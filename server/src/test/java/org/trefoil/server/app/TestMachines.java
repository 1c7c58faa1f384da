package org.trefoil.server.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.trefoil.core.wire.SendView;
import org.trefoil.server.app.TestHouse.Person;
import org.trefoil.server.store.Database;

/** Two machines of one server, each with its data folder and the key file, and a backup between. */
final class TestMachines {
  private static final Pattern COPY = Pattern.compile("has the number (\\w{8})\\.");

  final Path data;
  final Path elsewhere;
  final Path backup;
  private final Path parent;

  TestMachines(Path parent) throws IOException {
    this.parent = parent;
    data = folder("data");
    elsewhere = folder("elsewhere");
    backup = path("backup.gz");
  }

  Path path(String name) {
    return parent.resolve(name);
  }

  /** A new folder of its owner's alone that holds the key file of every {@link TestHouse}. */
  Path folder(String name) throws IOException {
    Path folder = Files.createDirectory(path(name));
    Path key = folder.resolve("server.key");
    Files.write(key, TestHouse.KEY);
    Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-------"));
    return folder;
  }

  TestHouse house(Path folder) throws IOException {
    return new TestHouse(Database.inFolder(folder), null);
  }

  void backUp(TestHouse house) throws IOException {
    backUp(house, backup);
  }

  void backUp(TestHouse house, Path file) throws IOException {
    assertThat(house.foundation.backups(house.clock).write(file)).contains("server.key");
  }

  /** Restores into {@code elsewhere}; answers the copy's number. */
  String restore(TestHouse house) throws IOException {
    return copyOf(Restoring.restore(backup, TestHouse.config(elsewhere, null), house.clock));
  }

  /** The number of the copy that restoring made. */
  static String copyOf(String said) {
    Matcher copy = COPY.matcher(said);
    assertThat(copy.find()).as(said).isTrue();
    return copy.group(1);
  }

  static SendView send(TestHouse house, Person person, String request, long sats) {
    SendView proposed =
        house
            .rooms
            .sends()
            .propose(person.accountId, person.walletId, person.request(request, sats));
    return house
        .rooms
        .sends()
        .confirm(person.accountId, person.walletId, proposed.sendId(), person.code());
  }
}
