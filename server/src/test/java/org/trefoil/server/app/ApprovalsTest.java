package org.trefoil.server.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.trefoil.core.Refusal;
import org.trefoil.core.Token;
import org.trefoil.core.keys.KeyRole;
import org.trefoil.core.policy.TestRules;
import org.trefoil.core.wire.MemberRole;
import org.trefoil.core.wire.Rules;
import org.trefoil.core.wire.SendRequest;
import org.trefoil.core.wire.SendState;
import org.trefoil.core.wire.SendView;
import org.trefoil.core.wire.Waiting;
import org.trefoil.server.app.TestHouse.Person;
import org.trefoil.server.audit.AuditKind;
import org.trefoil.server.mail.Mail;
import org.trefoil.server.passkey.PasskeyQuestions;
import org.trefoil.server.passkey.ProofCheck;
import org.trefoil.server.passkey.SendProof;
import org.trefoil.server.secondfactor.GivenFactor;
import org.trefoil.server.spend.Approving;
import org.trefoil.server.spend.Whence;
import org.trefoil.server.store.Invariants;
import org.trefoil.server.store.JdbiPasskeyStore;
import org.trefoil.server.store.MemberRows;
import org.trefoil.server.store.SwappedSends;

/** Sends that take the yes of other people, each with a second factor of their own. */
class ApprovalsTest extends TwoApprovers {
  private static final Duration THREE_DAYS = Duration.ofHours(72);

  private void remove(Person person) {
    house.rooms.members().change(ada.accountId, ada.walletId, person.accountId, null, ada.code());
  }

  private Approving approving() {
    return house.rooms.sends().approving();
  }

  private void yes(Person person, SendView send) {
    approving().approve(person.accountId, ada.walletId, send.sendId(), code(person.code()));
  }

  private void no(Person person, SendView send) {
    approving().refuse(person.accountId, ada.walletId, send.sendId());
  }

  private static GivenFactor code(String code) {
    return new GivenFactor.Code(code);
  }

  private List<String> subjects(Person person) {
    return house.rooms.post().room().shown(null).stream()
        .filter(mail -> mail.recipient().equals(email(person)))
        .map(Mail::subject)
        .toList();
  }

  private void free() {
    assertThat(view(ada.walletId).balance().reserved()).isZero();
    Invariants.hold(house.foundation.database());
  }

  @Test
  void aSendWaitsForTheYesOfAnotherAndIsSignedThen() {
    sign(TestRules.none().approvals(50_000, 1, named(bob), named(cleo)));
    SendView send = waits("request-a");
    assertThat(view(ada.walletId).balance().reserved()).isEqualTo(1_000_000);
    assertThat(subjects(bob)).contains("Your yes or no is asked for");
    assertThat(subjects(cleo)).contains("Your yes or no is asked for");
    assertThat(mailed()).contains("A send waits for a yes");
    house.pass(Duration.ofHours(30));
    house.rooms.follower().lookAfterDue();
    assertThat(look(send).state()).isEqualTo(SendState.HELD);
    yes(bob, send);
    assertThat(look(send).state()).isEqualTo(SendState.BROADCAST);
    assertThat(mailed()).contains("Somebody said yes to a send");
    assertThat(audit()).contains(AuditKind.MEMBER_ACTED, AuditKind.SEND_APPROVED);
    assertThat(house.record(bob.accountId))
        .anyMatch(line -> line.matches("send-yes [0-9a-f]{64}, rules 1, code"));
    assertThat(house.record(ada.accountId))
        .anyMatch(line -> line.matches("send-approved [0-9a-f]{64}, rules 1, waited"));
    Refused.with(Token.SEND_NOT_PENDING, () -> yes(cleo, send));
    Invariants.hold(house.foundation.database());
  }

  @Test
  void whatWaitsEndsWithASecondFactorBehindItThatIsReplaced() {
    sign(TestRules.none().approvals(50_000, 2, named(bob), named(cleo)));
    SendView first = waits("request-a");
    yes(bob, first);
    approving().factorReplaced(cleo.accountId);
    assertThat(look(first).state()).as("she said nothing").isEqualTo(SendState.HELD);
    approving().factorReplaced(bob.accountId);
    assertThat(look(first).state()).isEqualTo(SendState.CANCELLED);
    assertThat(mailed()).contains("A send is not made");
    SendView second = waits("request-b");
    approving().factorReplaced(ada.accountId);
    assertThat(look(second).state()).isEqualTo(SendState.CANCELLED);
    free();
  }

