package org.trefoil.server.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.trefoil.core.wire.SendRequest;
import org.trefoil.core.wire.SendState;
import org.trefoil.core.wire.SendView;
import org.trefoil.server.config.Config;
import org.trefoil.server.config.ConfigReader;
import org.trefoil.server.keyfile.KeyFile;
import org.trefoil.server.keyfile.Pepper;
import org.trefoil.server.keyfile.Sealer;
import org.trefoil.server.secondfactor.Totp;
import org.trefoil.server.secondfactor.Verdict;
import org.trefoil.server.store.Database;
import org.trefoil.server.store.JdbiSealedRows;
import org.trefoil.server.store.JdbiSealedRows.Column;
import org.trefoil.server.store.TestDatabase;

/** The key of the key file is replaced, and whatever happens on the way nothing sealed is lost. */
class RotationTest {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final List<String> PEPPERS =
      List.of("sign-in-proof", "prelogin-salt", "recovery-code", "release", "of-tomorrow");

  @TempDir Path parent;
  private List<String> flags;

  @BeforeEach
  void ofTheFolderAlone() {
    flags = TestDatabase.H2.flags(folder());
  }

  private Path folder() {
    return parent.resolve("data");
  }

  private Foundation open() throws IOException {
    return Foundation.open(ConfigReader.read(flags, Map.of()), RANDOM);
  }

  private TestHouse.Person person(int seed) throws IOException {
    try (TestHouse house = new TestHouse(open())) {
      TestHouse.Person person = house.new Person(seed);
      person.receive(1_000_000);
      return person;
    }
  }

  private String rotate() throws IOException {
    List<String> command = new ArrayList<>(List.of("rotate-key"));
    command.addAll(flags);
    if (flags.contains("--db")) {
      command.add("--every-server-is-stopped");
    }
    return Commands.run(command, Map.of(), new TestClock());
  }

  /** Everything sealed as it opens, by column and owner, and what the peppers give. */
  private Map<String, String> secrets(Foundation foundation) {
    Map<String, String> secrets = new TreeMap<>();
    JdbiSealedRows rows = new JdbiSealedRows(foundation.database());
    for (Column column : Column.values()) {
      try (Sealer sealer = new Sealer(foundation.keyFile(), column.purpose(), RANDOM)) {
        for (JdbiSealedRows.Row row : rows.after(column, "", 100)) {
          byte[] plain = sealer.open(row.sealed(), row.owner());
          secrets.put(column.text() + row.owner(), HexFormat.of().formatHex(plain));
        }
      }
    }
    for (String purpose : PEPPERS.subList(0, 4)) {
      try (Pepper pepper = new Pepper(foundation.keyFile(), purpose)) {
        secrets.put(purpose, HexFormat.of().formatHex(pepper.of(new byte[] {7})));
      }
    }
    return secrets;
  }

  private Map<String, String> secrets() throws IOException {
    try (Foundation foundation = open()) {
      return secrets(foundation);
    }
  }

  @Test
  void afterARotationPeopleSignInAndSendAsBefore() throws IOException {
    TestHouse.Person ada = person(1);
    assertThat(rotate()).contains("Sealed anew: 2, opened with it: 2");
    try (TestHouse house = new TestHouse(open())) {
      Rooms rooms = house.rooms;
      assertThat(rooms.accounts().signIn("p1@example.org", TestHouse.proof(1))).isPresent();
      assertThat(rooms.factors().use(ada.accountId, ada.recovery.get(0))).isEqualTo(Verdict.OK);
      SendRequest request =
          ada.vault.send(
              ada.cosigners,
              rooms.book().spendable(ada.accountId, ada.walletId),
              "request-after",
              TestHouse.ELSEWHERE,
              500_000);
      String id = rooms.sends().propose(ada.accountId, ada.walletId, request).sendId();
      String code = Totp.code(ada.totp, Totp.step(house.clock.instant()) + 1, Totp.DIGITS);
      SendView sent = rooms.sends().confirm(ada.accountId, ada.walletId, id, code);
      assertThat(sent.state()).isEqualTo(SendState.BROADCAST);
    }
  }

  @ParameterizedTest
  @EnumSource
  void killedAfterAnyStepTheServerStillOpensEverythingAndTheNextRunEndsIt(TestDatabase engine)
      throws IOException {
    flags = engine.flags(folder());
    person(1);
    Map<String, String> before = secrets();
    List<String> steps = new ArrayList<>();
    for (int kill = 0; kill < 5; kill++) {
      int last = kill;
      steps.clear();
      try (Foundation foundation = open()) {
        Rotation rotation =
            new Rotation(
                foundation,
                folder(),
                RANDOM,
                step -> {
                  steps.add(step);
                  if (steps.size() > last) {
                    throw new Killed();
                  }
                });
        assertThatThrownBy(rotation::run).isInstanceOf(Killed.class);
      }
      assertThat(secrets()).as("killed after %s", steps).isEqualTo(before);
      if (kill == 2) {
        Files.writeString(folder().resolve("server.key.new"), "half a file");
      }
      rotate();
      assertThat(secrets()).as("ended after %s", steps).isEqualTo(before);
      assertThat(Files.readString(folder().resolve("server.key"))).doesNotContain("previous");
    }
    assertThat(steps)
        .containsExactly(
            "both keys", "server_seed.seed", "second_factor.totp_secret", "new check", "one key");
  }

