package org.trefoil.server.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.trefoil.core.Refusal;
import org.trefoil.core.Token;
import org.trefoil.core.keys.KeyRole;
import org.trefoil.core.policy.PolicyChain;
import org.trefoil.core.policy.TestRules;
import org.trefoil.core.wire.SendState;
import org.trefoil.core.wire.SendView;
import org.trefoil.server.keyfile.Pepper;
import org.trefoil.server.rules.Rulebook;
import org.trefoil.server.store.BareRows;
import org.trefoil.server.store.Invariants;

/**
 * What was signed and what was stopped cannot be taken back by whoever writes into the database:
 * not by removing its rows, and not by putting older ones back.
 */
class RuleHeadsTest extends LosingKeysOnBoth {
  private static final String HEAD = "policy_head";
  private static final String DOCUMENTS = "policy_document";

  private Rulebook book() {
    return house.rooms.rulebook();
  }

  private BareRows rows() {
    return new BareRows(house.foundation.database());
  }

  private SendView send(String request, long sats) {
    return confirm(propose(ada.request(request, sats)), ada.code());
  }

  /** Nothing is signed, and the page names the version. */
  private void broken(int version) {
    long uses = house.rooms.coSigner().keyUses();
    Refusal why =
        Refused.refusal(
            Token.POLICY_CHAIN_BROKEN, () -> send("request-" + System.nanoTime(), 10_000));
    assertThat(why.data()).containsEntry("version", Integer.toString(version));
    Refused.with(Token.POLICY_CHAIN_BROKEN, () -> book().freeze(ada.accountId, ada.walletId));
    assertThat(house.rooms.coSigner().keyUses()).isEqualTo(uses);
    assertThat(
            house
                .rooms
                .services(TestHouse.config(Path.of("unused"), null))
                .policies()
                .state(ada.accountId, ada.walletId)
                .broken())
        .isEqualTo(version);
  }

  private void remove(String table) {
    rows().putBack(table, ada.walletId, List.of());
  }

  @Test
  void aWalletInUseHasAHeadAndWithoutItNothingIsSigned() {
    assertThat(rows().keep(HEAD, ada.walletId)).hasSize(1);
    assertThat(send("request-a", 20_000).state()).isEqualTo(SendState.BROADCAST);
    house.mine(1);
    remove(HEAD);
    broken(0);
  }

  @Test
  void allRowsOfTheRulesRemovedBeforeAnySendAreMissed() {
    sign(TestRules.none().perSend(100_000L));
    sign(TestRules.none().perSend(90_000L));
    List<Map<String, Object>> documents = rows().keep(DOCUMENTS, ada.walletId);
    List<Map<String, Object>> head = rows().keep(HEAD, ada.walletId);
    remove(DOCUMENTS);
    broken(1);
    remove(HEAD);
    broken(1);
    rows().putBack(DOCUMENTS, ada.walletId, documents);
    broken(1);
    rows().putBack(HEAD, ada.walletId, head);
    Refused.with(Token.LIMIT_PER_SEND, () -> send("request-a", 95_000));
    assertThat(send("request-b", 80_000).state()).isEqualTo(SendState.BROADCAST);
  }

  @Test
  void aStopThatIsRemovedIsMissed() {
    book().freeze(ada.accountId, ada.walletId);
    remove(HEAD);
    broken(0);
  }

  @Test
  void theHeadFromBeforeAStopContradictsTheRecord() {
    List<Map<String, Object>> before = rows().keep(HEAD, ada.walletId);
    book().freeze(ada.accountId, ada.walletId);
    List<Map<String, Object>> stopped = rows().keep(HEAD, ada.walletId);
    rows().putBack(HEAD, ada.walletId, before);
    broken(0);
    rows().putBack(HEAD, ada.walletId, stopped);
    Refused.with(Token.WALLET_FROZEN, () -> send("request-a", 10_000));
    book().thaw(ada.accountId, ada.walletId, ada.code());
    List<Map<String, Object>> thawing = rows().keep(HEAD, ada.walletId);
    book().freeze(ada.accountId, ada.walletId);
    rows().putBack(HEAD, ada.walletId, thawing);
    house.pass(Duration.ofHours(50));
    broken(0);
  }

