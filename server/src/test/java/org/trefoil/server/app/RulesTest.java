package org.trefoil.server.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.trefoil.core.Refusal;
import org.trefoil.core.RefusedException;
import org.trefoil.core.Token;
import org.trefoil.core.keys.KeyRole;
import org.trefoil.core.policy.TestRules;
import org.trefoil.core.wire.PolicyDocument;
import org.trefoil.core.wire.PolicyRequest;
import org.trefoil.core.wire.Rules;
import org.trefoil.core.wire.SendState;
import org.trefoil.core.wire.SendView;
import org.trefoil.server.account.Devices;
import org.trefoil.server.account.Session;
import org.trefoil.server.audit.AuditKind;
import org.trefoil.server.mail.Mail;
import org.trefoil.server.rules.Rulebook;
import org.trefoil.server.secondfactor.GivenFactor;
import org.trefoil.server.spend.Whence;
import org.trefoil.server.store.BareRows;
import org.trefoil.server.store.Invariants;

/** Rules that the owner signed hold at the server, whatever its database says. */
class RulesTest extends LosingKeysOnBoth {
  private static final Duration TWO_DAYS = Duration.ofHours(48);

  private Rulebook book() {
    return house.rooms.rulebook();
  }

  private BareRows rows() {
    return new BareRows(house.foundation.database());
  }

  private void sign(PolicyDocument document) {
    sign(document, ada.code());
  }

  private long inTwoDays() {
    return house.clock.instant().plus(TWO_DAYS).getEpochSecond();
  }

  private SendView send(String request, long sats) {
    return confirm(propose(ada.request(request, sats)), ada.code());
  }

  private String link() {
    Mail newest = house.rooms.post().room().shown(ada.accountId).get(0);
    return newest
        .text()
        .lines()
        .filter(line -> line.contains("/rules/"))
        .findFirst()
        .orElseThrow()
        .replaceAll(".*/rules/", "");
  }

  @Test
  void whatIsTighterHoldsAtOnceAndIsMailed() {
    sign(TestRules.none().perSend(100_000L));
    Refused.with(Token.LIMIT_PER_SEND, () -> send("request-a", 100_000));
    assertThat(send("request-b", 90_000).state()).isEqualTo(SendState.BROADCAST);
    assertThat(mailed()).contains("The rules of a wallet are changed");
    assertThat(audit()).contains(AuditKind.RULES_CHANGED);
    assertThat(book().version(ada.accountId, ada.walletId)).isEqualTo(1);
  }

  @Test
  void whatIsLooserHoldsAfterTheDelayAndNotBefore() {
    sign(TestRules.none().perSend(100_000L));
    TestRules looser = TestRules.none().perSend(300_000L);
    Refused.with(Token.POLICY_TOO_SOON, () -> sign(looser));
    Refused.with(
        Token.POLICY_TOO_SOON, () -> sign(document(looser, inTwoDays() - 7_200, KeyRole.USER)));
    sign(document(looser, inTwoDays(), KeyRole.USER));
    assertThat(mailed()).contains("The rules of a wallet are to become looser");
    Refused.with(Token.LIMIT_PER_SEND, () -> send("request-a", 200_000));
    Refused.with(
        Token.POLICY_WAITS, () -> sign(document(looser, inTwoDays() + 9_000, KeyRole.USER)));
    house.pass(TWO_DAYS.minusMinutes(5));
    Refused.with(Token.LIMIT_PER_SEND, () -> send("request-b", 200_000));
    house.pass(Duration.ofMinutes(6));
    assertThat(send("request-c", 200_000).state()).isEqualTo(SendState.BROADCAST);
  }

