package org.trefoil.server.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.trefoil.core.wire.SendState;
import org.trefoil.core.wire.SendView;
import org.trefoil.server.passkey.PasskeyQuestions;
import org.trefoil.server.secondfactor.GivenFactor;
import org.trefoil.server.store.BareRows;
import org.trefoil.server.store.Invariants;

/** Whoever is forced confirms with a passkey as with a code, and nothing goes out. */
class DuressByPasskeyTest extends LosingKeysOnBoth {
  private static final TestMarks MARKS = new TestMarks(1);
  private TestPasskey device;

  @BeforeEach
  void setUp() {
    house.rooms.address().servedOn(8080);
    house
        .rooms
        .passcodes()
        .change(
            ada.accountId,
            ada.walletId,
            ada.vault.beside(view(ada.walletId), MARKS.beside(), MARKS::byFirst, ada.code()));
    device = new TestPasskey(PasskeysTest.HERE);
    device.addTo(house, ada.accountId);
  }

  @AfterEach
  void nothingIsSignedThatShouldNotBe() {
    Invariants.hold(house.foundation.database());
  }

  private SendView send(String request, Function<byte[], String> mark) {
    SendView proposed =
        propose(TestVault.marked(ada.cosigners, ada.request(request, 100_000), mark));
    PasskeyQuestions.Asked asked =
        house.rooms.sends().asking().ask(ada.accountId, ada.walletId, proposed.sendId());
    GivenFactor given = new GivenFactor.Signed(device.answer(asked.challenge(), asked.siteId()));
    return house.rooms.sends().confirm(ada.accountId, ada.walletId, proposed.sendId(), given);
  }

  @Test
  void underTheSecondPasscodeItLooksAsIfItWereOnItsWayAndIsSignedByNobody() {
    List<String> mail = mailed();
    SendView kept = send("request-a", MARKS::bySecond);
    assertThat(kept.state()).isEqualTo(SendState.SIGNED);
    assertThat(kept.txid()).isNotNull();
    assertThat(kept.reason()).isNull();
    for (int i = 0; i < 3; i++) {
      house.pass(Duration.ofDays(4));
      house.mine(1);
      house.rooms.follower().expire();
      house.rooms.follower().lookAfterDue();
    }
    assertThat(look(kept)).isEqualTo(kept);
    assertThat(new BareRows(house.foundation.database()).send(kept.sendId()).get("raw_tx"))
        .isNull();
    assertThat(house.practice.mempool()).isEmpty();
    assertThat(house.rooms.coSigner().keyUses()).isZero();
    assertThat(mailed()).isEqualTo(mail);
  }

  @Test
  void underTheFirstPasscodeItGoesOut() {
    assertThat(send("request-a", MARKS::byFirst).state()).isEqualTo(SendState.BROADCAST);
    assertThat(house.rooms.coSigner().keyUses()).isEqualTo(1);
  }
}