  @Test
  void aStopThatWasTakenBackUnderRulesNamesTheirVersion() {
    sign(TestRules.none().perSend(100_000L));
    List<Map<String, Object>> before = rows().keep(HEAD, ada.walletId);
    book().freeze(ada.accountId, ada.walletId);
    rows().putBack(HEAD, ada.walletId, before);
    broken(1);
  }

  @Test
  void anEarlierVersionPutBackWithAllItsRowsContradictsTheRecord() {
    sign(TestRules.none().perSend(100_000L));
    List<Map<String, Object>> documents = rows().keep(DOCUMENTS, ada.walletId);
    List<Map<String, Object>> head = rows().keep(HEAD, ada.walletId);
    sign(TestRules.none().perSend(50_000L));
    rows().putBack(DOCUMENTS, ada.walletId, documents);
    rows().putBack(HEAD, ada.walletId, head);
    broken(2);
  }

  @Test
  void theLastSendKnowsBetterThanAnEarlierVersionAlsoWithoutTheRecord() {
    sign(TestRules.none().perSend(100_000L));
    List<Map<String, Object>> documents = rows().keep(DOCUMENTS, ada.walletId);
    List<Map<String, Object>> head = rows().keep(HEAD, ada.walletId);
    sign(TestRules.none().perSend(50_000L));
    send("request-a", 20_000);
    house.mine(1);
    rows().putBack(DOCUMENTS, ada.walletId, documents);
    rows().putBack(HEAD, ada.walletId, head);
    rows().tamper("DELETE FROM audit_event WHERE subject = ?", ada.walletId);
    broken(2);
  }

  @Test
  void theLastSendKnowsBetterThanAHeadFromBeforeAThaw() {
    List<Map<String, Object>> before = rows().keep(HEAD, ada.walletId);
    book().freeze(ada.accountId, ada.walletId);
    book().thaw(ada.accountId, ada.walletId, ada.code());
    house.pass(Duration.ofHours(50));
    send("request-a", 20_000);
    house.mine(1);
    rows().putBack(HEAD, ada.walletId, before);
    rows().tamper("DELETE FROM audit_event WHERE subject = ?", ada.walletId);
    broken(0);
  }

  @Test
  void whoRemovesTheRecordAsWellIsFoundByTheServerThatMetItAndByWhoeverChecksIt() {
    List<Map<String, Object>> before = rows().keep(HEAD, ada.walletId);
    book().freeze(ada.accountId, ada.walletId);
    propose(ada.request("request-a", 10_000));
    house.rooms.scribe().run();
    assertThat(house.rooms.chronicle().verify().sound()).isTrue();
    rows().putBack(HEAD, ada.walletId, before);
    rows()
        .tamper(
            "DELETE FROM audit_event WHERE subject = ? AND kind = 'wallet-frozen'", ada.walletId);
    broken(0);
    house.rooms.scribe().run();
    assertThat(house.rooms.chronicle().verify().findings())
        .anyMatch(f -> f.endsWith("is missing."));
  }

  @Test
  void aCancellationTakenBackIsFoundWhateverSealIsPutBesideIt() {
    sign(TestRules.none().perSend(100_000L));
    long then = house.clock.instant().plus(Duration.ofHours(48)).getEpochSecond();
    sign(document(TestRules.none().perSend(900_000L), then, KeyRole.USER), ada.code());
    List<Map<String, Object>> documents = rows().keep(DOCUMENTS, ada.walletId);
    List<Map<String, Object>> head = rows().keep(HEAD, ada.walletId);
    book().cancel(ada.accountId, ada.walletId);
    rows().putBack(DOCUMENTS, ada.walletId, documents);
    rows().putBack(HEAD, ada.walletId, head);
    house.pass(Duration.ofHours(50));
    broken(2);
  }