  @Test
  void aNoTakesNoSecondFactorAndIsTheEnd() {
    sign(TestRules.none().approvals(50_000, 1, named(bob), named(cleo)));
    SendView send = waits("request-a");
    no(bob, send);
    assertThat(look(send).state()).isEqualTo(SendState.CANCELLED);
    assertThat(house.record(bob.accountId))
        .anyMatch(line -> line.matches("send-no [0-9a-f]{64}, rules 1, no-factor"));
    Refused.with(Token.SEND_NOT_PENDING, () -> yes(cleo, send));
    free();
  }

  @Test
  void aSmallerSendAsksNobody() {
    sign(TestRules.none().approvals(500_000, 1, named(bob)));
    assertThat(confirm(propose(ada.request("request-a", 200_000)), ada.code()).state())
        .isEqualTo(SendState.BROADCAST);
  }

  @Test
  void whatASendCostsIsWhatItsTransactionPaysWhateverItsRowSays() {
    SwappedSends thief = new SwappedSends(house.foundation.database());
    sign(TestRules.none().approvals(50_000, 1, named(bob)));
    SendView send = propose(ada.request("request-a", 200_000));
    thief.cheapen(send.sendId());
    assertThat(confirm(send, ada.code()).state()).isEqualTo(SendState.HELD);
    yes(bob, send);
    assertThat(look(send).state()).isEqualTo(SendState.BROADCAST);
  }

  @Test
  void limitsCountWhatItsTransactionPaysWhateverItsRowSays() {
    SendView send = propose(ada.request("request-a", 200_000));
    new SwappedSends(house.foundation.database()).cheapen(send.sendId());
    sign(TestRules.none().amount(24, 150_000));
    Refused.with(Token.LIMIT_WINDOW, () -> confirm(send, ada.code()));
    sign(TestRules.none().amount(24, 150_000).perSend(150_000L));
    Refused.with(Token.LIMIT_PER_SEND, () -> confirm(send, ada.code()));
  }

  /** A request that pays the same with the same coins, and more to the miners. */
  private SendRequest faster(String request, SendView original) {
    Waiting waiting =
        house.rooms.sends().bumping().waiting(ada.accountId, ada.walletId, original.sendId());
    return ada.vault.replace(
        ada.cosigners, waiting, request, original.sendId(), original.fee() * 20, false);
  }

  @Test
  void whatTheDatabaseAloneCallsApprovedIsReplacedByNothingThatSkipsTheYes() {
    SwappedSends thief = new SwappedSends(house.foundation.database());
    sign(TestRules.none().approvals(50_000, 1, named(bob)));
    SendView first = propose(ada.request("request-a", 200_000));
    thief.stand(first.sendId(), "BROADCAST");
    SendRequest second = faster("request-b", first);
    Refused.with(Token.NOT_REPLACEABLE, () -> propose(second));
    SendView plain = propose(plain(second));
    thief.replace(first.sendId(), plain.sendId());
    Refused.with(Token.NOT_REPLACEABLE, () -> confirm(plain, ada.code()));
    thief.stand(first.sendId(), "QUIET");
    Refused.with(Token.STORE_BUSY, () -> confirm(plain, ada.code()));
    assertThat(look(plain).state()).isEqualTo(SendState.NEEDS_FACTOR);
    assertThat(house.practice.mempool()).isEmpty();
  }

  @Test
  void aSendThatWaitsForAYesIsNotSignedAsIfItTookThePlaceOfAnother() {
    SwappedSends thief = new SwappedSends(house.foundation.database());
    sign(TestRules.none().approvals(50_000, 1, named(bob)));
    for (String stage : List.of("BROADCAST", "QUIET")) {
      SendView first = propose(ada.request("request-a" + stage, 200_000));
      thief.stand(first.sendId(), stage);
      SendView held = propose(plain(faster("request-b" + stage, first)));
      assertThat(confirm(held, ada.code()).state()).isEqualTo(SendState.HELD);
      thief.replace(first.sendId(), held.sendId());
      house.rooms.follower().lookAfterDue();
      assertThat(look(held).state()).isEqualTo(SendState.CANCELLED);
      assertThat(house.practice.mempool()).isEmpty();
      thief.stand(first.sendId(), "CANCELLED");
    }
  }

