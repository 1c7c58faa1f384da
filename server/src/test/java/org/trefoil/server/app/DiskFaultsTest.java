package org.trefoil.server.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.trefoil.core.wire.SendState;
import org.trefoil.core.wire.SendView;
import org.trefoil.server.app.TestHouse.Person;
import org.trefoil.server.chain.ChainIndex;
import org.trefoil.server.durable.Milestones;
import org.trefoil.server.durable.Milestones.Step;
import org.trefoil.server.store.Database;
import org.trefoil.server.store.FaultyDisk;
import org.trefoil.server.store.Invariants;
import org.trefoil.server.store.JdbiSendStore;
import org.trefoil.server.store.JdbiWalletStore;

/** Faults 2, 3 and 4: a disk that is full, damaged, set back, or without power. */
class DiskFaultsTest {
  private static final int PARTS = 12;

  @TempDir static Path parent;

  private static Path template;
  private static String saved;

  @BeforeAll
  static void prepare() throws Exception {
    template = Files.createDirectory(parent.resolve("template"));
    try (TestHouse house = new TestHouse(Database.inFolder(template), null)) {
      Person ada = house.new Person(1);
      ada.receive(1_000_000);
      saved = ada.saved();
    }
  }

  private static Path copy(Path from, String name) throws IOException {
    Path to = Files.createDirectory(parent.resolve(name));
    try (var files = Files.list(from)) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(file.getFileName()));
      }
    }
    return to;
  }

  private static SendView send(TestHouse house, TestSends room, Person ada, String request) {
    SendView proposed =
        room.sends().propose(ada.accountId, ada.walletId, ada.request(request, 200_000));
    return room.sends().confirm(ada.accountId, ada.walletId, proposed.sendId(), ada.code());
  }

  @ParameterizedTest
  @EnumSource(
      names = {"HANDED_OVER_AGAIN", "FOLLOWED"},
      mode = EnumSource.Mode.EXCLUDE)
  @DisplayName("Fault 2: a full disk means no signature, and nothing is lost when there is room")
  void fault2AFullDiskFailsClosed(Step step) throws Exception {
    Path folder = copy(template, "full-" + step);
    TestHouse house = new TestHouse(FaultyDisk.open(folder), null);
    Milestones filling =
        at -> {
          if (at == step) {
            FaultyDisk.full(true);
          }
        };
    Person ada = house.new Person(saved);
    AtomicInteger handedOver = new AtomicInteger();
    TestSends room = TestSends.heard(house, counting(house, handedOver), filling);
    assertThatThrownBy(() -> send(house, room, ada, "request-full"))
        .hasStackTraceContaining("No space left");
    assertThat(handedOver)
        .as("what the network got before it was on disk")
        .hasValue(step.compareTo(Step.STORED) < 0 ? 0 : 1);
    boolean intended = step.compareTo(Step.INTENDED) >= 0;
    assertThat(house.rooms.coSigner().keyUses()).isLessThanOrEqualTo(intended ? 1 : 0);
    try {
      house.close();
    } catch (RuntimeException e) {
      assertThat(e).hasStackTraceContaining("No space left");
    } finally {
      FaultyDisk.full(false);
    }
    try (TestHouse again = new TestHouse(Database.inFolder(folder), null)) {
      Invariants.hold(again.foundation.database());
      Person same = again.new Person(saved);
      var known =
          new JdbiSendStore(again.foundation.database())
              .byRequest(same.walletId, "request-full")
              .orElseThrow();
      SendView out =
          again.rooms.sends().confirm(same.accountId, same.walletId, known.sendId(), same.code());
      assertThat(out.txid()).isNotNull();
      again.pass(java.time.Duration.ofMinutes(6));
      again.rooms.follower().lookAfterDue();
      assertThat(again.practice.mempool()).containsExactly(out.txid());
      Invariants.hold(again.foundation.database());
    }
  }

  /** The house's chain, which counts what the network was handed. */
  private static ChainIndex counting(TestHouse house, AtomicInteger handedOver) {
    return (ChainIndex)
        Proxy.newProxyInstance(
            ChainIndex.class.getClassLoader(),
            new Class<?>[] {ChainIndex.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("broadcast")) {
                handedOver.incrementAndGet();
              }
              try {
                return method.invoke(house.rooms.chain().index(), arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  @Test
  @DisplayName("Fault 4: a loss of power takes nothing that was acknowledged or signed for")
  void fault4WithoutPowerWhatWasAcknowledgedIsThere() throws Exception {
    Path folder = copy(template, "power");
    Random luck = new Random(20261121);
    AtomicReference<String> open = new AtomicReference<>("");
    int[] losses = new int[1];
    try (TestHouse house = new TestHouse(FaultyDisk.open(folder), null)) {
      Person ada = house.new Person(saved);
      Milestones losing =
          step -> {
            boolean intended = step.compareTo(Step.INTENDED) >= 0;
            boolean signed = step.compareTo(Step.STORED) >= 0;
            if (intended) {
              losses[0]++;
              Path left = lost(folder, losses[0] % 2 == 0 ? null : luck);
              try (Database database = Database.inFolder(left)) {
                Invariants.hold(database);
                var send = new JdbiSendStore(database).find(open.get()).orElseThrow();
                assertThat(send.stage().approved()).as("%s", step).isTrue();
                assertThat(send.rawTx() != null).as("%s", step).isEqualTo(signed);
              }
            }
          };
      TestSends room = TestSends.heard(house, losing);
      var draft = house.rooms.wallets().draft(ada.accountId, "Another", "request-another");
      SendView proposed =
          room.sends().propose(ada.accountId, ada.walletId, ada.request("request-power", 200_000));
      open.set(proposed.sendId());
      SendView out =
          room.sends().confirm(ada.accountId, ada.walletId, proposed.sendId(), ada.code());
      assertThat(out.state()).isEqualTo(SendState.BROADCAST);
      for (Random how : Arrays.asList(null, luck)) {
        try (Database database = Database.inFolder(lost(folder, how))) {
          Invariants.hold(database);
          assertThat(new JdbiWalletStore(database).find(draft.walletId())).isPresent();
          assertThat(new JdbiSendStore(database).find(out.sendId()).orElseThrow().txid())
              .isEqualTo(out.txid());
        }
      }
    }
    assertThat(losses[0]).isGreaterThanOrEqualTo(4);
  }

  private static Path lost(Path folder, Random luck) {
    try {
      Path to = Files.createTempDirectory(parent, "lost");
      FaultyDisk.losePower(folder, to, luck);
      return to;
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  @DisplayName("Fault 3: a database that is cut or bent opens whole or not at all")
  void fault3ADamagedDatabaseIsNotSignedOn() throws Exception {
    Path whole = copy(template, "whole");
    SendView sent;
    try (TestHouse house = new TestHouse(Database.inFolder(whole), null)) {
      Person ada = house.new Person(saved);
      sent = send(house, TestSends.heard(house, Milestones.UNHEARD), ada, "request-a");
    }
    FaultyDisk.compact(whole);
    byte[] bytes = Files.readAllBytes(whole.resolve("trefoil.mv.db"));
    int refused = 0;
    for (int part = 0; part < PARTS; part++) {
      int from = bytes.length * part / PARTS;
      int to = bytes.length * (part + 1) / PARTS;
      byte[] bent = bytes.clone();
      for (int at = from; at < to; at++) {
        bent[at] ^= (byte) (1 + at % 255);
      }
      for (byte[] damaged : List.of(Arrays.copyOf(bytes, from), bent)) {
        Path folder = Files.createTempDirectory(parent, "damaged");
        Files.copy(whole.resolve("trefoil.mark"), folder.resolve("trefoil.mark"));
        Files.write(folder.resolve("trefoil.mv.db"), damaged);
        refused += openedWholeOrRefused(folder, sent) ? 0 : 1;
      }
    }
    assertThat(refused).as("most damage falls where it is read").isGreaterThan(8);
  }

  /** True when everything was there. */
  private static boolean openedWholeOrRefused(Path folder, SendView sent) throws Exception {
    try (Foundation foundation =
        Foundation.open(TestHouse.config(withKey(folder), null), new SecureRandom())) {
      Invariants.hold(foundation.database());
      assertThat(new JdbiSendStore(foundation.database()).find(sent.sendId()).orElseThrow().txid())
          .isEqualTo(sent.txid());
      return true;
    } catch (StartRefused e) {
      assertThat(e).hasMessageContaining("restore FILE --data NEWDIR");
      return false;
    }
  }

  private static Path withKey(Path folder) throws IOException {
    Path key = folder.resolve("server.key");
    Files.write(key, TestHouse.KEY);
    Files.setPosixFilePermissions(
        key, java.nio.file.attribute.PosixFilePermissions.fromString("rw-------"));
    return folder;
  }

  @Test
  @DisplayName("Fault 3: an old copy of the database in place of the new one is refused")
  void fault3AnOldCopyIsRefused() throws Exception {
    Path folder = copy(template, "setback");
    try (TestHouse house = new TestHouse(Database.inFolder(folder), null)) {
      send(house, TestSends.heard(house, Milestones.UNHEARD), house.new Person(saved), "request-a");
    }
    Files.write(
        folder.resolve("trefoil.mv.db"), Files.readAllBytes(template.resolve("trefoil.mv.db")));
    assertThatThrownBy(
            () -> Foundation.open(TestHouse.config(withKey(folder), null), new SecureRandom()))
        .isInstanceOf(StartRefused.class)
        .hasMessageContaining("older than what was signed on it");
    Files.writeString(folder.resolve("trefoil.mark"), "12", StandardOpenOption.TRUNCATE_EXISTING);
    assertThatThrownBy(() -> Foundation.open(TestHouse.config(folder, null), new SecureRandom()))
        .isInstanceOf(StartRefused.class)
        .hasMessageContaining("trefoil.mark is damaged");
  }
}