  @Test
  void eachCancelIsFinalOnThePageAsByTheLink() {
    sign(TestRules.none().perSend(100_000L));
    TestRules looser = TestRules.none().perSend(300_000L);
    PolicyDocument second = document(looser, inTwoDays(), KeyRole.USER);
    sign(second);
    String link = link();
    assertThat(book().lookAtCancel(link)).isEqualTo(new Rulebook.Cancellation("Savings", false));
    book().cancelByLink(link);
    Refused.with(Token.LINK_DEAD, () -> book().cancelByLink(link));
    Refused.with(Token.NOTHING_WAITS, () -> book().cancel(ada.accountId, ada.walletId));
    sign(second);
    house.pass(TWO_DAYS.plusHours(1));
    Refused.with(Token.LIMIT_PER_SEND, () -> send("request-a", 200_000));
    sign(document(looser, inTwoDays(), KeyRole.USER));
    book().cancel(ada.accountId, ada.walletId);
    house.pass(TWO_DAYS.plusHours(1));
    Refused.with(Token.LIMIT_PER_SEND, () -> send("request-b", 200_000));
    assertThat(audit()).contains(AuditKind.RULES_CANCELLED);
    String bent = link.substring(0, 79) + (link.endsWith("0") ? "1" : "0");
    Refused.with(Token.LINK_DEAD, () -> book().lookAtCancel(bent));
  }

  @Test
  void rulesTakeTheUserKeyACodeAndTheNextVersion() {
    TestRules rules = TestRules.none().perSend(100_000L);
    Refused.with(Token.POLICY_WRONG, () -> sign(document(rules, 0, KeyRole.BACKUP)));
    PolicyDocument first = document(rules, 0, KeyRole.USER);
    Refused.with(
        Token.CODE_WRONG,
        () -> book().sign(ada.accountId, ada.walletId, new PolicyRequest(first, "000000")));
    sign(first);
    book().sign(ada.accountId, ada.walletId, new PolicyRequest(first, "the same again"));
    PolicyDocument stale =
        new PolicyDocument(1, first.previous(), 0, Rules.NONE.toJson().write(), first.signature());
    Refused.with(Token.POLICY_CHANGED_ELSEWHERE, () -> sign(stale));
    Refused.with(Token.RULES_MALFORMED, () -> sign(TestRules.none().open(1, 2, "Europe/Nowhere")));
    TestHouse.Person bob = house.new Person(2);
    Refused.with(
        Token.NOT_FOUND,
        () -> book().sign(bob.accountId, ada.walletId, new PolicyRequest(first, bob.code())));
  }

  @Test
  void newKeysHaveNoRulesYetWhileWhatMovesIsHeldToTheOldOnes() {
    PolicyDocument old = document(TestRules.none().perSend(100_000L), 0, KeyRole.USER);
    sign(old);
    Heir heir = new Heir(2).inUse(KeyRole.USER);
    assertThat(book().version(ada.accountId, heir.walletId)).isZero();
    assertThat(book().standing(ada.accountId, heir.walletId).rules(house.clock.instant()))
        .isEqualTo(Rules.NONE);
    Refused.with(
        Token.LIMIT_PER_SEND,
        () -> confirm(propose(move("request-m", heir.address(), KeyRole.USER)), ada.code()));
    Refused.with(
        Token.POLICY_WRONG,
        () -> book().sign(ada.accountId, heir.walletId, new PolicyRequest(old, ada.code())));
    PolicyDocument anew =
        heir.vault.policy(
            heir.cosigners,
            heir.walletId,
            book().view(ada.accountId, heir.walletId),
            TestRules.none().perSend(100_000L).done(),
            0,
            KeyRole.USER);
    book().sign(ada.accountId, heir.walletId, new PolicyRequest(anew, ada.code()));
    assertThat(book().version(ada.accountId, heir.walletId)).isEqualTo(1);
  }

  @Test
  void ofManyBrowsersAtOnceOneWritesTheNextVersion() {
    List<PolicyDocument> all =
        IntStream.range(1, 21)
            .mapToObj(i -> document(TestRules.none().perSend(1_000L * i), 0, KeyRole.USER))
            .toList();
    AtomicInteger told = new AtomicInteger();
    all.parallelStream()
        .forEach(
            document -> {
              try {
                String code = ada.recovery.get(document.hashCode() & 7);
                book().sign(ada.accountId, ada.walletId, new PolicyRequest(document, code));
              } catch (RefusedException e) {
                told.incrementAndGet();
              }
            });
    assertThat(told).hasValue(19);
    assertThat(book().version(ada.accountId, ada.walletId)).isEqualTo(1);
  }

