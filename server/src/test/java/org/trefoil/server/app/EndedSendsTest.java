package org.trefoil.server.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.trefoil.core.policy.TestRules;
import org.trefoil.core.wire.Json;
import org.trefoil.core.wire.MemberRole;
import org.trefoil.core.wire.SendState;
import org.trefoil.core.wire.SendView;
import org.trefoil.server.app.TestHouse.Person;
import org.trefoil.server.signer.RunningSigner;
import org.trefoil.server.spend.SendRecord;
import org.trefoil.server.store.JdbiSendStore;
import org.trefoil.server.store.TestDatabase;

/** A send that waited and came to its end is at its end with the signer too, for good. */
class EndedSendsTest extends LosingKeys {
  @TempDir Path folder;

  private final TestClock clock = new TestClock();
  private RunningSigner signer;

  @Override
  TestHouse house() throws IOException {
    signer = TestHouse.signer(folder, null, clock);
    return new TestHouse(TestDatabase.H2.fresh(), clock, folder.resolve("s"));
  }

  @AfterEach
  void endSigner() {
    signer.close();
  }

  private SendView waits() {
    SendView send = confirm(propose(ada.request("request-a", 200_000)), ada.code());
    assertThat(send.state()).isEqualTo(SendState.HELD);
    return send;
  }

  private SendRecord row(SendView send) {
    return new JdbiSendStore(house.foundation.database()).find(send.sendId()).orElseThrow();
  }

  private byte[] psbt(SendView send) {
    return row(send).psbt();
  }

  /** What a front that was taken over gets for it now. */
  private String signs(byte[] psbt) {
    return new HostileFront(folder.resolve("s"))
        .says(
            Json.object()
                .put("op", "sign")
                .put("wallet", ada.walletId)
                .put("psbt", Base64.getEncoder().encodeToString(psbt)));
  }

  private void ended(SendView send, SendState as, byte[] psbt) {
    assertThat(look(send).state()).isEqualTo(as);
    house.pass(Duration.ofDays(40));
    assertThat(signs(psbt)).isEqualTo("send-not-pending");
  }

  @Test
  void whatARuleEndsIsEndedWithTheSigner() {
    sign(TestRules.none().hold(50_000, 24));
    SendView send = waits();
    byte[] psbt = psbt(send);
    assertThat(signs(psbt)).isEqualTo("signer-waits");
    sign(TestRules.none().hold(50_000, 24).perSend(100_000L));
    house.pass(Duration.ofHours(25));
    house.rooms.follower().lookAfterDue();
    ended(send, SendState.CANCELLED, psbt);
  }

  @Test
  void whatItsTimeEndsIsEndedWithTheSigner() {
    Person bob = house.new Person(2);
    join(bob, MemberRole.APPROVER);
    sign(TestRules.none().approvals(50_000, 1, named(bob)));
    SendView send = waits();
    byte[] psbt = psbt(send);
    house.pass(Duration.ofHours(73));
    house.rooms.follower().lookAfterDue();
    ended(send, SendState.EXPIRED, psbt);
  }

  @Test
  void whatNobodyIsLeftToAgreeToIsEndedWithTheSigner() {
    Person bob = house.new Person(2);
    join(bob, MemberRole.APPROVER);
    sign(TestRules.none().approvals(50_000, 1, named(bob)));
    SendView send = waits();
    byte[] psbt = psbt(send);
    house.rooms.members().change(ada.accountId, ada.walletId, bob.accountId, null, ada.code());
    ended(send, SendState.CANCELLED, psbt);
  }

  @Test
  void whileTheSignerIsAwayItIsNotCalledEnded() throws IOException {
    sign(TestRules.none().hold(50_000, 24));
    SendView send = waits();
    byte[] psbt = psbt(send);
    sign(TestRules.none().hold(50_000, 24).perSend(100_000L));
    house.pass(Duration.ofHours(25));
    signer.close();
    house.rooms.follower().lookAfterDue();
    assertThat(look(send).state()).isEqualTo(SendState.HELD);
    signer = TestHouse.signer(folder, null, clock);
    house.pass(Duration.ofMinutes(2));
    house.rooms.follower().lookAfterDue();
    ended(send, SendState.CANCELLED, psbt);
  }

  @Test
  void whatWasApprovedAndCannotBeSignedAnyMoreWaitsForTheSignerToo() throws IOException {
    SendView send = TestSends.approvedOnly(house, ada, "request-a", 200_000);
    new JdbiSendStore(house.foundation.database()).release(send.sendId());
    confirm(propose(ada.request("request-b", 300_000)), ada.code());
    house.mine(1);
    house.pass(Duration.ofMinutes(2));
    signer.close();
    assertThat(house.rooms.follower().lookAfterDue()).isPositive();
    assertThat(house.rooms.follower().lookAfterDue()).as("not again at once").isZero();
    assertThat(look(send).state()).isEqualTo(SendState.SIGNED);
    signer = TestHouse.signer(folder, null, clock);
    house.pass(Duration.ofMinutes(2));
    house.rooms.follower().lookAfterDue();
    assertThat(look(send).state()).isEqualTo(SendState.REJECTED);
    assertThat(look(send).reason()).isEqualTo("coins-taken");
  }

  @Test
  void whatWaitedAndWasCancelledIsMadeAgainExactlyAndSent() {
    sign(TestRules.none().hold(50_000, 24));
    Set<String> made = new HashSet<>();
    List<byte[]> given = new ArrayList<>();
    for (int times = 0; times < 3; times++) {
      SendView send = confirm(propose(ada.request("request-" + times, 200_000)), ada.code());
      assertThat(send.state()).isEqualTo(SendState.HELD);
      made.add(row(send).txid());
      given.add(psbt(send));
      if (times < 2) {
        house.rooms.sends().cancel(ada.accountId, ada.walletId, send.sendId());
      }
    }
    assertThat(made).as("one chain height, one amount, one fee").hasSize(3);
    house.pass(Duration.ofHours(25));
    house.rooms.follower().lookAfterDue();
    assertThat(house.practice.mempool()).hasSize(1).allMatch(made::contains);
    assertThat(signs(given.get(0))).isEqualTo("send-not-pending");
    assertThat(signs(given.get(1))).isEqualTo("send-not-pending");
  }
}
