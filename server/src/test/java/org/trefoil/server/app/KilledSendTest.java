package org.trefoil.server.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.trefoil.core.wire.SendState;
import org.trefoil.core.wire.SendView;
import org.trefoil.server.app.TestHouse.Person;
import org.trefoil.server.durable.Milestones.Step;
import org.trefoil.server.spend.SendRecord;
import org.trefoil.server.store.Database;
import org.trefoil.server.store.Invariants;
import org.trefoil.server.store.JdbiSendStore;
import org.trefoil.server.store.JdbiTables;

/**
 * Faults 1 and 2: a server that ends at any of the ten steps of a send. It is started again on what
 * it left behind, the person tries again, and there is one transaction, the same bytes each time.
 */
class KilledSendTest {
  private static final long AMOUNT = 200_000;
  private static final long RECEIVED = 1_000_000;
  private static final String REQUEST = "request-killed";

  @TempDir static Path parent;

  private static Path template;
  private static byte[] honest;

  @BeforeAll
  static void prepare() throws Exception {
    template = parent.resolve("template");
    Files.createDirectory(template);
    try (TestHouse house = new TestHouse(Database.inFolder(template), null)) {
      Person ada = house.new Person(1);
      ada.receive(RECEIVED);
      Files.writeString(template.resolve("person"), ada.saved());
    }
    Path calm = copy("calm");
    try (TestHouse house = new TestHouse(Database.inFolder(calm), null)) {
      Person ada = house.new Person(Files.readString(calm.resolve("person")));
      tryAgain(house, ada);
      honest = only(house, ada).rawTx();
    }
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("Fault 1: kill -9 at each of the ten steps")
  void fault1KilledAtEachStepNothingIsLostOrDoubled(Step step) throws Exception {
    Path folder = copy("killed-" + step);
    Process server = start(folder, step, Ending.KILL);
    List<String> acknowledged = lines(server);
    assertThat(server.waitFor()).as("%s", acknowledged).isEqualTo(Walk.KILLED);
    holds(folder, step, acknowledged);
  }

  @ParameterizedTest
  @EnumSource(names = {"RESERVED", "INTENDED", "SIGNED", "HANDED_OVER"})
  @DisplayName("Fault 1: kill -9 of a server on PostgreSQL, around the intent and the signature")
  @EnabledIf(
      value = "org.trefoil.server.store.ThrowawayPostgres#there",
      disabledReason = "NO POSTGRESQL: run e2e/verify, which installs it and runs these tests")
  void fault1KilledOnPostgresNothingIsLostOrDoubled(Step step) throws Exception {
    Path folder = parent.resolve("postgres-" + step);
    Files.createDirectory(folder);
    Files.copy(template.resolve("person"), folder.resolve("person"));
    TestPlace.moveToPostgres(folder);
    try (Database from = Database.inFolder(copy("template-" + step));
        Database to = TestPlace.open(folder)) {
      new JdbiTables(to).fill(new JdbiTables(from)::read);
    }
    Process server = start(folder, step, Ending.KILL);
    List<String> acknowledged = lines(server);
    assertThat(server.waitFor()).as("%s", acknowledged).isEqualTo(Walk.KILLED);
    holds(folder, step, acknowledged);
  }

  @ParameterizedTest
  @EnumSource(names = {"RESERVED", "SIGNED", "HANDED_OVER"})
  @DisplayName("Fault 2: SIGTERM in the midst of a send")
  void fault2TerminatedNothingIsLostOrDoubled(Step step) throws Exception {
    Path folder = copy("terminated-" + step);
    Process server = start(folder, step, Ending.TERM);
    List<String> acknowledged = lines(server);
    assertThat(server.waitFor()).as("%s", acknowledged).isEqualTo(143);
    holds(folder, step, acknowledged);
  }

  @Test
  @DisplayName("Fault 2: out of memory ends the process as kill -9 does")
  void fault2OutOfMemoryIsTheEndOfTheProcess() throws Exception {
    Path folder = copy("memory");
    Process server = start(folder, Step.SIGNED, Ending.MEMORY);
    List<String> acknowledged = lines(server);
    assertThat(server.waitFor()).as("%s", acknowledged).isEqualTo(3);
    holds(folder, Step.SIGNED, acknowledged);
  }

  private static void holds(Path folder, Step step, List<String> acknowledged) throws Exception {
    try (TestHouse house = new TestHouse(TestPlace.open(folder), null)) {
      Database database = house.foundation.database();
      Invariants.hold(database);
      Person ada = house.new Person(Files.readString(folder.resolve("person")));
      for (String line : acknowledged) {
        String[] words = line.split(" ");
        SendRecord send = new JdbiSendStore(database).find(words[1]).orElseThrow();
        if (words[0].equals("confirmed")) {
          assertThat(send.txid()).as(line).isEqualTo(words[2]);
          assertThat(send.rawTx()).as(line).isEqualTo(honest);
        }
      }
      boolean intended = step.compareTo(Step.INTENDED) >= 0;
      if (!acknowledged.isEmpty()) {
        assertThat(only(house, ada).stage().approved()).as("after %s", step).isEqualTo(intended);
      }
      tryAgain(house, ada);
      SendRecord send = only(house, ada);
      assertThat(send.rawTx()).isEqualTo(honest);
      assertThat(house.practice.mempool()).isSubsetOf(Set.of(send.txid()));
      house.mine(1);
      var balance = house.rooms.wallets().view(ada.accountId, ada.walletId).balance();
      assertThat(balance.confirmed()).isEqualTo(RECEIVED - AMOUNT - send.fee());
      long debited =
          new JdbiSendStore(database)
              .approvals(ada.walletId, house.clock.instant().minus(Duration.ofDays(1)))
              .spent();
      assertThat(debited).isEqualTo(AMOUNT + send.fee());
      Invariants.hold(database);
    }
  }

  /** Does what a person does who does not know whether the send went through. */
  private static void tryAgain(TestHouse house, Person ada) {
    SendView send =
        new JdbiSendStore(house.foundation.database())
            .byRequest(ada.walletId, REQUEST)
            .map(known -> house.rooms.sends().view(ada.accountId, ada.walletId, known.sendId()))
            .orElseGet(
                () ->
                    house
                        .rooms
                        .sends()
                        .propose(ada.accountId, ada.walletId, ada.request(REQUEST, AMOUNT)));
    house.rooms.sends().confirm(ada.accountId, ada.walletId, send.sendId(), ada.code());
    for (int minutes = 0; minutes < 30; minutes += 6) {
      house.pass(Duration.ofMinutes(6));
      house.rooms.follower().lookAfterDue();
    }
    SendView now = house.rooms.sends().view(ada.accountId, ada.walletId, send.sendId());
    assertThat(now.state()).isIn(SendState.BROADCAST, SendState.CONFIRMED);
  }

  private static SendRecord only(TestHouse house, Person ada) {
    List<SendRecord> sends = new JdbiSendStore(house.foundation.database()).list(ada.walletId, 10);
    assertThat(sends).hasSize(1);
    return sends.get(0);
  }

  private static Path copy(String name) throws IOException {
    Path folder = parent.resolve(name);
    Files.createDirectory(folder);
    try (var files = Files.list(template)) {
      for (Path file : files.toList()) {
        Files.copy(file, folder.resolve(file.getFileName()));
      }
    }
    return folder;
  }

  private static Process start(Path folder, Step step, Ending ending) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xshare:auto"));
    if (ending == Ending.MEMORY) {
      command.addAll(List.of("-Xmx64m", "-XX:+ExitOnOutOfMemoryError"));
    }
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Walk.class.getName()));
    command.addAll(List.of(folder.toString(), step.name(), ending.name()));
    return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
  }

  private static List<String> lines(Process server) throws Exception {
    List<String> lines = new ArrayList<>();
    try (var reader = server.inputReader(StandardCharsets.UTF_8)) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        if (line.equals("there")) {
          // by its handle: Process.destroy would close what we read from
          server.toHandle().destroy();
        } else if (line.startsWith("proposed ") || line.startsWith("confirmed ")) {
          lines.add(line);
        }
      }
    }
    assertThat(server.waitFor(30, TimeUnit.SECONDS)).isTrue();
    return lines;
  }

  /** How the process ends at its step. */
  enum Ending {
    KILL,
    TERM,
    MEMORY
  }

  /** The other process: one send, from proposal to a block, out of it and out again. */
  static final class Walk {
    static final int KILLED = 137;

    private final TestHouse house;
    private final TestSends room;
    private final Person ada;
    private final Step last;
    private final Ending ending;
    private boolean armed;

    private Walk(Path folder, Step last, Ending ending) throws IOException {
      this.house = new TestHouse(TestPlace.open(folder), null);
      this.room = TestSends.heard(house, this::reached);
      this.ada = house.new Person(Files.readString(folder.resolve("person")));
      this.last = last;
      this.ending = ending;
    }

    public static void main(String[] args) throws Exception {
      Walk walk = new Walk(Path.of(args[0]), Step.valueOf(args[1]), Ending.valueOf(args[2]));
      Runtime.getRuntime().addShutdownHook(new Thread(walk.house::close));
      walk.go();
    }

    private void go() {
      armed = last != Step.FOLLOWED;
      SendView send =
          room.sends().propose(ada.accountId, ada.walletId, ada.request(REQUEST, AMOUNT));
      say("proposed " + send.sendId());
      SendView out = room.sends().confirm(ada.accountId, ada.walletId, send.sendId(), ada.code());
      say("confirmed " + out.sendId() + " " + out.txid());
      mine(1);
      armed = true;
      house.practice.rewind(1, Set.of(String.valueOf(out.txid())));
      mine(2);
      house.pass(Duration.ofMinutes(2));
      room.follower().lookAfterDue();
    }

    private void mine(int blocks) {
      for (int i = 0; i < blocks; i++) {
        house.practice.mine();
      }
      house.rooms.chain().follower().catchUp();
      room.follower().tipChanged();
    }

    private void reached(Step step) {
      if (step != last || !armed) {
        return;
      }
      armed = false;
      switch (ending) {
        case KILL -> Runtime.getRuntime().halt(KILLED);
        case TERM -> {
          say("there");
          pause();
        }
        case MEMORY -> {
          List<long[]> all = new ArrayList<>();
          while (true) {
            all.add(new long[1 << 20]);
          }
        }
      }
    }

    private static void pause() {
      try {
        Thread.sleep(500);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }

    private static void say(String line) {
      System.out.println(line);
      System.out.flush();
    }
  }
}
