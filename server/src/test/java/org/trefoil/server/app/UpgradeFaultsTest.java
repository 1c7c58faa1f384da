package org.trefoil.server.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.trefoil.core.Token;
import org.trefoil.core.coins.Coin;
import org.trefoil.core.wire.SendRequest;
import org.trefoil.core.wire.SendState;
import org.trefoil.core.wire.SendView;
import org.trefoil.server.account.Session;
import org.trefoil.server.app.TestHouse.Person;
import org.trefoil.server.secondfactor.Verdict;
import org.trefoil.server.spend.Sends;
import org.trefoil.server.store.ChainInvariants;
import org.trefoil.server.store.Database;
import org.trefoil.server.store.JdbiSendStore;
import org.trefoil.server.store.JdbiTables;
import org.trefoil.server.store.OldSchema;

/**
 * Faults 27 and 30: a change of program under an open send, and a session that is lost half way.
 */
class UpgradeFaultsTest {
  private static final int FIRST_RELEASE = 2;

  @TempDir Path folder;

  @Test
  @DisplayName("Fault 30: a send that was open in the first release is signed after the upgrade")
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
      store.approve(sendId, now, now);
      saved = ada.saved();
      try (Database old = Database.h2(Database.address(folder), FIRST_RELEASE)) {
        OldSchema.copy(new JdbiTables(house.foundation.database()), old);
      }
    }
    try (TestHouse upgraded = new TestHouse(Database.inFolder(folder), null)) {
      Person ada = upgraded.new Person(saved);
      upgraded.pass(Duration.ofMinutes(1));
      upgraded.rooms.follower().lookAfterDue();
      SendView out = upgraded.rooms.sends().view(ada.accountId, ada.walletId, sendId);
      assertThat(out.state()).isEqualTo(SendState.BROADCAST);
      assertThat(upgraded.practice.mempool()).containsExactly(out.txid());
      assertThat(upgraded.rooms.coSigner().keyUses()).isEqualTo(1);
    }
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
      Session half = house.rooms.sessions().open(ada.accountId, false, "browser");
      Session other = house.rooms.sessions().open(ada.accountId, false, "browser");
      house.rooms.sessions().end(half.token());
      assertThat(house.rooms.factors().use(ada.accountId, ada.code())).isEqualTo(Verdict.OK);
      Refused.with(Token.NOT_SIGNED_IN, () -> house.rooms.sessions().upgrade(half));
      assertThat(house.rooms.sessions().list(ada.accountId)).noneMatch(Session.Entry::full);
      house.clock.forward(Duration.ofMinutes(16));
      assertThat(house.rooms.sessions().find(other.token())).isEmpty();
    }
  }
}
