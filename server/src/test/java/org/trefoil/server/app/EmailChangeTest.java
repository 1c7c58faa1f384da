package org.trefoil.server.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.trefoil.core.Token;
import org.trefoil.core.keys.KeyRole;
import org.trefoil.core.wire.ChangeEmailRequest;
import org.trefoil.core.wire.KeyQuestion;
import org.trefoil.server.account.Account;
import org.trefoil.server.account.Session;
import org.trefoil.server.mail.Mail;
import org.trefoil.server.regain.EmailChanges;
import org.trefoil.server.secondfactor.Verdict;

@Timeout(60)
class EmailChangeTest extends WaysBackTest {
  private static final String NEW = "new@example.org";

  private EmailChanges changes() {
    return ways().emails();
  }

  private ChangeEmailRequest signed(String email, KeyRole by) {
    KeyQuestion asked = changes().ask(ada.accountId, email, ada.walletId);
    String user = ada.vault.answer(ada.cosigners, asked, by);
    return new ChangeEmailRequest(email, ada.code(), asked.challenge(), user, null);
  }

  private void begin(String email) {
    changes().begin(ada.accountId, signed(email, KeyRole.USER));
  }

  private String address() {
    return house.rooms.accounts().find(ada.accountId).map(Account::email).orElseThrow();
  }

  @Test
  void theNewAddressConfirmsTheOldOneIsToldAndOtherSessionsEnd() {
    Session here = signedIn(true);
    Session there = signedIn(true);
    begin("New@Example.org ");
    assertThat(address()).isEqualTo(ADA);
    assertThat(changes().pending(ada.accountId)).contains(NEW);
    assertThat(mail(ADA).get(0).text()).contains(NEW);
    String link = token(NEW, "new-email");
    assertThat(changes().email(link)).isEqualTo(NEW);
    changes().confirm(link, here.token());
    assertThat(address()).isEqualTo(NEW);
    assertThat(house.rooms.accounts().find(ada.accountId).orElseThrow().confirmedAt())
        .isEqualTo(house.clock.instant());
    assertThat(lives(here)).isTrue();
    assertThat(lives(there)).isFalse();
    assertThat(house.rooms.accounts().signIn(NEW, TestHouse.proof(1))).isPresent();
    assertThat(house.rooms.accounts().signIn(ADA, TestHouse.proof(1))).isEmpty();
    assertThat(subjects(ADA)).contains("Your Trefoil account has another address");
    Refused.with(Token.LINK_DEAD, () -> changes().confirm(link, ""));
    Refused.with(Token.LINK_DEAD, () -> ways().cancel(token(ADA, "cancel")));
  }

  @Test
  void theOldAddressCancelsWhileItWaits() {
    begin(NEW);
    String link = token(NEW, "new-email");
    ways().lookAtCancel(token(ADA, "cancel"));
    ways().cancel(token(ADA, "cancel"));
    Refused.with(Token.LINK_DEAD, () -> changes().confirm(link, ""));
    assertThat(address()).isEqualTo(ADA);
    assertThat(mail(NEW)).allSatisfy(mail -> assertThat(tokens(mail, "cancel")).isEmpty());
  }

  @Test
  void anotherKeyAnotherAddressOrNoCodeChangesNothing() {
    Refused.with(
        Token.STATEMENT_WRONG, () -> changes().begin(ada.accountId, signed(NEW, KeyRole.BACKUP)));
    ChangeEmailRequest signed = signed(NEW, KeyRole.USER);
    Refused.with(
        Token.QUESTION_DEAD,
        () ->
            changes()
                .begin(
                    ada.accountId,
                    new ChangeEmailRequest(
                        "evil@example.org",
                        signed.code(),
                        signed.challenge(),
                        signed.user(),
                        null)));
    Refused.with(
        Token.CODE_WRONG,
        () ->
            changes()
                .begin(
                    ada.accountId,
                    new ChangeEmailRequest(
                        NEW, "000000", signed.challenge(), signed.user(), null)));
    Refused.with(
        Token.KEYS_NEEDED,
        () ->
            changes()
                .begin(
                    ada.accountId,
                    new ChangeEmailRequest(NEW, ada.code(), null, null, TestHouse.proof(1))));
    assertThat(changes().pending(ada.accountId)).isEmpty();
    assertThat(mail(NEW)).isEmpty();
    changes()
        .begin(
            ada.accountId,
            new ChangeEmailRequest(NEW, ada.code(), signed.challenge(), signed.user(), null));
    assertThat(changes().pending(ada.accountId)).contains(NEW);
  }