  @Test
  void theSealOfAnApprovedSendSpeaksForNoOtherTransactionInItsRow() {
    SwappedSends thief = new SwappedSends(house.foundation.database());
    sign(TestRules.none().approvals(50_000, 1, named(bob)));
    ada.receive(1_000_000);
    SendView small = confirm(propose(ada.request("request-a", 40_000)), ada.code());
    assertThat(small.state()).isEqualTo(SendState.BROADCAST);
    byte[] digest = thief.digest(small.sendId());
    SendView large = propose(ada.request("request-b", 200_000));
    thief.put(large.sendId(), small.sendId());
    thief.digest(small.sendId(), digest);
    SendRequest instead = faster("request-c", small);
    Refused.with(Token.NOT_REPLACEABLE, () -> propose(instead));
  }

  /** The same request, for a payment that takes nothing's place. */
  private static SendRequest plain(SendRequest request) {
    return new SendRequest(
        request.requestId(),
        request.psbt(),
        request.recipients(),
        request.everything(),
        request.feeRate(),
        request.note());
  }

  @Test
  @DisplayName("Fault 21: who began it does not approve it, and nobody says yes twice")
  void fault21ItTakesAFactorOfOnesOwnForExactlyThisOnceAndNobodyElse() {
    sign(TestRules.none().approvals(0, 2, named(ada), named(bob), named(cleo)));
    SendView send = waits("request-a");
    Refused.with(Token.APPROVER_REFUSED, () -> yes(ada, send));
    Refused.with(
        Token.CODE_WRONG,
        () -> approving().approve(bob.accountId, ada.walletId, send.sendId(), code("000000")));
    String used = bob.code();
    approving().approve(bob.accountId, ada.walletId, send.sendId(), code(used));
    Refused.with(Token.ALREADY_DECIDED, () -> yes(bob, send));
    Refused.with(Token.ALREADY_DECIDED, () -> no(bob, send));
    assertThat(look(send).state()).isEqualTo(SendState.HELD);
    Approving.Poll poll =
        approving().poll(cleo.accountId, ada.walletId, send.sendId()).orElseThrow();
    assertThat(poll.asks(cleo.accountId)).isTrue();
    assertThat(poll.asks(bob.accountId)).isFalse();
    assertThat(poll.voices()).hasSize(2);
    yes(cleo, send);
    assertThat(look(send).state()).isEqualTo(SendState.BROADCAST);
  }

  @Test
  void aPasskeySaysYesToExactlyOneTransactionAndProvesIt() {
    TestPasskey device = new TestPasskey(PasskeysTest.HERE);
    device.addTo(house, bob.accountId);
    sign(TestRules.none().approvals(0, 1, named(bob)));
    SendView other = confirm(propose(ada.request("request-a", 100_000)), ada.code());
    PasskeyQuestions.Asked old =
        house.rooms.sends().asking().askVote(bob.accountId, ada.walletId, other.sendId());
    house.rooms.sends().cancel(ada.accountId, ada.walletId, other.sendId());
    SendView send = waits("request-b");
    GivenFactor forOther = new GivenFactor.Signed(device.answer(old.challenge(), old.siteId()));
    Refused.with(
        Token.PASSKEY_REFUSED,
        () -> approving().approve(bob.accountId, ada.walletId, send.sendId(), forOther));
    PasskeyQuestions.Asked asked =
        house.rooms.sends().asking().askVote(bob.accountId, ada.walletId, send.sendId());
    GivenFactor given = new GivenFactor.Signed(device.answer(asked.challenge(), asked.siteId()));
    approving().approve(bob.accountId, ada.walletId, send.sendId(), given);
    assertThat(look(send).state()).isEqualTo(SendState.BROADCAST);
    SendProof proof =
        new JdbiPasskeyStore(house.foundation.database())
            .voteProof(send.sendId(), bob.accountId)
            .orElseThrow();
    assertThat(ProofCheck.of(proof, ada.walletId, proof.digest()))
        .isEqualTo(ProofCheck.Finding.PROVES);
  }