  @Test
  void aSendAboveTheAmountWaitsWithItsCoinsHeldAndIsSignedThen() {
    sign(TestRules.none().hold(50_000, 24));
    SendView held = send("request-a", 200_000);
    assertThat(held.state()).isEqualTo(SendState.HELD);
    assertThat(house.rooms.wallets().view(ada.accountId, ada.walletId).balance().reserved())
        .isEqualTo(1_000_000);
    assertThat(confirm(held, "again").state()).isEqualTo(SendState.HELD);
    assertThat(mailed()).containsOnlyOnce("A send waits");
    String until = house.clock.instant().plus(Duration.ofHours(24)).toString();
    assertThat(house.rooms.post().room().shown(ada.accountId).get(0).text())
        .contains("0.00200000 BTC", held.recipients().get(0).address())
        .contains("until " + until.substring(0, 16).replace('T', ' ') + " UTC")
        .contains("/wallets/" + ada.walletId + "/sends/" + held.sendId());
    assertThat(house.rooms.sends().waiting(ada.accountId, ada.walletId))
        .extracting(SendView::sendId)
        .containsExactly(held.sendId());
    Invariants.hold(house.foundation.database());
    house.pass(Duration.ofHours(23));
    house.rooms.follower().lookAfterDue();
    assertThat(look(held).state()).isEqualTo(SendState.HELD);
    house.pass(Duration.ofHours(1));
    house.rooms.follower().lookAfterDue();
    assertThat(look(held).state()).isEqualTo(SendState.BROADCAST);
    assertThat(audit()).contains(AuditKind.SEND_HELD, AuditKind.SEND_APPROVED);
    Invariants.hold(house.foundation.database());
  }

  @Test
  void aHeldSendIsCancelledForGoodAndItsCoinsAreFree() {
    sign(TestRules.none().hold(50_000, 24));
    SendView held = send("request-a", 200_000);
    house.rooms.sends().cancel(ada.accountId, ada.walletId, held.sendId());
    house.pass(Duration.ofHours(25));
    house.rooms.follower().lookAfterDue();
    assertThat(look(held).state()).isEqualTo(SendState.CANCELLED);
    assertThat(send("request-b", 40_000).state()).isEqualTo(SendState.BROADCAST);
    Invariants.hold(house.foundation.database());
  }

  @Test
  void whoWritesIntoTheDatabaseSaysOfNoSendThatItWasConfirmedOrHasWaited() {
    SendView asked = propose(ada.request("request-a", 20_000));
    String here = " WHERE send_id = ?";
    rows().tamper("UPDATE send SET state = 'APPROVED', next_try_at = 0" + here, asked.sendId());
    askedAgain(asked);
    assertThat(confirm(asked, ada.code()).state()).isEqualTo(SendState.BROADCAST);
    house.mine(1);
    sign(TestRules.none().hold(50_000, 24));
    SendView held = send("request-b", 60_000);
    house.pass(Duration.ofHours(1));
    rows().tamper("UPDATE send_hold SET held_at = held_at - 90000" + here, held.sendId());
    rows().tamper("UPDATE send SET next_try_at = 0" + here, held.sendId());
    askedAgain(held);
    assertThat(confirm(held, ada.code()).state())
        .as("a whole wait again")
        .isEqualTo(SendState.HELD);
    rows().tamper("DELETE FROM send_hold" + here, held.sendId());
    rows().tamper("UPDATE send SET next_try_at = 0" + here, held.sendId());
    askedAgain(held);
    confirm(held, ada.code());
    rows().tamper("UPDATE send SET state = 'APPROVED', next_try_at = 0" + here, held.sendId());
    askedAgain(held);
    Invariants.hold(house.foundation.database());
  }

