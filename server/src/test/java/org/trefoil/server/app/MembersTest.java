package org.trefoil.server.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.trefoil.core.Token;
import org.trefoil.core.wire.MemberRole;
import org.trefoil.core.wire.SendState;
import org.trefoil.core.wire.SendView;
import org.trefoil.server.app.TestHouse.Person;
import org.trefoil.server.mail.Mail;
import org.trefoil.server.members.Members;
import org.trefoil.server.secondfactor.GivenFactor;
import org.trefoil.server.store.MemberRows;
import org.trefoil.server.store.TestDatabase;

/** People beside the owner of a wallet: how they are asked, what they may, and how they go. */
class MembersTest {
  private TestHouse house;
  private Person ada;
  private Person bob;

  @BeforeEach
  void open() throws Exception {
    house = new TestHouse(TestDatabase.H2.fresh(), null);
    house.rooms.address().servedOn(8080);
    ada = house.new Person(1);
    bob = house.new Person(2);
  }

  @AfterEach
  void close() {
    house.close();
  }

  private Members members() {
    return house.rooms.members();
  }

  private String ask(Person by, Person whom, MemberRole role) {
    String email = email(whom);
    members().invite(by.accountId, ada.walletId, email, role, by.code());
    return SharedWallet.link(house, email);
  }

  private void join(Person whom, MemberRole role) {
    members().accept(whom.accountId, ask(ada, whom, role));
  }

  private void change(Person by, Person whom, MemberRole role) {
    members().change(by.accountId, ada.walletId, whom.accountId, role, by.code());
  }

  private String email(Person person) {
    return house.rooms.wallets().email(person.accountId);
  }

  private List<String> subjects(Person person) {
    return house.rooms.post().room().shown(null).stream()
        .filter(mail -> mail.recipient().equals(email(person)))
        .map(Mail::subject)
        .toList();
  }

  private List<String> record(Person person) {
    return house.record(person.accountId);
  }

