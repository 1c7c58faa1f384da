package org.trefoil.server.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.trefoil.core.Token;
import org.trefoil.core.units.Sats;
import org.trefoil.core.wire.SendState;
import org.trefoil.core.wire.SendView;
import org.trefoil.server.app.TestHouse.Person;
import org.trefoil.server.backup.Archive;
import org.trefoil.server.backup.BackupRefused;
import org.trefoil.server.fence.FenceRefused;
import org.trefoil.server.keyfile.KeyFileRefused;
import org.trefoil.server.spend.SendRecord;
import org.trefoil.server.store.Database;
import org.trefoil.server.store.EmptyTables;
import org.trefoil.server.store.Invariants;
import org.trefoil.server.store.JdbiSendStore;
import org.trefoil.server.store.JdbiTables;
import org.trefoil.server.store.TestDatabase;

/** Fault 28: a backup while the server works, a restore elsewhere, and one of the two signs. */
class BackupTest {
  private static final Pattern COPY = Pattern.compile("has the number (\\w{8})\\.");

  @TempDir Path parent;

  private Path data;
  private Path elsewhere;
  private Path backup;

  @BeforeEach
  void folders() throws IOException {
    data = folder("data");
    elsewhere = folder("elsewhere");
    backup = parent.resolve("backup.gz");
  }

  /** A new folder of its owner's alone that holds the key file of every {@link TestHouse}. */
  private Path folder(String name) throws IOException {
    Path folder = Files.createDirectory(parent.resolve(name));
    Path key = folder.resolve("server.key");
    Files.write(key, TestHouse.KEY);
    Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-------"));
    return folder;
  }

  private static TestHouse house(Path folder) throws IOException {
    return new TestHouse(Database.inFolder(folder), null);
  }

  private static void backUp(TestHouse house, Path file) throws IOException {
    assertThat(house.foundation.backups(house.clock).write(file)).contains("server.key");
  }

  /** Restores into {@code elsewhere}; answers the copy's number. */
  private String restore(TestHouse house) throws IOException {
    Matcher copy =
        COPY.matcher(Restoring.restore(backup, TestHouse.config(elsewhere, null), house.clock));
    assertThat(copy.find()).isTrue();
    return copy.group(1);
  }