  private void askedAgain(SendView send) {
    int signed = house.practice.mempool().size();
    house.pass(Duration.ofSeconds(30));
    house.rooms.follower().lookAfterDue();
    assertThat(look(send).state()).isEqualTo(SendState.NEEDS_FACTOR);
    assertThat(house.practice.mempool()).hasSize(signed);
  }

  @Test
  void coinsOfAWalletWithRulesMoveToNewKeysOnlyAfterTheDelay() {
    sign(TestRules.none().perSend(2_000_000L));
    Heir heir = new Heir(2).inUse(KeyRole.BACKUP);
    SendView first =
        confirm(propose(move("request-m", heir.address(), KeyRole.BACKUP)), ada.code());
    assertThat(first.state()).isEqualTo(SendState.HELD);
    assertThat(mailed()).contains("A wallet has new keys", "A send waits");
    house.rooms.sends().cancel(ada.accountId, ada.walletId, first.sendId());
    house.pass(TWO_DAYS.minusHours(1));
    SendView late = confirm(propose(move("request-n", heir.address(), KeyRole.USER)), ada.code());
    assertThat(late.state()).isEqualTo(SendState.HELD);
    house.pass(Duration.ofHours(1));
    house.rooms.follower().lookAfterDue();
    assertThat(look(late).state()).isEqualTo(SendState.BROADCAST);
    Invariants.hold(house.foundation.database());
  }

  @Test
  void aSendFromANewBrowserWaitsAndOneFromAKnownOneDoesNot() {
    ada.receive(1_000_000);
    sign(TestRules.none().newDevice(24));
    Devices devices = house.rooms.devices();
    Session half = house.rooms.sessions().open(ada.accountId, false, "Firefox on Mac", "");
    String cookie = devices.arrive(half, "", true).cookie();
    house.pass(Duration.ofHours(20));
    SendView early = confirmIn(propose(ada.request("request-a", 20_000)), cookie);
    assertThat(early.state()).isEqualTo(SendState.HELD);
    SendView strange = confirmIn(propose(ada.request("request-b", 30_000)), "");
    assertThat(strange.state()).isEqualTo(SendState.HELD);
    house.pass(Duration.ofHours(4));
    house.rooms.follower().lookAfterDue();
    assertThat(look(early).state()).isEqualTo(SendState.BROADCAST);
    assertThat(look(strange).state()).isEqualTo(SendState.HELD);
    house.pass(Duration.ofHours(20));
    house.rooms.follower().lookAfterDue();
    assertThat(look(strange).state()).isEqualTo(SendState.BROADCAST);
    house.mine(1);
    SendView known = confirmIn(propose(ada.request("request-c", 20_000)), cookie);
    assertThat(known.state()).isEqualTo(SendState.BROADCAST);
    Invariants.hold(house.foundation.database());
  }

  private SendView confirmIn(SendView send, String cookie) {
    Whence whence =
        new Whence(null, house.rooms.devices().since(ada.accountId, cookie).orElse(null));
    return house
        .rooms
        .sends()
        .confirm(
            ada.accountId, ada.walletId, send.sendId(), new GivenFactor.Code(ada.code()), whence);
  }

  @Test
  void aHeldSendIsJudgedAgainByTheRulesOfThen() {
    sign(TestRules.none().hold(50_000, 24));
    SendView held = send("request-a", 200_000);
    sign(TestRules.none().hold(50_000, 24).perSend(150_000L));
    house.pass(Duration.ofHours(25));
    house.rooms.follower().lookAfterDue();
    assertThat(look(held).state()).isEqualTo(SendState.CANCELLED);
    assertThat(look(held).reason()).isEqualTo("limit-per-send");
    assertThat(send("request-b", 40_000).state()).isEqualTo(SendState.BROADCAST);
    Invariants.hold(house.foundation.database());
  }