  @Test
  void whatPaysTheHeirOfTheWalletAsksNobody() {
    sign(TestRules.none().approvals(50_000, 1, named(bob)));
    Heir heir = new Heir(7).inUse(KeyRole.USER);
    SendView send = confirm(propose(move("request-m", heir.address(), KeyRole.USER)), ada.code());
    assertThat(send.state()).isEqualTo(SendState.HELD);
    assertThat(approving().poll(bob.accountId, ada.walletId, send.sendId())).isEmpty();
    Refused.with(Token.ALREADY_DECIDED, () -> no(bob, send));
    assertThat(look(send).state()).isEqualTo(SendState.HELD);
  }

  @Test
  void oneNoEndsItForGoodAndItsCoinsAreFree() {
    sign(TestRules.none().approvals(0, 1, named(bob), named(cleo)));
    SendView send = waits("request-a");
    no(bob, send);
    assertThat(look(send).state()).isEqualTo(SendState.CANCELLED);
    assertThat(look(send).reason()).isEqualTo("approval-refused");
    free();
    Refused.with(Token.SEND_NOT_PENDING, () -> yes(cleo, send));
    assertThat(mailed()).contains("A send is not made");
  }

  @Test
  @DisplayName("Fault 21: a yes after its time comes too late")
  void fault21WithoutAYesInTimeItExpires() {
    sign(TestRules.none().approvals(0, 1, named(bob)));
    SendView send = waits("request-a");
    house.pass(THREE_DAYS.minusMinutes(1));
    house.rooms.follower().lookAfterDue();
    assertThat(look(send).state()).isEqualTo(SendState.HELD);
    house.pass(Duration.ofMinutes(1));
    Refused.with(Token.SEND_EXPIRED, () -> yes(bob, send));
    house.rooms.follower().lookAfterDue();
    assertThat(look(send).state()).isEqualTo(SendState.EXPIRED);
    assertThat(look(send).reason()).isEqualTo("approval-expired");
    free();
    Refused.with(Token.SEND_NOT_PENDING, () -> yes(bob, send));
    assertThat(audit()).contains(AuditKind.SEND_UNHEARD);
  }

  @Test
  @DisplayName("Fault 21: the yes of somebody who was removed meanwhile counts no more")
  void fault21TheYesOfSomebodyWhoWasRemovedCountsNoMore() {
    Person dan = house.new Person(4);
    join(dan, MemberRole.APPROVER);
    sign(TestRules.none().approvals(0, 2, named(bob), named(cleo), named(dan)));
    SendView send = waits("request-a");
    yes(bob, send);
    remove(bob);
    Refused.with(Token.NOT_FOUND, () -> no(bob, send));
    yes(cleo, send);
    assertThat(look(send).state()).isEqualTo(SendState.HELD);
    yes(dan, send);
    assertThat(look(send).state()).isEqualTo(SendState.BROADCAST);
  }

  @Test
  void aSendEndsAtOnceWhenTooFewAreLeftWhoMaySayYes() {
    sign(TestRules.none().approvals(50_000, 2, named(bob), named(cleo)));
    SendView small = propose(ada.request("request-s", 20_000));
    SendView send = waits("request-a");
    yes(cleo, send);
    give(bob, MemberRole.ADMINISTRATOR);
    assertThat(look(send).state()).isEqualTo(SendState.HELD);
    remove(bob);
    assertThat(look(send).state()).isEqualTo(SendState.CANCELLED);
    assertThat(look(send).reason()).isEqualTo("approvers-too-few");
    assertThat(look(small).state()).isEqualTo(SendState.NEEDS_FACTOR);
    assertThat(mailed()).contains("A send is not made");
    assertThat(audit()).contains(AuditKind.SEND_UNHEARD);
    free();
    Refused.with(
        Token.APPROVERS_TOO_FEW,
        () -> confirm(propose(ada.request("request-b", 200_000)), ada.code()));
  }

  private SendView begun(Person by, String request) {
    SendView send =
        house.rooms.sends().propose(by.accountId, ada.walletId, ada.request(request, 200_000));
    send = house.rooms.sends().confirm(by.accountId, ada.walletId, send.sendId(), code(by.code()));
    assertThat(send.state()).isEqualTo(SendState.HELD);
    return send;
  }

