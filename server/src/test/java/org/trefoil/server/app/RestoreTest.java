package org.trefoil.server.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.trefoil.core.Token;
import org.trefoil.core.keys.KeyRole;
import org.trefoil.core.policy.TestRules;
import org.trefoil.core.units.Sats;
import org.trefoil.core.wire.PolicyDocument;
import org.trefoil.core.wire.PolicyRequest;
import org.trefoil.core.wire.SendState;
import org.trefoil.core.wire.SendView;
import org.trefoil.server.app.TestHouse.Person;
import org.trefoil.server.audit.RecordMark;
import org.trefoil.server.config.Config;
import org.trefoil.server.fence.FenceRefused;
import org.trefoil.server.keyfile.KeyFile;
import org.trefoil.server.rules.Rulebook;
import org.trefoil.server.secondfactor.Verdict;
import org.trefoil.server.spend.SendRecord;
import org.trefoil.server.spend.SendStage;
import org.trefoil.server.store.Invariants;
import org.trefoil.server.store.JdbiSendStore;
import org.trefoil.server.store.TestDatabase;

/** Fault 28: of a server and its restored copy one signs, and neither forgets what was used up. */
class RestoreTest {
  private TestMachines machines;

  @BeforeEach
  void open(@TempDir Path parent) throws IOException {
    machines = new TestMachines(parent);
  }