  @Test
  void anAccountWithoutAWalletGivesItsPassword() {
    String none = "none@example.org";
    String account = house.signUp(none, 3).accountId();
    byte[] app = TestHouse.unbase32(house.rooms.factors().begin(account, "x").secret());
    List<String> recovery = house.rooms.factors().confirm(account, code(app));
    ChangeEmailRequest wrong =
        new ChangeEmailRequest(NEW, recovery.get(0), null, null, TestHouse.proof(4));
    Refused.with(Token.PASSWORD_WRONG, () -> changes().begin(account, wrong));
    changes()
        .begin(
            account, new ChangeEmailRequest(NEW, recovery.get(0), null, null, TestHouse.proof(3)));
    changes().confirm(token(NEW, "new-email"), "");
    assertThat(house.rooms.accounts().signIn(NEW, TestHouse.proof(3))).isPresent();
    assertThat(house.rooms.factors().use(account, recovery.get(0))).isEqualTo(Verdict.USED);
  }

  @Test
  void anAddressThatIsTakenLooksLikeAnyOtherAndItsOwnerAloneIsTold() {
    String taken = "p2@example.org";
    house.new Person(2);
    begin(taken);
    assertThat(changes().pending(ada.accountId)).contains(taken);
    assertThat(subjects(taken)).containsExactly("You have this address at Trefoil already");
    assertThat(mail(taken).get(0).text()).doesNotContain(ADA);
    assertThat(tokens(mail(taken).get(0), "new-email")).isEmpty();
    String told = told(taken);
    begin(NEW);
    assertThat(told(NEW)).isEqualTo(told);
    begin(ADA);
    assertThat(subjects(ADA)).contains("You have this address at Trefoil already");
    changes().cancel(ada.accountId);
    assertThat(changes().pending(ada.accountId)).isEmpty();
    assertThat(address()).isEqualTo(ADA);
  }

  /** What Ada's own address is told of a new one, but for that and for links. */
  private String told(String fresh) {
    return mail(ADA).stream()
        .filter(mail -> mail.text().contains(fresh))
        .map(mail -> mail.subject() + mail.text().replace(fresh, ""))
        .map(text -> text.replaceAll("/cancel/\\S+", ""))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void anAddressThatIsTakenMeanwhileIsNotTaken() {
    begin(NEW);
    house.signUp(NEW, 5);
    String link = token(NEW, "new-email");
    Refused.with(Token.LINK_DEAD, () -> changes().confirm(link, ""));
    assertThat(address()).isEqualTo(ADA);
    assertThat(changes().email(link)).isEqualTo(NEW);
  }

  @Test
  void aLinkIsVoidAfterADayAndALaterAddressVoidsTheEarlier() {
    begin(NEW);
    String first = token(NEW, "new-email");
    begin("other@example.org");
    Refused.with(Token.LINK_DEAD, () -> changes().email(first));
    String second = token("other@example.org", "new-email");
    house.clock.forward(EmailChanges.LIFE);
    Refused.with(Token.LINK_DEAD, () -> changes().confirm(second, ""));
    assertThat(changes().pending(ada.accountId)).isEmpty();
  }

  @Test
  void aPasswordLinkToTheOldAddressDiesWithIt() throws Exception {
    ways().forgot(ADA);
    while (mail(ADA).isEmpty()) {
      Thread.sleep(10);
    }
    Mail sent = mail(ADA).get(0);
    String link = tokens(sent, "new-password").get(0);
    begin(NEW);
    assertThat(ways().passwords().asksCode(link)).isTrue();
    changes().confirm(token(NEW, "new-email"), "");
    Refused.with(Token.LINK_DEAD, () -> ways().passwords().asksCode(link));
  }

  @Test
  void ofFiftyWhoConfirmAndCancelAtOnceOneHasItsWay() throws Exception {
    begin(NEW);
    String link = token(NEW, "new-email");
    String cancel = token(ADA, "cancel");
    List<Object> answers =
        Crowd.atOnce(
            50,
            number -> {
              if (number % 2 == 0) {
                changes().confirm(link, "");
                return "confirmed";
              }
              ways().cancel(cancel);
              return "cancelled";
            });
    assertThat(answers)
        .filteredOn(answer -> answer.equals("confirmed") || answer.equals("cancelled"))
        .hasSize(1);
    assertThat(address()).isEqualTo(answers.contains("confirmed") ? NEW : ADA);
  }
}
