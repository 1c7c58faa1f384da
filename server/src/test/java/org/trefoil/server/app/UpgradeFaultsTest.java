package org.trefoil.server.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.trefoil.core.Token;
import org.trefoil.core.coins.Coin;
import org.trefoil.core.wire.SendKind;
import org.trefoil.core.wire.SendRequest;
import org.trefoil.core.wire.SendState;
import org.trefoil.core.wire.SendView;
import org.trefoil.server.account.Session;
import org.trefoil.server.app.TestHouse.Person;
import org.trefoil.server.backup.Tables;
import org.trefoil.server.chain.BroadcastOutcome;
import org.trefoil.server.policy.RulesAt;
import org.trefoil.server.secondfactor.Verdict;
import org.trefoil.server.spend.SendRecord;
import org.trefoil.server.spend.SendStage;
import org.trefoil.server.spend.Sends;
import org.trefoil.server.store.ChainInvariants;
import org.trefoil.server.store.Database;
import org.trefoil.server.store.Invariants;
import org.trefoil.server.store.JdbiSendStore;
import org.trefoil.server.store.JdbiTables;
import org.trefoil.server.store.OldSchema;
import org.trefoil.server.store.TestDatabase;

/**
 * Faults 27 and 30: a change of program under an open send, and a session that is lost half way.
 */
class UpgradeFaultsTest {
  private static final int FIRST_RELEASE = 2;
  private static final int BEFORE_REPLACEMENTS = 8;
  private static final Set<SendStage> OPEN =
      EnumSet.of(
          SendStage.NEEDS_FACTOR,
          SendStage.APPROVED,
          SendStage.SIGNED,
          SendStage.BROADCAST,
          SendStage.CONFIRMED);

  @TempDir Path folder;