  @Test
  void aStopIsOneClickAndAThawTakesACodeAndTheDelay() {
    sign(TestRules.none().hold(50_000, 1));
    SendView held = send("request-h", 60_000);
    book().freeze(ada.accountId, ada.walletId);
    house.pass(Duration.ofHours(2));
    house.rooms.follower().lookAfterDue();
    assertThat(look(held).state()).isEqualTo(SendState.HELD);
    ada.receive(500_000);
    Refused.with(Token.WALLET_FROZEN, () -> send("request-a", 10_000));
    Refused.with(Token.CODE_WRONG, () -> book().thaw(ada.accountId, ada.walletId, "000000"));
    book().thaw(ada.accountId, ada.walletId, ada.code());
    book().cancelByLink(link());
    house.pass(TWO_DAYS.plusHours(1));
    Refused.with(Token.WALLET_FROZEN, () -> send("request-b", 10_000));
    book().thaw(ada.accountId, ada.walletId, ada.code());
    book().freeze(ada.accountId, ada.walletId);
    house.pass(TWO_DAYS.plusHours(1));
    Refused.with(Token.WALLET_FROZEN, () -> send("request-c", 10_000));
    book().thaw(ada.accountId, ada.walletId, ada.code());
    house.pass(TWO_DAYS.minusHours(1));
    Refused.with(Token.WALLET_FROZEN, () -> send("request-d", 10_000));
    house.pass(Duration.ofHours(2));
    assertThat(send("request-e", 10_000).state()).isEqualTo(SendState.BROADCAST);
    house.rooms.follower().lookAfterDue();
    assertThat(look(held).state()).isEqualTo(SendState.BROADCAST);
    assertThat(mailed()).contains("A wallet is stopped", "A stopped wallet is to go on");
  }

  @Test
  void aLinkKeepsAWalletStoppedOfItsOwnThawAndOfNoLaterOne() {
    book().freeze(ada.accountId, ada.walletId);
    book().thaw(ada.accountId, ada.walletId, ada.code());
    String first = link();
    assertThat(book().lookAtCancel(first)).isEqualTo(new Rulebook.Cancellation("Savings", true));
    book().freeze(ada.accountId, ada.walletId);
    Refused.with(Token.LINK_DEAD, () -> book().lookAtCancel(first));
    house.pass(Duration.ofMinutes(2));
    book().thaw(ada.accountId, ada.walletId, ada.code());
    Refused.with(Token.LINK_DEAD, () -> book().cancelByLink(first));
    book().cancelByLink(link());
    house.pass(TWO_DAYS.plusHours(1));
    Refused.with(Token.WALLET_FROZEN, () -> send("request-a", 10_000));
  }

  @Test
  void replacedKeysAreStoppedAndLetGoOnAsOthersAre() {
    sign(TestRules.none().perSend(2_000_000L));
    Heir heir = new Heir(2).inUse(KeyRole.USER);
    SendView moves = confirm(propose(move("request-m", heir.address(), KeyRole.USER)), ada.code());
    assertThat(moves.state()).isEqualTo(SendState.HELD);
    book().freeze(ada.accountId, ada.walletId);
    house.pass(TWO_DAYS.plusHours(1));
    house.rooms.follower().lookAfterDue();
    assertThat(look(moves).state()).isEqualTo(SendState.HELD);
    book().thaw(ada.accountId, ada.walletId, ada.code());
    Refused.with(Token.WALLET_REPLACED, () -> sign(TestRules.none().perSend(1_000_000L)));
    house.pass(TWO_DAYS.plusHours(1));
    house.rooms.follower().lookAfterDue();
    assertThat(look(moves).state()).isEqualTo(SendState.BROADCAST);
  }