  private static SendView send(TestHouse house, Person person, String request, long sats) {
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

  @Test
  @DisplayName("Fault 28: the copy has the same addresses, balances and history, and signs nothing")
  void fault28TheCopyIsTheSameAndSignsNothing() throws Exception {
    String saved;
    Object balance;
    Object history;
    String address;
    SendRecord first;
    try (TestHouse house = house(data)) {
      Person ada = house.new Person(1);
      ada.receive(1_000_000);
      ada.receive(500_000);
      SendView sent = send(house, ada, "request-a", 200_000);
      house.mine(1);
      SendView open = send(house, ada, "request-b", 30_000);
      assertThat(open.state()).isEqualTo(SendState.BROADCAST);
      house.pass(Duration.ofSeconds(1));
      saved = ada.saved();
      balance = house.rooms.wallets().view(ada.accountId, ada.walletId);
      history = house.rooms.book().history(ada.accountId, ada.walletId, null);
      first = new JdbiSendStore(house.foundation.database()).find(sent.sendId()).orElseThrow();
      backUp(house, backup);
      restore(house);
      address = house.rooms.wallets().anotherAddress(ada.accountId, ada.walletId).address();
    }
    assertThat(Files.getPosixFilePermissions(backup))
        .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    try (TestHouse copy = house(elsewhere)) {
      Invariants.hold(copy.foundation.database());
      Person ada = copy.new Person(saved);
      copy.pass(Duration.ofMinutes(2));
      assertThat(copy.rooms.wallets().view(ada.accountId, ada.walletId)).isEqualTo(balance);
      assertThat(copy.rooms.book().history(ada.accountId, ada.walletId, null)).isEqualTo(history);
      assertThat(copy.rooms.wallets().anotherAddress(ada.accountId, ada.walletId).address())
          .isEqualTo(address);
      assertThat(new JdbiSendStore(copy.foundation.database()).find(first.sendId()).orElseThrow())
          .usingRecursiveComparison()
          .isEqualTo(first);
      var pulse = copy.rooms.services(TestHouse.config(elsewhere, null)).pulse();
      assertThat(pulse.health().status()).isEqualTo("fenced");
      Refused.with(Token.SERVER_FENCED, () -> send(copy, ada, "request-c", 10_000));
      Refused.with(
          Token.SERVER_FENCED,
          () -> copy.rooms.wallets().draft(ada.accountId, "New", "request-new"));
      copy.mine(2);
      copy.rooms.follower().lookAfterDue();
      assertThat(copy.rooms.coSigner().keyUses()).isZero();
    }
  }

  @Test
  @DisplayName("Fault 28: one of two live copies signs, by the code of the one that retired")
  void fault28TheOldMachineRetiresAndExactlyOneCopySigns() throws Exception {
    try (TestHouse house = house(data)) {
      Person ada = house.new Person(1);
      ada.receive(1_000_000);
      SendView waiting =
          house
              .rooms
              .sends()
              .propose(ada.accountId, ada.walletId, ada.request("request-a", 200_000));
      String saved = ada.saved();
      backUp(house, backup);
      String copyId = restore(house);
      try (TestHouse copy = house(elsewhere)) {
        Person same = copy.new Person(saved);
        assertThatThrownBy(() -> copy.rooms.fence().release("abcd-efgh-jkmn-pqrs"))
            .isInstanceOf(FenceRefused.class)
            .hasMessageContaining("retire --for " + copyId);
        assertThatThrownBy(() -> house.rooms.fence().codeFor(copyId))
            .isInstanceOf(FenceRefused.class);
        house.rooms.fence().retire();
        String code = house.rooms.fence().codeFor(copyId);
        assertThat(house.rooms.fence().codeFor(copyId.toUpperCase())).isEqualTo(code);
        assertThatThrownBy(() -> house.rooms.fence().codeFor("aaaa2222"))
            .isInstanceOf(FenceRefused.class)
            .hasMessageContaining(copyId);
        Refused.with(
            Token.SERVER_RETIRED,
            () ->
                house
                    .rooms
                    .sends()
                    .confirm(ada.accountId, ada.walletId, waiting.sendId(), ada.code()));
        assertThatThrownBy(() -> house.rooms.fence().releaseOldMachineIsDestroyed())
            .isInstanceOf(FenceRefused.class);
        copy.rooms.fence().release(code.toUpperCase().replace('-', ' '));
        copy.pass(Duration.ofMinutes(2));
        SendView out =
            copy.rooms
                .sends()
                .confirm(same.accountId, same.walletId, waiting.sendId(), same.code());
        assertThat(out.state()).isEqualTo(SendState.BROADCAST);
        assertThat(copy.rooms.coSigner().keyUses()).isEqualTo(1);
        assertThat(house.rooms.coSigner().keyUses()).isZero();
      }
    }
    try (TestHouse again = house(data)) {
      Refused.with(Token.SERVER_RETIRED, again.rooms.fence()::refuseWhenClosed);
    }
  }

  @Test
  @DisplayName("Fault 3, 28: no counter goes back by a restore")
  void fault28CountersDoNotGoBack() throws Exception {
    byte[] unknown;
    String saved;
    String code;
    try (TestHouse house = new TestHouse(Database.inFolder(data), new Sats(300_000))) {
      Person ada = house.new Person(1);
      ada.receive(1_000_000);
      saved = ada.saved();
      backUp(house, backup);
      code = ada.code();
      SendView proposed =
          house
              .rooms
              .sends()
              .propose(ada.accountId, ada.walletId, ada.request("request-a", 200_000));
      SendView sent =
          house.rooms.sends().confirm(ada.accountId, ada.walletId, proposed.sendId(), code);
      unknown =
          new JdbiSendStore(house.foundation.database()).find(sent.sendId()).orElseThrow().rawTx();
      restore(house);
    }
    try (TestHouse copy = new TestHouse(Database.inFolder(elsewhere), new Sats(300_000))) {
      Person ada = copy.new Person(saved);
      copy.rooms.fence().releaseOldMachineIsDestroyed();
      copy.pass(Duration.ofSeconds(30));
      assertThat(copy.rooms.factors().use(ada.accountId, code))
          .isEqualTo(org.trefoil.server.secondfactor.Verdict.USED);
      copy.practice.broadcast(unknown);
      copy.mine(1);
      copy.pass(Duration.ofMinutes(2));
      Refused.with(Token.LIMIT_DAILY, () -> send(copy, ada, "request-b", 150_000));
      copy.pass(Duration.ofHours(24));
      assertThat(send(copy, ada, "request-c", 150_000).state()).isEqualTo(SendState.BROADCAST);
    }
  }

  @Test
  @DisplayName("Fault 28: a backup is of one moment, however much is sent meanwhile")
  void fault28ABackupIsOfOneMoment() throws Exception {
    List<SendView> before = new ArrayList<>();
    try (TestHouse house = house(data)) {
      Person ada = house.new Person(1);
      for (int i = 0; i < 12; i++) {
        ada.receive(100_000);
      }
      AtomicBoolean stop = new AtomicBoolean();
      CompletableFuture<Void> busy =
          CompletableFuture.runAsync(
              () -> {
                for (int i = 0; i < 12 && !stop.get(); i++) {
                  SendView sent = send(house, ada, "request-" + i, 20_000 + i);
                  synchronized (before) {
                    before.add(sent);
                  }
                }
              });
      for (int i = 0; i < 4; i++) {
        TimeUnit.MILLISECONDS.sleep(60);
        List<SendView> acknowledged;
        synchronized (before) {
          acknowledged = List.copyOf(before);
        }
        Path file = parent.resolve("backup-" + i);
        Path to = folder("copy-" + i);
        backUp(house, file);
        Restoring.restore(file, TestHouse.config(to, null), house.clock);
        try (Database copy = Database.inFolder(to)) {
          Invariants.hold(copy);
          for (SendView send : acknowledged) {
            assertThat(new JdbiSendStore(copy).find(send.sendId()).orElseThrow().txid())
                .isEqualTo(send.txid());
          }
        }
      }
      stop.set(true);
      busy.get();
      assertThat(before).isNotEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("Fault 28: a backup fills either engine, and comes out of it the same")
  void fault28ABackupFillsEitherEngine(TestDatabase engine) throws Exception {
    try (TestHouse house = house(data)) {
      Person ada = house.new Person(1);
      ada.receive(1_000_000);
      send(house, ada, "request-a", 200_000);
      house.mine(1);
      backUp(house, backup);
      try (TestHouse other = new TestHouse(engine.fresh(), null)) {
        EmptyTables.all(other.foundation.database());
        new JdbiTables(other.foundation.database())
            .fill(
                to -> {
                  try {
                    Archive.at(backup).read(house.foundation.keyFile(), to);
                  } catch (IOException e) {
                    throw new AssertionError(e);
                  }
                });
        Invariants.hold(other.foundation.database());
        other.clock.forward(Duration.between(other.clock.instant(), house.clock.instant()));
        backUp(other, parent.resolve("again"));
      }
    }
    List<String> before = lines(backup);
    List<String> after = lines(parent.resolve("again"));
    for (int i = 0; i < before.size(); i++) {
      assertThat(after.get(i)).isEqualTo(before.get(i));
    }
    assertThat(after).hasSameSizeAs(before);
  }

  @Test
  @DisplayName(
      "Fault 28: what is cut, changed, foreign or in the way is refused, and nothing is left")
  void fault28ADamagedBackupIsNotUsed() throws Exception {
    try (TestHouse house = house(data)) {
      house.new Person(1);
      backUp(house, backup);
      assertThatThrownBy(() -> backUp(house, backup))
          .isInstanceOf(BackupRefused.class)
          .hasMessageContaining("replaces none");
      byte[] whole = Files.readAllBytes(backup);
      for (int i = 0; i < 40; i++) {
        byte[] bent = whole.clone();
        bent[whole.length * i / 40] ^= 4;
        // a few bits of the gzip header mean nothing; whatever is taken must be the same backup
        Files.write(parent.resolve("bent"), bent);
        Path to = parent.resolve("bent-" + i);
        Files.createDirectory(to);
        Files.copy(data.resolve("server.key"), to.resolve("server.key"));
        Files.setPosixFilePermissions(
            to.resolve("server.key"), PosixFilePermissions.fromString("rw-------"));
        if (whole.length * i / 40 >= 10) {
          assertThatThrownBy(
                  () ->
                      Restoring.restore(
                          parent.resolve("bent"), TestHouse.config(to, null), house.clock))
              .as("byte %d", whole.length * i / 40)
              .isInstanceOf(BackupRefused.class);
          try (Stream<Path> left = Files.list(to)) {
            assertThat(left).containsExactly(to.resolve("server.key"));
          }
        }
        Files.write(parent.resolve("bent"), java.util.Arrays.copyOf(whole, whole.length * i / 40));
        assertThatThrownBy(
                () -> Archive.at(parent.resolve("bent")).verify(house.foundation.keyFile()))
            .isInstanceOf(BackupRefused.class);
      }
      assertThatThrownBy(() -> Restoring.restore(backup, TestHouse.config(data, null), house.clock))
          .hasMessageContaining("already");
      Path bare = Files.createDirectory(parent.resolve("bare"));
      assertThatThrownBy(() -> Restoring.restore(backup, TestHouse.config(bare, null), house.clock))
          .isInstanceOf(KeyFileRefused.class);
      Path foreign = folder("foreign");
      Files.write(foreign.resolve("server.key"), new SecureRandom().generateSeed(32));
      assertThatThrownBy(
              () -> Restoring.restore(backup, TestHouse.config(foreign, null), house.clock))
          .isInstanceOf(BackupRefused.class)
          .hasMessageContaining("server.key");
      String text = new String(gunzip(whole), UTF_8);
      assertThat(text).startsWith("trefoil-backup 1 ").doesNotContain("table session");
      Path newer = parent.resolve("newer");
      Files.write(
          newer, gzip(text.replaceFirst("^trefoil-backup 1 \\d+", "trefoil-backup 1 9999")));
      assertThatThrownBy(
              () -> Restoring.restore(newer, TestHouse.config(elsewhere, null), house.clock))
          .isInstanceOf(BackupRefused.class);
    }
  }

  @Test
  @DisplayName("Fault 28: the commands, on a server that runs in another process")
  void fault28TheCommandsReachARunningServer() throws Exception {
    List<String> flags = List.of("--port", "0", "--practice-block-seconds", "0");
    var config =
        org.trefoil.server.config.ConfigReader.read(flags, Map.of("TREFOIL_DATA", data.toString()));
    try (Trefoil server = Trefoil.start(config, java.time.Clock.systemUTC())) {
      assertThat(server.port()).isPositive();
      assertThat(command("backup", backup.toString(), "--data", data.toString()))
          .contains("Backed up");
      String restored = command("restore", backup.toString(), "--data", elsewhere.toString());
      Matcher copy = COPY.matcher(restored);
      assertThat(copy.find()).as(restored).isTrue();
      String retired = command("retire", "--for", copy.group(1), "--data", data.toString());
      Matcher code = Pattern.compile("(?m)^[a-z2-9]{4}(-[a-z2-9]{4}){3}$").matcher(retired);
      assertThat(code.find()).as(retired).isTrue();
      assertThat(
              Commands.run(
                  List.of("release", code.group(), "--data", elsewhere.toString()),
                  Map.of(),
                  java.time.Clock.systemUTC()))
          .contains("signs from now on");
    }
  }

  private static String command(String... words) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
    command.addAll(List.of(words));
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    String out = new String(process.getInputStream().readAllBytes());
    assertThat(process.waitFor()).as(out).isZero();
    return out;
  }

  private static List<String> lines(Path backup) throws IOException {
    return new String(gunzip(Files.readAllBytes(backup)), UTF_8).lines().toList();
  }

  private static byte[] gunzip(byte[] packed) throws IOException {
    try (var in = new java.util.zip.GZIPInputStream(new java.io.ByteArrayInputStream(packed))) {
      return in.readAllBytes();
    }
  }

  private static byte[] gzip(String text) throws IOException {
    var out = new java.io.ByteArrayOutputStream();
    try (var packed = new java.util.zip.GZIPOutputStream(out)) {
      packed.write(text.getBytes(UTF_8));
    }
    return out.toByteArray();
  }
}