  @Test
  @DisplayName("Fault 30: a send of the first release asks for its code once more, and is signed")
  void fault30AnOpenSendSurvivesTheUpgrade() throws Exception {
    String saved;
    String sendId;
    try (TestHouse house = new TestHouse()) {
      Person ada = house.new Person(1);
      ada.receive(1_000_000);
      SendRequest request = ada.request("request-old", 200_000);
      List<Coin> coins = TestVault.coins(house.rooms.book().spendable(ada.accountId, ada.walletId));
      sendId = house.rooms.sends().propose(ada.accountId, ada.walletId, request).sendId();
      JdbiSendStore store = new JdbiSendStore(house.foundation.database());
      Instant now = house.clock.instant();
      store.reserve(ada.walletId, sendId, coins.stream().map(Coin::outpoint).toList());
      store.approve(
          sendId, now, now, new RulesAt(0, 0), new byte[32]); // no release before made a seal
      saved = ada.saved();
      try (Database old = Database.h2(Database.address(folder), FIRST_RELEASE)) {
        OldSchema.copy(new JdbiTables(house.foundation.database()), old);
      }
    }
    try (TestHouse upgraded = new TestHouse(Database.inFolder(folder), null)) {
      Person ada = upgraded.new Person(saved);
      upgraded.pass(Duration.ofMinutes(1));
      upgraded.rooms.follower().lookAfterDue();
      assertThat(upgraded.rooms.sends().view(ada.accountId, ada.walletId, sendId).state())
          .isEqualTo(SendState.NEEDS_FACTOR);
      upgraded.rooms.sends().confirm(ada.accountId, ada.walletId, sendId, ada.code());
      SendView out = upgraded.rooms.sends().view(ada.accountId, ada.walletId, sendId);
      assertThat(out.state()).isEqualTo(SendState.BROADCAST);
      assertThat(upgraded.practice.mempool()).containsExactly(out.txid());
      assertThat(upgraded.rooms.coSigner().keyUses()).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("Fault 30: sends in every stage live through the upgrade that brought replacements")
  void fault30SendsInEveryStageSurviveTheUpgradeToReplacements(TestDatabase engine)
      throws Exception {
    TestDatabase.Place place = engine.place(folder);
    String saved;
    Map<SendStage, String> sends = new EnumMap<>(SendStage.class);
    try (TestHouse house = new TestHouse()) {
      Person ada = house.new Person(1);
      openSends(house, ada, sends);
      saved = ada.saved();
      try (Database old = place.open(BEFORE_REPLACEMENTS)) {
        OldSchema.copy(new JdbiTables(house.foundation.database()), old);
      }
    }
    List<String> before;
    List<Tables.Table> tables;
    try (Database old = place.open(BEFORE_REPLACEMENTS)) {
      assertThat(new JdbiTables(old).version()).isEqualTo(BEFORE_REPLACEMENTS);
      tables = OldSchema.tables(old);
      before = OldSchema.rows(old, tables);
    }
    assertThat(before).anyMatch(row -> row.startsWith("send ")).hasSizeGreaterThan(100);
    try (Database upgraded = place.open()) {
      assertThat(OldSchema.rows(upgraded, tables)).isEqualTo(before);
    }
    try (TestHouse upgraded = new TestHouse(place.open(), null)) {
      Database database = upgraded.foundation.database();
      JdbiSendStore store = new JdbiSendStore(database);
      for (Map.Entry<SendStage, String> each : sends.entrySet()) {
        SendRecord send = store.find(each.getValue()).orElseThrow();
        assertThat(send.stage()).isEqualTo(each.getKey());
        assertThat(send.kind()).isEqualTo(SendKind.PAYMENT);
        assertThat(send.family()).isNull();
      }
      Invariants.hold(database);
      Person ada = upgraded.new Person(saved);
      String waiting = sends.get(SendStage.NEEDS_FACTOR);
      upgraded.pass(Duration.ofMinutes(1));
      upgraded.rooms.sends().confirm(ada.accountId, ada.walletId, waiting, ada.code());
      upgraded.pass(Duration.ofMinutes(5));
      upgraded.rooms.follower().lookAfterDue();
      String unproved = sends.get(SendStage.APPROVED);
      assertThat(store.find(unproved).orElseThrow().stage()).isEqualTo(SendStage.NEEDS_FACTOR);
      upgraded.rooms.sends().confirm(ada.accountId, ada.walletId, unproved, ada.code());
      upgraded.mine(1);
      for (SendStage stage : OPEN) {
        SendRecord send = store.find(sends.get(stage)).orElseThrow();
        assertThat(send.stage()).as("was %s", stage).isEqualTo(SendStage.CONFIRMED);
      }
      assertThat(upgraded.rooms.coSigner().keyUses()).as("the two not signed before").isEqualTo(2);
      Invariants.hold(database);
    }
  }

  /** A send in each stage, by its id. */
  private static void openSends(TestHouse house, Person ada, Map<SendStage, String> sends) {
    for (int i = 0; i < 6; i++) {
      ada.receive(300_000);
    }
    FaultyChain chain = new FaultyChain(house.rooms.chain().index());
    TestSends room = TestSends.on(house, chain.index());
    JdbiSendStore store = new JdbiSendStore(house.foundation.database());
    sends.put(SendStage.CONFIRMED, confirmed(room, ada, "request-1"));
    house.mine(1);
    sends.put(SendStage.BROADCAST, confirmed(room, ada, "request-2"));
    chain.answer(raw -> new BroadcastOutcome.Unreachable("away"));
    sends.put(SendStage.SIGNED, confirmed(room, ada, "request-3"));
    chain.mend();
    String approved = proposed(room, ada, "request-4");
    TestSends interrupted = TestSends.interrupted(house);
    assertThatThrownBy(
            () -> interrupted.sends().confirm(ada.accountId, ada.walletId, approved, ada.code()))
        .hasMessage("the power went");
    sends.put(SendStage.APPROVED, approved);
    String cancelled = proposed(room, ada, "request-5");
    room.sends().cancel(ada.accountId, ada.walletId, cancelled);
    sends.put(SendStage.CANCELLED, cancelled);
    sends.put(SendStage.NEEDS_FACTOR, proposed(room, ada, "request-6"));
    sends.forEach(
        (stage, id) -> assertThat(store.find(id).orElseThrow().stage()).as(id).isEqualTo(stage));
  }

  private static String proposed(TestSends room, Person ada, String request) {
    return room.sends()
        .propose(ada.accountId, ada.walletId, ada.request(request, 250_000))
        .sendId();
  }

  private static String confirmed(TestSends room, Person ada, String request) {
    String sendId = proposed(room, ada, request);
    room.sends().confirm(ada.accountId, ada.walletId, sendId, ada.code());
    return sendId;
  }

  @Test
  @DisplayName("Fault 30: the history that an older release wrote is read in the same order")
  void fault30TheIndexOfAnOlderReleaseIsTakenOver() throws Exception {
    String saved;
    Object history;
    Object coins;
    try (TestHouse house = new TestHouse()) {
      Person ada = house.new Person(1);
      for (int i = 1; i <= 3; i++) {
        ada.receive(1_000_000 + i);
      }
      for (int i = 1; i <= 2; i++) { // the first into a block, the second waits
        SendRequest request = ada.request("request-old-" + i, 200_000);
        Sends sends = house.rooms.sends();
        String id = sends.propose(ada.accountId, ada.walletId, request).sendId();
        sends.confirm(ada.accountId, ada.walletId, id, ada.code());
        house.mine(2 - i);
      }
      history = house.rooms.book().history(ada.accountId, ada.walletId, null);
      coins = house.rooms.chain().index().coins(ada.walletId);
      saved = ada.saved();
      try (Database old = Database.h2(Database.address(folder), FIRST_RELEASE)) {
        OldSchema.copy(new JdbiTables(house.foundation.database()), old);
      }
    }
    try (Database upgraded = Database.inFolder(folder)) {
      ChainInvariants.hold(upgraded);
    }
    try (TestHouse upgraded = new TestHouse(Database.inFolder(folder), null)) {
      Person ada = upgraded.new Person(saved);
      assertThat(upgraded.rooms.book().history(ada.accountId, ada.walletId, null))
          .isEqualTo(history);
      assertThat(upgraded.rooms.chain().index().coins(ada.walletId)).isEqualTo(coins);
    }
  }

  @Test
  @DisplayName("Fault 30: a database that a newer program has used is refused, and said so")
  void fault30ANewerDatabaseIsRefused() throws Exception {
    Path key = folder.resolve("server.key");
    Files.write(key, TestHouse.KEY);
    Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-------"));
    try (Database database = Database.inFolder(folder)) {
      OldSchema.pretendNewer(database);
    }
    assertThatThrownBy(() -> Foundation.open(TestHouse.config(folder, null), new SecureRandom()))
        .isInstanceOf(StartRefused.class)
        .hasMessageContaining("newer Trefoil");
  }

  @Test
  @DisplayName("Fault 27: a half session that is lost never becomes a full one")
  void fault27ALostHalfSessionNeverBecomesFull() throws Exception {
    try (TestHouse house = new TestHouse()) {
      Person ada = house.new Person(1);
      Session half = house.rooms.sessions().open(ada.accountId, false, "browser", "");
      Session other = house.rooms.sessions().open(ada.accountId, false, "browser", "");
      house.rooms.sessions().end(half.token());
      assertThat(house.rooms.factors().use(ada.accountId, ada.code())).isEqualTo(Verdict.OK);
      Refused.with(Token.NOT_SIGNED_IN, () -> house.rooms.sessions().upgrade(half));
      assertThat(house.rooms.sessions().list(ada.accountId)).noneMatch(Session.Entry::full);
      house.clock.forward(Duration.ofMinutes(16));
      assertThat(house.rooms.sessions().find(other.token())).isEmpty();
    }
  }
}
