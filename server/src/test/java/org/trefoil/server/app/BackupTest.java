package org.trefoil.server.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
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
import org.trefoil.core.wire.SendView;
import org.trefoil.server.app.TestHouse.Person;
import org.trefoil.server.backup.Archive;
import org.trefoil.server.backup.BackupRefused;
import org.trefoil.server.keyfile.KeyFileRefused;
import org.trefoil.server.store.Database;
import org.trefoil.server.store.EmptyTables;
import org.trefoil.server.store.Invariants;
import org.trefoil.server.store.JdbiSendStore;
import org.trefoil.server.store.JdbiTables;
import org.trefoil.server.store.TestDatabase;

/** Fault 28: a backup while the server works, its file, and the commands. */
class BackupTest {
  private TestMachines machines;

  @BeforeEach
  void open(@TempDir Path parent) throws IOException {
    machines = new TestMachines(parent);
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("Fault 28: a backup is of one moment, however much is sent meanwhile")
  void fault28ABackupIsOfOneMoment(TestDatabase engine) throws Exception {
    List<SendView> before = new ArrayList<>();
    try (TestHouse house = new TestHouse(engine.place(machines.data).open(), null)) {
      Person ada = house.new Person(1);
      for (int i = 0; i < 12; i++) {
        ada.receive(100_000);
      }
      AtomicBoolean stop = new AtomicBoolean();
      CompletableFuture<Void> busy =
          CompletableFuture.runAsync(
              () -> {
                for (int i = 0; i < 12 && !stop.get(); i++) {
                  SendView sent = TestMachines.send(house, ada, "request-" + i, 20_000 + i);
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
        Path file = machines.path("backup-" + i);
        Path to = machines.folder("copy-" + i);
        machines.backUp(house, file);
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
    try (TestHouse house = machines.house(machines.data)) {
      Person ada = house.new Person(1);
      ada.receive(1_000_000);
      TestMachines.send(house, ada, "request-a", 200_000);
      house.mine(1);
      machines.backUp(house);
      try (TestHouse other = new TestHouse(engine.fresh(), null)) {
        EmptyTables.all(other.foundation.database());
        new JdbiTables(other.foundation.database())
            .fill(
                to -> {
                  try {
                    Archive.at(machines.backup).read(house.foundation.keyFile(), to);
                  } catch (IOException e) {
                    throw new AssertionError(e);
                  }
                });
        Invariants.hold(other.foundation.database());
        other.clock.forward(Duration.between(other.clock.instant(), house.clock.instant()));
        machines.backUp(other, machines.path("again"));
      }
    }
    List<String> before = lines(machines.backup);
    List<String> after = lines(machines.path("again"));
    for (int i = 0; i < before.size(); i++) {
      assertThat(after.get(i)).isEqualTo(before.get(i));
    }
    assertThat(after).hasSameSizeAs(before);
  }

  @Test
  @DisplayName(
      "Fault 28: what is cut, changed, foreign or in the way is refused, and nothing is left")
  void fault28ADamagedBackupIsNotUsed() throws Exception {
    try (TestHouse house = machines.house(machines.data)) {
      house.new Person(1);
      machines.backUp(house);
      assertThatThrownBy(() -> machines.backUp(house))
          .isInstanceOf(BackupRefused.class)
          .hasMessageContaining("replaces none");
      byte[] whole = Files.readAllBytes(machines.backup);
      for (int i = 0; i < 40; i++) {
        byte[] bent = whole.clone();
        bent[whole.length * i / 40] ^= 4;
        // a few bits of the gzip header mean nothing; whatever is taken must be the same backup
        Files.write(machines.path("bent"), bent);
        Path to = machines.path("bent-" + i);
        Files.createDirectory(to);
        Files.copy(machines.data.resolve("server.key"), to.resolve("server.key"));
        Files.setPosixFilePermissions(
            to.resolve("server.key"), PosixFilePermissions.fromString("rw-------"));
        if (whole.length * i / 40 >= 10) {
          assertThatThrownBy(
                  () ->
                      Restoring.restore(
                          machines.path("bent"), TestHouse.config(to, null), house.clock))
              .as("byte %d", whole.length * i / 40)
              .isInstanceOf(BackupRefused.class);
          try (Stream<Path> left = Files.list(to)) {
            assertThat(left).containsExactly(to.resolve("server.key"));
          }
        }
        Files.write(machines.path("bent"), java.util.Arrays.copyOf(whole, whole.length * i / 40));
        assertThatThrownBy(
                () -> Archive.at(machines.path("bent")).verify(house.foundation.keyFile()))
            .isInstanceOf(BackupRefused.class);
      }
      assertThatThrownBy(
              () ->
                  Restoring.restore(
                      machines.backup, TestHouse.config(machines.data, null), house.clock))
          .hasMessageContaining("already");
      Path bare = Files.createDirectory(machines.path("bare"));
      assertThatThrownBy(
              () -> Restoring.restore(machines.backup, TestHouse.config(bare, null), house.clock))
          .isInstanceOf(KeyFileRefused.class);
      Path foreign = machines.folder("foreign");
      Files.write(foreign.resolve("server.key"), new SecureRandom().generateSeed(32));
      assertThatThrownBy(
              () ->
                  Restoring.restore(machines.backup, TestHouse.config(foreign, null), house.clock))
          .isInstanceOf(BackupRefused.class)
          .hasMessageContaining("server.key");
      String text = new String(gunzip(whole), UTF_8);
      assertThat(text).startsWith("trefoil-backup 1 ").doesNotContain("table session");
      Path newer = machines.path("newer");
      Files.write(
          newer, gzip(text.replaceFirst("^trefoil-backup 1 \\d+", "trefoil-backup 1 9999")));
      assertThatThrownBy(
              () ->
                  Restoring.restore(newer, TestHouse.config(machines.elsewhere, null), house.clock))
          .isInstanceOf(BackupRefused.class);
    }
  }

  @Test
  @DisplayName("Fault 28: the commands, on a server that runs in another process")
  void fault28TheCommandsReachARunningServer() throws Exception {
    List<String> flags =
        List.of("--port", "0", "--practice-block-seconds", "0", "--operator-port", "0");
    var config =
        org.trefoil.server.config.ConfigReader.read(
            flags, Map.of("TREFOIL_DATA", machines.data.toString()));
    try (Trefoil server = Trefoil.start(config, java.time.Clock.systemUTC(), System::nanoTime)) {
      assertThat(operatorsPage(server)).contains("Last backup</dt><dd>none yet");
      assertThat(command("backup", machines.backup.toString(), "--data", machines.data.toString()))
          .contains("Backed up");
      assertThat(operatorsPage(server)).contains("Last backup</dt><dd>2", " to " + machines.backup);
      String restored =
          command("restore", machines.backup.toString(), "--data", machines.elsewhere.toString());
      String copy = TestMachines.copyOf(restored);
      String retired = command("retire", "--for", copy, "--data", machines.data.toString());
      Matcher code = Pattern.compile("(?m)^[a-z2-9]{4}(-[a-z2-9]{4}){3}$").matcher(retired);
      assertThat(code.find()).as(retired).isTrue();
      assertThat(
              Commands.run(
                  List.of("release", code.group(), "--data", machines.elsewhere.toString()),
                  Map.of(),
                  java.time.Clock.systemUTC()))
          .contains("signs from now on");
    }
  }

  private static String operatorsPage(Trefoil server) throws Exception {
    URI uri = URI.create("http://127.0.0.1:" + server.operatorPort() + "/");
    return HttpClient.newHttpClient()
        .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString())
        .body();
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

  private static List<String> lines(Path file) throws IOException {
    return new String(gunzip(Files.readAllBytes(file)), UTF_8).lines().toList();
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