  /** In the place of {@code kill -9}. */
  private static final class Killed extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  @ParameterizedTest
  @EnumSource
  void aProcessThatIsReallyKilledHalfWayLeavesBothKeys(TestDatabase engine) throws Exception {
    flags = engine.flags(folder());
    person(1);
    Map<String, String> before = secrets();
    Process process = process(Dying.class);
    process.getInputStream().readAllBytes();
    assertThat(process.waitFor()).isEqualTo(Dying.HALTED);
    assertThat(Files.readString(folder().resolve("server.key"))).contains("previous ");
    assertThat(secrets()).isEqualTo(before);
    rotate();
    assertThat(secrets()).isEqualTo(before);
  }

  /** The other process: dies once the seeds are sealed anew and the rest is not. */
  static final class Dying {
    static final int HALTED = 77;

    private Dying() {}

    public static void main(String[] args) throws IOException {
      Config config = ConfigReader.read(List.of(args), Map.of());
      Foundation foundation = Foundation.existing(config, RANDOM);
      Rotation.Steps halting =
          step -> {
            if (step.equals(Column.SERVER_SEED.text())) {
              Runtime.getRuntime().halt(HALTED);
            }
          };
      System.out.println(new Rotation(foundation, config.data(), RANDOM, halting).run());
    }
  }

  private Process process(Class<?> main) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                main.getName()));
    command.addAll(flags);
    return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
  }

  /** A server that runs. */
  static final class Holding {
    private Holding() {}

    public static void main(String[] args) throws Exception {
      Config config = ConfigReader.read(List.of(args), Map.of());
      try (Foundation held = Foundation.open(config, RANDOM)) {
        System.out.print(held.keyFile().rotating() ? "!" : ".");
        System.out.flush();
        Thread.sleep(60_000);
      }
    }
  }

  @Test
  void theOldKeyFileOpensNothingOfTheNewDatabaseAndTheNewOneNothingOfTheOld() throws IOException {
    person(1);
    Path key = folder().resolve("server.key");
    byte[] old = Files.readAllBytes(key);
    Path copy = parent.resolve("copy.mv.db");
    Files.copy(folder().resolve("trefoil.mv.db"), copy);
    rotate();
    byte[] fresh = Files.readAllBytes(key);
    assertThat(new String(fresh, java.nio.charset.StandardCharsets.US_ASCII))
        .doesNotContain(HexFormat.of().formatHex(old));
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(key)))
        .isEqualTo("rw-------");

    Files.write(key, old);
    assertThatThrownBy(this::open).hasMessageContaining("not the one this database");
    assertThatThrownBy(this::rotate).hasMessageContaining("not the one this database");
    Files.write(key, fresh);
    Files.copy(
        copy, folder().resolve("trefoil.mv.db"), java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    assertThatThrownBy(this::open).hasMessageContaining("not the one this database");
    Files.write(key, old);
    assertThat(secrets()).isNotEmpty();
  }

  @Test
  void peppersStayOverAnyNumberOfRotationsAlsoThoseOfTomorrow() throws IOException {
    open().close();
    rotate();
    List<List<String>> given = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      try (KeyFile file = KeyFile.open(folder(), true, RANDOM)) {
        given.add(
            PEPPERS.stream()
                .map(p -> HexFormat.of().formatHex(new Pepper(file, p).of(new byte[1])))
                .toList());
      }
      rotate();
    }
    assertThat(given.get(1)).isEqualTo(given.get(0));
    assertThat(given.get(2)).isEqualTo(given.get(0)).doesNotHaveDuplicates();
  }

  @Test
  void aRunningServerIsNotRotatedUnderItsFeet() throws Exception {
    open().close();
    Process running = process(Holding.class);
    try {
      assertThat(running.getInputStream().read()).isEqualTo('.');
      assertThatThrownBy(this::rotate).hasMessageContaining("Stop it first");
    } finally {
      running.destroyForcibly().waitFor();
    }
    List<String> elsewhere =
        List.of(
            "rotate-key",
            "--data",
            folder().toString(),
            "--db",
            "jdbc:postgresql://localhost:1/trefoil");
    assertThatThrownBy(() -> Commands.run(elsewhere, Map.of(), new TestClock()))
        .hasMessageContaining("--every-server-is-stopped");
  }

  @Test
  void everySealedColumnIsRotated() throws IOException {
    Properties classified = new Properties();
    try (InputStream in = Database.class.getResourceAsStream("/db/columns.properties")) {
      classified.load(in);
    }
    TreeSet<String> sealed = new TreeSet<>();
    classified.forEach(
        (column, kind) -> {
          if (kind.equals("server-secret")) {
            sealed.add(column.toString());
          }
        });
    TreeSet<String> rotated = new TreeSet<>();
    for (Column column : Column.values()) {
      rotated.add(column.text());
    }
    assertThat(rotated).isEqualTo(sealed);
  }
}
