package org.trefoil.server.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.trefoil.core.RefusedException;
import org.trefoil.core.psbt.HostilePsbt;
import org.trefoil.core.psbt.HostilePsbts;
import org.trefoil.core.psbt.Psbt;
import org.trefoil.core.wire.SendRequest;
import org.trefoil.core.wire.SendView;
import org.trefoil.server.app.TestHouse.Person;
import org.trefoil.server.store.TestDatabase;

/**
 * Fault 23: 500 hostile PSBTs: not one becomes a send that a code could confirm. The honest one
 * beside them does, and is the only thing for which the server key is opened.
 */
class HostilePsbtTest {
  private static final int CASES = 500;

  @ParameterizedTest
  @EnumSource
  @DisplayName("Fault 23: every hostile PSBT is refused before a key is touched")
  void fault23EveryHostilePsbtIsRefusedBeforeAKeyIsTouched(TestDatabase engine) throws Exception {
    try (TestHouse house = new TestHouse(engine.fresh(), null)) {
      Person ada = house.new Person(1);
      ada.receive(400_000);
      ada.receive(300_000);
      SendRequest honest = ada.request("request-honest", 600_000);
      Psbt good = Psbt.parse(Base64.getDecoder().decode(honest.psbt()));
      assertThat(good.inputs()).hasSize(2);
      Set<String> tokens = new HashSet<>();
      List<HostilePsbt> corpus = HostilePsbts.of(good, 20261121, CASES);
      assertThat(corpus).hasSizeGreaterThanOrEqualTo(CASES);
      for (int i = 0; i < corpus.size(); i++) {
        HostilePsbt hostile = corpus.get(i);
        String token = refusal(house, ada, honest, "request-" + i + "-hostile", hostile.bytes());
        assertThat(token).as(hostile.name()).isNotIn("taken", "internal-error");
        tokens.add(token);
      }
      assertThat(tokens).hasSizeGreaterThan(12);
      assertThat(house.rooms.coSigner().keyUses()).isZero();

      SendView send = house.rooms.sends().propose(ada.accountId, ada.walletId, honest);
      SendView sent =
          house.rooms.sends().confirm(ada.accountId, ada.walletId, send.sendId(), ada.code());
      assertThat(sent.txid()).isEqualTo(good.unsignedTx().txid());
      assertThat(house.rooms.coSigner().keyUses()).isEqualTo(1);
    }
  }

  private static String refusal(
      TestHouse house, Person ada, SendRequest honest, String requestId, byte[] psbt) {
    SendRequest bent =
        new SendRequest(
            requestId,
            Base64.getEncoder().encodeToString(psbt),
            honest.recipients(),
            honest.everything(),
            honest.feeRate(),
            "");
    try {
      house.rooms.sends().propose(ada.accountId, ada.walletId, bent);
      return "taken";
    } catch (RefusedException e) {
      return e.refusal().token();
    }
  }
}