  @Test
  void anInvitationIsGoodOnceForTheAddressThatItWasSentTo() {
    Person eve = house.new Person(3);
    String link = ask(ada, bob, MemberRole.SPENDER);
    assertThat(members().look(link))
        .isEqualTo(new Members.Asked("Savings", email(bob), MemberRole.SPENDER, email(ada)));
    Refused.with(Token.NOT_FOUND, () -> members().circle(bob.accountId, ada.walletId));
    Refused.with(Token.INVITATION_FOR_ANOTHER, () -> members().accept(eve.accountId, link));
    assertThat(members().accept(bob.accountId, link)).isEqualTo(ada.walletId);
    Refused.with(Token.LINK_DEAD, () -> members().accept(bob.accountId, link));
    Refused.with(Token.LINK_DEAD, () -> members().look(link));
    assertThat(members().circle(bob.accountId, ada.walletId).members())
        .extracting(Members.Member::email, Members.Member::role)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(email(ada), MemberRole.OWNER),
            org.assertj.core.groups.Tuple.tuple(email(bob), MemberRole.SPENDER));
    assertThat(house.rooms.wallets().shared(bob.accountId)).hasSize(1);
    assertThat(subjects(ada))
        .contains("Somebody is asked to your wallet", "Your wallet has a new member");
    assertThat(subjects(bob)).contains("You are a member of a wallet");
  }

  @Test
  void anInvitationEndsAfterSevenDaysOrWhenItIsCancelledOrAskedAnew() {
    String old = ask(ada, bob, MemberRole.VIEWER);
    String anew = ask(ada, bob, MemberRole.VIEWER);
    Refused.with(Token.LINK_DEAD, () -> members().look(old));
    String id = members().circle(ada.accountId, ada.walletId).invitations().get(0).invitationId();
    members().cancel(ada.accountId, ada.walletId, id);
    members().cancel(ada.accountId, ada.walletId, id);
    Refused.with(Token.LINK_DEAD, () -> members().accept(bob.accountId, anew));
    String last = ask(ada, bob, MemberRole.VIEWER);
    house.pass(Members.PATIENCE.plus(Duration.ofSeconds(1)));
    Refused.with(Token.LINK_DEAD, () -> members().accept(bob.accountId, last));
    assertThat(members().circle(ada.accountId, ada.walletId).invitations()).isEmpty();
  }

  @Test
  void askingAndChangingTakeASecondFactor() {
    String email = email(bob);
    Refused.with(
        Token.CODE_WRONG,
        () -> members().invite(ada.accountId, ada.walletId, email, MemberRole.VIEWER, "000000"));
    join(bob, MemberRole.VIEWER);
    Refused.with(
        Token.CODE_WRONG,
        () ->
            members()
                .change(ada.accountId, ada.walletId, bob.accountId, MemberRole.SPENDER, "000000"));
    assertThat(members().circle(ada.accountId, ada.walletId).members().get(1).role())
        .isEqualTo(MemberRole.VIEWER);
  }

  @Test
  void nobodyGivesOrTakesARoleThatIsNotBelowTheirOwn() {
    Person cleo = house.new Person(3);
    join(bob, MemberRole.ADMINISTRATOR);
    Refused.with(Token.ROLE_REFUSED, () -> ask(bob, cleo, MemberRole.ADMINISTRATOR));
    Refused.with(Token.ROLE_REFUSED, () -> ask(ada, cleo, MemberRole.OWNER));
    Refused.with(Token.ROLE_REFUSED, () -> change(bob, bob, MemberRole.OWNER));
    members().accept(cleo.accountId, ask(bob, cleo, MemberRole.SPENDER));
    Refused.with(Token.ROLE_REFUSED, () -> change(bob, cleo, MemberRole.ADMINISTRATOR));
    change(bob, cleo, MemberRole.VIEWER);
    Refused.with(Token.NOT_FOUND, () -> change(bob, ada, null));
    change(ada, cleo, MemberRole.ADMINISTRATOR);
    Refused.with(Token.ROLE_REFUSED, () -> change(bob, cleo, null));
    Refused.with(Token.ALREADY_A_MEMBER, () -> ask(ada, bob, MemberRole.VIEWER));
    Refused.with(Token.ALREADY_A_MEMBER, () -> ask(ada, ada, MemberRole.VIEWER));
  }

  @Test
  void aWalletHasTwentyMembersAtMost() {
    for (int i = 0; i < Members.MOST; i++) {
      members()
          .invite(ada.accountId, ada.walletId, "m" + i + "@b.c", MemberRole.VIEWER, ada.code());
    }
    Refused.with(Token.TOO_MANY_MEMBERS, () -> ask(ada, bob, MemberRole.VIEWER));
  }

  @Test
  void whoeverIsRemovedOrLeavesReachesTheWalletNoMore() {
    join(bob, MemberRole.SPENDER);
    change(ada, bob, null);
    Refused.with(Token.NOT_FOUND, () -> house.rooms.book().spendable(bob.accountId, ada.walletId));
    assertThat(subjects(bob)).contains("You are no member of a wallet any more");
    join(bob, MemberRole.VIEWER);
    change(bob, bob, null);
    Refused.with(Token.NOT_FOUND, () -> members().circle(bob.accountId, ada.walletId));
    assertThat(house.rooms.wallets().shared(bob.accountId)).isEmpty();
    assertThat(record(ada).stream().filter(line -> line.startsWith("member-")))
        .contains("member-acted " + email(bob) + ", member-removed");
  }

  @Test
  void aRowThatTheDatabaseAloneMadeCountsForNothing() {
    join(bob, MemberRole.VIEWER);
    MemberRows rows = new MemberRows(house.foundation.database());
    rows.raise(bob.accountId, MemberRole.ADMINISTRATOR);
    Refused.with(Token.NOT_FOUND, () -> members().circle(bob.accountId, ada.walletId));
    assertThat(house.rooms.wallets().shared(bob.accountId)).isEmpty();
    rows.raise(bob.accountId, MemberRole.VIEWER);
    assertThat(members().circle(bob.accountId, ada.walletId).members()).hasSize(2);
    Person eve = house.new Person(3);
    rows.give(bob.accountId, eve.accountId);
    Refused.with(Token.NOT_FOUND, () -> members().circle(eve.accountId, ada.walletId));
  }

  @Test
  void anInvitationDiesWithTheRoleOfWhoeverAsked() {
    Person eve = house.new Person(3);
    Person dan = house.new Person(4);
    join(bob, MemberRole.ADMINISTRATOR);
    String removed = ask(bob, eve, MemberRole.SPENDER);
    MemberRows rows = new MemberRows(house.foundation.database());
    rows.keepInvitations();
    change(ada, bob, null);
    assertThat(members().circle(ada.accountId, ada.walletId).invitations()).isEmpty();
    rows.putInvitationsBack();
    Refused.with(Token.LINK_DEAD, () -> members().look(removed));
    Refused.with(Token.LINK_DEAD, () -> members().accept(eve.accountId, removed));
    join(bob, MemberRole.ADMINISTRATOR);
    String lowered = ask(bob, dan, MemberRole.VIEWER);
    change(ada, bob, MemberRole.SPENDER);
    Refused.with(Token.LINK_DEAD, () -> members().accept(dan.accountId, lowered));
    join(dan, MemberRole.VIEWER);
  }

  @Test
  void anInvitationThatTheDatabaseAloneChangedIsDead() {
    String link = ask(ada, bob, MemberRole.VIEWER);
    MemberRows rows = new MemberRows(house.foundation.database());
    for (MemberRole role : new MemberRole[] {MemberRole.ADMINISTRATOR, MemberRole.OWNER}) {
      rows.raiseInvitation(email(bob), role);
      Refused.with(Token.LINK_DEAD, () -> members().look(link));
      Refused.with(Token.LINK_DEAD, () -> members().accept(bob.accountId, link));
    }
    Refused.with(Token.NOT_FOUND, () -> members().circle(bob.accountId, ada.walletId));
    rows.raiseInvitation(email(bob), MemberRole.VIEWER);
    members().accept(bob.accountId, link);
  }

  @Test
  void aSpenderSendsWithTheirOwnFactorAndTheOwnerReadsOfIt() {
    ada.receive(1_000_000);
    join(bob, MemberRole.SPENDER);
    SendView send =
        house.rooms.sends().propose(bob.accountId, ada.walletId, ada.request("request-a", 100_000));
    Refused.with(Token.SEND_OF_ANOTHER, () -> confirm(ada, send, ada.code()));
    Refused.with(Token.CODE_WRONG, () -> confirm(bob, send, "000000"));
    assertThat(confirm(bob, send, bob.code()).state()).isEqualTo(SendState.BROADCAST);
    assertThat(record(ada))
        .contains(
            "member-acted " + email(bob) + ", send-proposed",
            "member-acted " + email(bob) + ", send-approved");
    assertThat(record(bob)).anyMatch(line -> line.startsWith("send-approved "));
  }

  @Test
  void whoeverIsRemovedConfirmsNothingMore() {
    ada.receive(1_000_000);
    join(bob, MemberRole.SPENDER);
    SendView send =
        house.rooms.sends().propose(bob.accountId, ada.walletId, ada.request("request-a", 100_000));
    change(ada, bob, MemberRole.VIEWER);
    Refused.with(Token.ROLE_REFUSED, () -> confirm(bob, send, bob.code()));
    change(ada, bob, null);
    Refused.with(Token.NOT_FOUND, () -> confirm(bob, send, bob.code()));
  }

  private SendView confirm(Person by, SendView send, String code) {
    return house
        .rooms
        .sends()
        .confirm(by.accountId, ada.walletId, send.sendId(), new GivenFactor.Code(code));
  }
}