  @Test
  @DisplayName("Fault 28: the copy has the same addresses, balances and history, and signs nothing")
  void fault28TheCopyIsTheSameAndSignsNothing() throws Exception {
    String saved;
    Object balance;
    Object history;
    String address;
    SendRecord first;
    try (TestHouse house = machines.house(machines.data)) {
      Person ada = house.new Person(1);
      ada.receive(1_000_000);
      ada.receive(500_000);
      SendView sent = TestMachines.send(house, ada, "request-a", 200_000);
      house.mine(1);
      SendView open = TestMachines.send(house, ada, "request-b", 30_000);
      assertThat(open.state()).isEqualTo(SendState.BROADCAST);
      house.pass(Duration.ofSeconds(1));
      saved = ada.saved();
      balance = house.rooms.wallets().view(ada.accountId, ada.walletId);
      history = house.rooms.book().history(ada.accountId, ada.walletId, null);
      first = new JdbiSendStore(house.foundation.database()).find(sent.sendId()).orElseThrow();
      machines.backUp(house);
      machines.restore(house);
      address = house.rooms.wallets().anotherAddress(ada.accountId, ada.walletId).address();
    }
    assertThat(Files.getPosixFilePermissions(machines.backup))
        .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    try (TestHouse copy = machines.house(machines.elsewhere)) {
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
      var pulse = copy.rooms.services(TestHouse.config(machines.elsewhere, null)).pulse();
      assertThat(pulse.health().status()).isEqualTo("fenced");
      Refused.with(Token.SERVER_FENCED, () -> TestMachines.send(copy, ada, "request-c", 10_000));
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
    try (TestHouse house = machines.house(machines.data)) {
      Person ada = house.new Person(1);
      ada.receive(1_000_000);
      SendView waiting =
          house
              .rooms
              .sends()
              .propose(ada.accountId, ada.walletId, ada.request("request-a", 200_000));
      String saved = ada.saved();
      machines.backUp(house);
      String copyId = machines.restore(house);
      try (TestHouse copy = machines.house(machines.elsewhere)) {
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
    try (TestHouse again = machines.house(machines.data)) {
      Refused.with(Token.SERVER_RETIRED, again.rooms.fence()::refuseWhenClosed);
    }
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("Fault 3, 28: no counter goes back by a restore")
  void fault28CountersDoNotGoBack(TestDatabase engine) throws Exception {
    Sats limit = new Sats(300_000);
    Config elsewhere = engine.config(machines.elsewhere);
    byte[] unknown;
    String saved;
    String code;
    try (TestHouse house = new TestHouse(engine.place(machines.data).open(), limit)) {
      Person ada = house.new Person(1);
      ada.receive(1_000_000);
      saved = ada.saved();
      machines.backUp(house);
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
      Restoring.restore(machines.backup, elsewhere, house.clock);
    }
    try (TestHouse copy = new TestHouse(Foundation.database(elsewhere), limit)) {
      Person ada = copy.new Person(saved);
      copy.rooms.fence().releaseOldMachineIsDestroyed();
      copy.pass(Duration.ofSeconds(30));
      assertThat(copy.rooms.factors().use(ada.accountId, code)).isEqualTo(Verdict.USED);
      copy.practice.broadcast(unknown);
      copy.mine(1);
      copy.pass(Duration.ofMinutes(2));
      Refused.with(Token.LIMIT_DAILY, () -> TestMachines.send(copy, ada, "request-b", 150_000));
      copy.pass(Duration.ofHours(24));
      assertThat(TestMachines.send(copy, ada, "request-c", 150_000).state())
          .isEqualTo(SendState.BROADCAST);
    }
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("Fault 28: a send that waited by a rule and was cancelled since is never signed")
  void fault28ASendThatWaitedIsCancelledAndItsCoinsAreFree(TestDatabase engine) throws Exception {
    try (TestHouse house = machines.house(machines.data)) {
      Person ada = house.new Person(1);
      ada.receive(1_000_000);
      Rulebook book = house.rooms.rulebook();
      PolicyDocument rules =
          ada.vault.policy(
              ada.cosigners,
              ada.walletId,
              book.view(ada.accountId, ada.walletId),
              TestRules.none().hold(50_000, 24).done(),
              0,
              KeyRole.USER);
      book.sign(ada.accountId, ada.walletId, new PolicyRequest(rules, ada.code()));
      SendView held = TestMachines.send(house, ada, "request-a", 200_000);
      assertThat(held.state()).isEqualTo(SendState.HELD);
      String saved = ada.saved();
      machines.backUp(house);
      house.rooms.sends().cancel(ada.accountId, ada.walletId, held.sendId());
      Config config = engine.config(machines.elsewhere);
      assertThat(Restoring.restore(machines.backup, config, house.clock))
          .contains("Sends that waited by a rule are cancelled here");
      try (TestHouse copy = new TestHouse(Foundation.database(config), null)) {
        Person same = copy.new Person(saved);
        copy.rooms.fence().releaseOldMachineIsDestroyed();
        copy.pass(Duration.ofHours(25));
        copy.rooms.follower().lookAfterDue();
        SendRecord there =
            new JdbiSendStore(copy.foundation.database()).find(held.sendId()).orElseThrow();
        assertThat(there.stage()).isEqualTo(SendStage.CANCELLED);
        assertThat(there.psbt()).isEmpty();
        assertThat(copy.rooms.coSigner().keyUses()).isZero();
        assertThat(TestMachines.send(copy, same, "request-b", 40_000).state())
            .isEqualTo(SendState.BROADCAST);
        Invariants.hold(copy.foundation.database());
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("Fault 28: a recovery code that was used after the backup stays used")
  void fault28ARecoveryCodeUsedAfterTheBackupStaysUsed(TestDatabase engine) throws Exception {
    Path last = machines.path("last.gz");
    try (TestHouse house = machines.house(machines.data)) {
      Person ada = house.new Person(1);
      machines.backUp(house);
      assertThat(house.rooms.factors().use(ada.accountId, ada.recovery.get(0)))
          .isEqualTo(Verdict.OK);
      String saved = ada.saved();
      house.rooms.fence().retire();
      machines.backUp(house, last);
      Config one = engine.config(machines.elsewhere);
      Config other = engine.config(machines.folder("last"));
      assertThat(Restoring.restore(machines.backup, one, house.clock)).contains("used up here");
      assertThat(Restoring.restore(last, other, house.clock)).doesNotContain("used up here");
      try (TestHouse copy = new TestHouse(Foundation.database(one), null)) {
        Person same = copy.new Person(saved);
        for (String code : List.of(ada.recovery.get(0), ada.recovery.get(1))) {
          assertThat(copy.rooms.factors().use(same.accountId, code)).isEqualTo(Verdict.USED);
        }
        assertThat(copy.rooms.factors().recoveryLeft(same.accountId)).isZero();
        copy.pass(Duration.ofMinutes(2));
        List<String> renewed = copy.rooms.factors().renewRecovery(same.accountId, same.code(), "");
        assertThat(copy.rooms.factors().use(same.accountId, renewed.get(0))).isEqualTo(Verdict.OK);
      }
      try (TestHouse copy = new TestHouse(Foundation.database(other), null)) {
        Person same = copy.new Person(saved);
        assertThat(copy.rooms.factors().use(same.accountId, ada.recovery.get(0)))
            .isEqualTo(Verdict.USED);
        assertThat(copy.rooms.factors().use(same.accountId, ada.recovery.get(1)))
            .as("the machine had retired before this backup, so nothing was used since")
            .isEqualTo(Verdict.OK);
      }
    }
  }

  @Test
  void theRecordsMarkGoesWhenADatabaseCameAndNotBefore() throws Exception {
    try (TestHouse house = machines.house(machines.data)) {
      house.new Person(1);
      machines.backUp(house);
      Path mark = machines.elsewhere.resolve(RecordMark.FILE);
      Files.writeString(mark, "of another database");
      KeyFile.prepareFolder(machines.elsewhere);
      Path inTheWay = Files.createDirectories(machines.elsewhere.resolve("restoring/a/b"));
      assertThatThrownBy(() -> machines.restore(house)).isInstanceOf(IOException.class);
      assertThat(mark).hasContent("of another database");
      Files.delete(inTheWay);
      machines.restore(house);
      assertThat(mark).doesNotExist();
    }
  }
}