  private void give(Person person, MemberRole role) {
    house.rooms.members().change(ada.accountId, ada.walletId, person.accountId, role, ada.code());
  }

  @Test
  void aSendThatWaitsIsNotMadeOnceWhoeverBeganItMayNotSend() {
    give(bob, MemberRole.SPENDER);
    sign(TestRules.none().hold(0, 24));
    SendView send = begun(bob, "request-a");
    give(bob, MemberRole.ADMINISTRATOR);
    assertThat(look(send).state()).isEqualTo(SendState.HELD);
    remove(bob);
    assertThat(look(send).state()).isEqualTo(SendState.CANCELLED);
    assertThat(look(send).reason()).isEqualTo("sender-removed");
    assertThat(subjects(bob)).contains("A send is not made");
    free();
  }

  @Test
  void aSendThatWaitsIsNotMadeForWhoseRoleTheDatabaseAloneGave() {
    give(bob, MemberRole.SPENDER);
    sign(TestRules.none().hold(0, 24));
    SendView send = begun(bob, "request-a");
    new MemberRows(house.foundation.database()).raise(bob.accountId, MemberRole.ADMINISTRATOR);
    house.pass(Duration.ofHours(24));
    house.rooms.follower().lookAfterDue();
    assertThat(look(send).state()).isEqualTo(SendState.CANCELLED);
    assertThat(look(send).reason()).isEqualTo("sender-removed");
    free();
  }

  @Test
  void noYesSignsWhatSomebodyBeganWhoMaySendNoMore() {
    give(bob, MemberRole.SPENDER);
    sign(TestRules.none().approvals(0, 1, named(cleo)));
    SendView send = begun(bob, "request-a");
    yes(cleo, send);
    assertThat(look(send).state()).isEqualTo(SendState.BROADCAST);
    ada.receive(1_000_000);
    SendView late = begun(bob, "request-b");
    give(bob, MemberRole.VIEWER);
    Refused.with(Token.SEND_NOT_PENDING, () -> yes(cleo, late));
    assertThat(look(late).state()).isEqualTo(SendState.CANCELLED);
    assertThat(look(late).reason()).isEqualTo("sender-removed");
    free();
  }

  /** What has a send wait, as its page tells it. */
  private List<String> why(SendView send) {
    return house
        .rooms
        .sends()
        .preview(ada.accountId, ada.walletId, send.sendId(), Whence.UNKNOWN)
        .reasons()
        .stream()
        .map(Refusal::token)
        .toList();
  }

  @Test
  void aYesAndAHoldHaveBothToBeOver() {
    sign(TestRules.none().hold(0, 24).approvals(0, 1, named(bob)));
    SendView send = waits("request-a");
    assertThat(why(send)).containsExactly("hold-amount", "needs-approval");
    yes(bob, send);
    assertThat(look(send).state()).isEqualTo(SendState.HELD);
    assertThat(why(send)).containsExactly("hold-amount");
    assertThat(approving().poll(ada.accountId, ada.walletId, send.sendId())).isEmpty();
    house.pass(Duration.ofHours(24));
    house.rooms.follower().lookAfterDue();
    assertThat(look(send).state()).isEqualTo(SendState.BROADCAST);
  }

  @Test
  void theDocumentNamesWhoMaySayYesAndNotTheDatabase() {
    Person eve = house.new Person(4);
    Refused.with(Token.RULES_MALFORMED, () -> sign(TestRules.none().approvals(0, 1, named(eve))));
    Refused.with(
        Token.RULES_MALFORMED,
        () -> sign(TestRules.none().approvals(0, 1, new Rules.Person(bob.accountId, email(cleo)))));
    sign(TestRules.none().approvals(0, 2, named(bob), named(cleo)));
    join(eve, MemberRole.APPROVER);
    SendView send = waits("request-a");
    Refused.with(Token.APPROVER_REFUSED, () -> yes(eve, send));
    yes(bob, send);
    new MemberRows(house.foundation.database()).copyVote(send.sendId(), cleo.accountId);
    house.rooms.follower().lookAfterDue();
    assertThat(look(send).state()).isEqualTo(SendState.HELD);
  }
}