  @Test
  void limitsHoldUnderParallelSends() {
    for (int i = 0; i < 5; i++) {
      ada.receive(100_000);
    }
    sign(TestRules.none().amount(24, 150_000).count(48, 2));
    List<SendView> all =
        IntStream.range(0, 6).mapToObj(i -> propose(ada.request("request-" + i, 60_000))).toList();
    AtomicInteger sent = new AtomicInteger();
    IntStream.range(0, 6)
        .parallel()
        .forEach(
            i -> {
              try {
                sent.addAndGet(
                    confirm(all.get(i), ada.recovery.get(i)).state() == SendState.BROADCAST
                        ? 1
                        : 0);
              } catch (RefusedException e) {
                assertThat(e.refusal().token())
                    .isIn("limit-window", "limit-sends", "coins-taken", "store-busy");
              }
            });
    assertThat(sent.get()).isBetween(1, 2);
    house.pass(Duration.ofHours(25));
    Invariants.hold(house.foundation.database());
  }

  @Test
  void aRowThatWasEditedRemovedOrPutBackIsNamedAndNothingIsSigned() {
    sign(TestRules.none().perSend(100_000L));
    sign(TestRules.none().perSend(90_000L));
    String head = rows().head(ada.walletId);
    byte[] seal = rows().seal(ada.walletId);
    sign(TestRules.none().perSend(80_000L));
    send("request-a", 20_000);
    house.mine(1);
    String wallet = ada.walletId;
    String here = " WHERE wallet_id = ? AND version = ";
    rows()
        .tamper(
            "UPDATE policy_document SET rules = REPLACE(rules, '90000', '90001')" + here + "2",
            wallet);
    broken(2);
    rows()
        .tamper(
            "UPDATE policy_document SET rules = REPLACE(rules, '90001', '90000')" + here + "2",
            wallet);
    rows().tamper("UPDATE policy_document SET not_before = 5" + here + "1", wallet);
    broken(1);
    rows().tamper("UPDATE policy_document SET not_before = 0" + here + "1", wallet);
    rows().tamper("UPDATE policy_document SET cancelled_at = 7" + here + "3", wallet);
    broken(3);
    rows().tamper("UPDATE policy_document SET cancelled_at = NULL" + here + "3", wallet);
    rows().tamper("UPDATE policy_head SET frozen_at = 5, thaw_at = 6 WHERE wallet_id = ?", wallet);
    broken(3);
    rows()
        .tamper(
            "UPDATE policy_head SET frozen_at = NULL, thaw_at = NULL WHERE wallet_id = ?", wallet);
    assertThat(book().version(ada.accountId, wallet)).isEqualTo(3);
    rows().tamper("DELETE FROM policy_document" + here + "3", wallet);
    broken(3);
    // The whole state of version 2 put back: the send that was approved under 3 knows better.
    rows()
        .tamper(
            "UPDATE policy_head SET version = 2, head = ?, seal = ? WHERE wallet_id = ?",
            head,
            seal,
            wallet);
    broken(3);
    rows().tamper("DELETE FROM policy_document WHERE wallet_id = ?", wallet);
    broken(1);
    rows().tamper("DELETE FROM policy_head WHERE wallet_id = ?", wallet);
    broken(1);
  }

  private void broken(int version) {
    Refusal why =
        Refused.refusal(
            Token.POLICY_CHAIN_BROKEN, () -> send("request-" + System.nanoTime(), 10_000));
    assertThat(why.data()).containsEntry("version", Integer.toString(version));
    Refused.with(Token.POLICY_CHAIN_BROKEN, () -> book().standing(ada.accountId, ada.walletId));
  }

  @Test
  void theFirstSendToAnAddressWaitsAndTheNextDoesNot() {
    sign(TestRules.none().firstTime(2));
    SendView first = send("request-a", 20_000);
    assertThat(first.state()).isEqualTo(SendState.HELD);
    house.pass(Duration.ofHours(3));
    house.rooms.follower().lookAfterDue();
    assertThat(look(first).state()).isEqualTo(SendState.BROADCAST);
    house.mine(1);
    assertThat(send("request-b", 20_000).state()).isEqualTo(SendState.BROADCAST);
  }
}