  @Test
  void aSendThatWasApprovedUnderOtherRulesThanItsRowSaysIsAskedForAgain() {
    sign(TestRules.none().perSend(100_000L));
    TestSends interrupted = TestSends.interrupted(house);
    for (String column : List.of("policy_version", "policy_step")) {
      SendView asked = propose(ada.request("request-" + column, 20_000));
      try {
        interrupted.sends().confirm(ada.accountId, ada.walletId, asked.sendId(), ada.code());
      } catch (IllegalStateException e) {
        assertThat(e).hasMessage("the power went");
      }
      rows()
          .tamper(
              "UPDATE send SET " + column + " = " + column + " - 1 WHERE send_id = ?",
              asked.sendId());
      house.pass(Duration.ofMinutes(1));
      house.rooms.follower().lookAfterDue();
      assertThat(look(asked).state()).isEqualTo(SendState.NEEDS_FACTOR);
      house.rooms.sends().cancel(ada.accountId, ada.walletId, asked.sendId());
    }
    Invariants.hold(house.foundation.database());
  }

  /** As an older release left it: no number, another seal, and nothing in the record. */
  private void fromBefore(boolean stopped) {
    rows().tamper("DELETE FROM server_fact WHERE name = 'rule-heads'");
    rows().tamper("UPDATE audit_event SET detail = 'backup' WHERE kind = 'wallet-activated'");
    remove(HEAD);
    if (stopped) {
      Pepper pepper = new Pepper(house.foundation.keyFile(), "policy-head");
      byte[] seal =
          pepper.of(
              Stream.of(ada.walletId, "0", PolicyChain.NOTHING, "77", "")
                  .map(part -> part.getBytes(StandardCharsets.UTF_8))
                  .toArray(byte[][]::new));
      rows()
          .tamper(
              "INSERT INTO policy_head (wallet_id, version, head, frozen_at, seal)"
                  + " VALUES (?, 0, ?, 77, ?)",
              ada.walletId,
              PolicyChain.NOTHING,
              seal);
    }
  }

  @Test
  void walletsFromBeforeGetTheirHeadsOnceAndNotAgain() {
    fromBefore(false);
    broken(0);
    house.rooms.heads().give();
    assertThat(send("request-a", 20_000).state()).isEqualTo(SendState.BROADCAST);
    house.mine(1);
    remove(HEAD);
    house.rooms.heads().give();
    broken(0);
    rows().tamper("DELETE FROM server_fact WHERE name = 'rule-heads'");
    house.rooms.heads().give();
    broken(0);
  }

  @Test
  void aStopFromBeforeStands() {
    fromBefore(true);
    broken(0);
    house.rooms.heads().give();
    Refused.with(Token.WALLET_FROZEN, () -> send("request-a", 20_000));
    assertThat(rows().keep(HEAD, ada.walletId).get(0).get("step")).isEqualTo(1L);
  }

  @Test
  void aStopFromBeforeThatWasChangedIsNotTakenOver() {
    fromBefore(true);
    rows().tamper("UPDATE policy_head SET frozen_at = NULL WHERE wallet_id = ?", ada.walletId);
    house.rooms.heads().give();
    broken(0);
  }

  @Test
  void whereHeadsAreCountedNoneIsMadeForAWalletThatHasNone() {
    new Heir(2).inUse(KeyRole.USER);
    rows().tamper("DELETE FROM server_fact WHERE name = 'rule-heads'");
    remove(HEAD);
    rows().tamper("DELETE FROM audit_event WHERE subject = ?", ada.walletId);
    house.rooms.heads().give();
    assertThat(rows().keep(HEAD, ada.walletId)).isEmpty();
    Refused.with(Token.POLICY_CHAIN_BROKEN, () -> book().standing(ada.accountId, ada.walletId));
  }
}
