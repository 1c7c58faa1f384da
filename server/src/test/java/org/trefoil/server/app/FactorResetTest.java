package org.trefoil.server.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.trefoil.core.Token;
import org.trefoil.core.keys.KeyRole;
import org.trefoil.core.wire.DraftWallet;
import org.trefoil.core.wire.KeyQuestion;
import org.trefoil.core.wire.ProvedKeysRequest;
import org.trefoil.server.account.Session;
import org.trefoil.server.audit.AuditLog;
import org.trefoil.server.mail.Mailroom;
import org.trefoil.server.regain.FactorResets;
import org.trefoil.server.regain.KeyQuestions;
import org.trefoil.server.regain.SiteLinks;
import org.trefoil.server.regain.WaysBack;
import org.trefoil.server.secondfactor.SecondFactors;
import org.trefoil.server.secondfactor.Verdict;
import org.trefoil.server.store.Database;
import org.trefoil.server.store.JdbiAuditStore;
import org.trefoil.server.store.JdbiEmailChangeStore;
import org.trefoil.server.store.JdbiFactorResetStore;
import org.trefoil.server.store.JdbiMailStore;
import org.trefoil.server.store.JdbiPasswordLinkStore;
import org.trefoil.server.store.JdbiQuestionStore;

/** What becomes of an account whose second factor is lost, and what does not of one that is not. */
@Timeout(120)
class FactorResetTest extends WaysBackTest {
  private static final Duration WAIT = Duration.ofHours(72);

  private FactorResets resets() {
    return ways().factors();
  }

  private KeyQuestion ask(boolean withBackup) {
    return resets().ask(ada.accountId, ada.walletId, withBackup);
  }

  private ProvedKeysRequest answer(KeyQuestion asked, KeyRole user, @Nullable KeyRole backup) {
    String first = ada.vault.answer(ada.cosigners, asked, user);
    String second = backup == null ? null : ada.vault.answer(ada.cosigners, asked, backup);
    return new ProvedKeysRequest(asked.challenge(), first, second);
  }

  private void beginWait() {
    assertThat(resets().begin(ada.accountId, answer(ask(false), KeyRole.USER, null))).isEmpty();
  }

  private String beginAtOnce() {
    ProvedKeysRequest both = answer(ask(true), KeyRole.USER, KeyRole.BACKUP);
    return resets().begin(ada.accountId, both).orElseThrow();
  }

  private byte[] newApp(String token) {
    return TestHouse.unbase32(resets().enrolment(ada.accountId, token).secret());
  }

  private FactorResets.Done complete(String token, Session half) {
    return resets().complete(ada.accountId, token, code(newApp(token)), half);
  }

  @Test
  void bothKeysReplaceTheFactorAtOnceAndEverythingOldIsDead() {
    Session there = signedIn(true);
    house.rooms.address().servedOn(8080);
    TestPasskey device = new TestPasskey(PasskeysTest.HERE);
    device.addTo(house, ada.accountId, "Phone", there.token());
    Session half = signedIn(false);
    String token = beginAtOnce();
    byte[] app = newApp(token);
    String oldCode = ada.code();
    FactorResets.Done done = complete(token, half);
    assertThat(done.session().full()).isTrue();
    assertThat(lives(done.session())).isTrue();
    assertThat(lives(half)).isFalse();
    assertThat(lives(there)).isFalse();
    assertThat(house.rooms.passkeys().list(ada.accountId)).isEmpty();
    SecondFactors factors = house.rooms.factors();
    assertThat(factors.use(ada.accountId, oldCode)).isEqualTo(Verdict.WRONG);
    assertThat(factors.use(ada.accountId, ada.recovery.get(0))).isEqualTo(Verdict.WRONG);
    assertThat(factors.use(ada.accountId, done.recovery().get(0))).isEqualTo(Verdict.OK);
    assertThat(factors.use(ada.accountId, code(app))).isEqualTo(Verdict.USED);
    house.clock.forward(Duration.ofSeconds(30));
    assertThat(factors.use(ada.accountId, code(app))).isEqualTo(Verdict.OK);
    assertThat(subjects(ADA))
        .contains("Your second factor is being replaced", "Your second factor is replaced");
    assertThat(resets().pending(ada.accountId)).isEmpty();
    Refused.with(Token.LINK_DEAD, () -> newApp(token));
  }

  @Test
  void theUserKeyAloneWaitsIsSeenAndMailedEachDayAndThenGetsALink() {
    beginWait();
    assertThat(resets().pending(ada.accountId).orElseThrow().readyAt())
        .isEqualTo(house.clock.instant().plus(WAIT));
    assertThat(subjects(ADA)).containsExactly("Your second factor is to be replaced");
    pass(WAIT.minusHours(1));
    assertThat(subjects(ADA))
        .filteredOn("Your second factor is still to be replaced"::equals)
        .hasSize(2);
    assertThat(resets().pending(ada.accountId).orElseThrow().ready()).isFalse();
    pass(Duration.ofHours(1));
    assertThat(resets().pending(ada.accountId).orElseThrow().ready()).isTrue();
    String token = token(ADA, "new-factor");
    complete(token, signedIn(false));
    assertThat(house.rooms.factors().use(ada.accountId, ada.recovery.get(0)))
        .isEqualTo(Verdict.WRONG);
  }

  @Test
  void aThiefWithPasswordAndPasscodeAloneMustWaitAndIsSeenAndStopped() {
    beginWait();
    Session owner = signedIn(true);
    pass(WAIT.minusHours(2));
    assertThat(mail(ADA)).allSatisfy(mail -> assertThat(tokens(mail, "new-factor")).isEmpty());
    ways().cancel(token(ADA, "cancel"));
    pass(WAIT.multipliedBy(2));
    assertThat(mail(ADA)).allSatisfy(mail -> assertThat(tokens(mail, "new-factor")).isEmpty());
    assertThat(lives(owner)).isFalse(); // by its age alone
    assertThat(house.rooms.factors().use(ada.accountId, ada.code())).isEqualTo(Verdict.OK);
    Refused.with(Token.LINK_DEAD, () -> ways().cancel(token(ADA, "cancel")));
  }

  @Test
  void withSheetAAloneNothingBegins() {
    KeyQuestion asked = ask(true);
    Refused.with(
        Token.STATEMENT_WRONG,
        () -> resets().begin(ada.accountId, answer(asked, KeyRole.BACKUP, KeyRole.BACKUP)));
    KeyQuestion alone = ask(false);
    Refused.with(
        Token.STATEMENT_WRONG,
        () -> resets().begin(ada.accountId, answer(alone, KeyRole.BACKUP, null)));
    Refused.with(
        Token.STATEMENT_WRONG,
        () -> resets().begin(ada.accountId, answer(alone, KeyRole.BACKUP, KeyRole.BACKUP)));
    assertThat(resets().pending(ada.accountId)).isEmpty();
  }

  @Test
  void theUserKeyAloneIsNotTakenForBoth() {
    KeyQuestion asked = ask(true);
    Refused.with(
        Token.STATEMENT_WRONG,
        () -> resets().begin(ada.accountId, answer(asked, KeyRole.USER, null)));
    Refused.with(
        Token.STATEMENT_WRONG,
        () -> resets().begin(ada.accountId, answer(asked, KeyRole.USER, KeyRole.USER)));
  }

  @Test
  void anAnswerIsForOneQuestionOfOneAccountOnceAndInTime() {
    ProvedKeysRequest both = answer(ask(true), KeyRole.USER, KeyRole.BACKUP);
    TestHouse.Person bob = house.new Person(2);
    Refused.with(Token.QUESTION_DEAD, () -> resets().begin(bob.accountId, both));
    KeyQuestion other = ask(true);
    Refused.with(
        Token.STATEMENT_WRONG,
        () ->
            resets()
                .begin(
                    ada.accountId,
                    new ProvedKeysRequest(other.challenge(), both.user(), both.backup())));
    resets().begin(ada.accountId, both);
    resets().cancel(ada.accountId);
    Refused.with(Token.QUESTION_DEAD, () -> resets().begin(ada.accountId, both));
    ProvedKeysRequest late = answer(ask(true), KeyRole.USER, KeyRole.BACKUP);
    house.clock.forward(KeyQuestions.LIFE);
    Refused.with(Token.QUESTION_DEAD, () -> resets().begin(ada.accountId, late));
    Refused.with(Token.NOT_FOUND, () -> resets().ask(bob.accountId, ada.walletId, true));
  }

  @Test
  void aWalletThatAGuestMadeSpeaksOfNothingThatIsDoneAtOnceHoweverLongHeWaits() {
    TestVault guest = new TestVault(99);
    String planted = plantedWallet(guest);
    Refused.with(Token.KEYS_TOO_NEW, () -> resets().ask(ada.accountId, planted, true));
    assertThat(resets().speakers(ada.accountId)).hasSize(1);
    Refused.with(Token.KEYS_TOO_NEW, () -> resets().ask(ada.accountId, planted, false));
    house.clock.forward(KeyQuestions.OLD_ENOUGH.multipliedBy(50));
    Refused.with(Token.KEYS_TOO_NEW, () -> resets().ask(ada.accountId, planted, true));
    Refused.with(
        Token.KEYS_TOO_NEW, () -> ways().emails().ask(ada.accountId, "t@example.org", planted));
    assertThat(resets().ask(ada.accountId, planted, false).withBackup()).isFalse();
  }

  @Test
  void aDraftOfLongAgoThatAGuestFinishesTodayIsNoOldWallet() {
    DraftWallet begun = draft();
    house.clock.forward(Duration.ofDays(30));
    finish(begun, new TestVault(99));
    assertThat(resets().speakers(ada.accountId))
        .extracting(speaker -> speaker.wallet().walletId())
        .containsExactly(ada.walletId);
  }

  @Test
  void aPasswordAloneIsHandedTheKeysOfTheWalletThatSpeaksAndNoCountOfItsMoney() {
    ada.receive(1_000_000);
    KeyQuestion asked = ask(false);
    assertThat(asked.wallet().balance().confirmed()).isZero();
    assertThat(asked.wallet().receiveIndex()).isZero();
    assertThat(asked.wallet().sealed()).isNotNull();
    assertThat(asked.wallet().descriptor()).isEqualTo(ada.cosigners.descriptor());
  }

  @Test
  void aSecondWaitDoesNotBeginButBothKeysGoFirst() {
    ProvedKeysRequest later = answer(ask(false), KeyRole.USER, null);
    beginWait();
    String cancelFirst = token(ADA, "cancel");
    Refused.with(Token.RESET_WAITING, () -> ask(false));
    Refused.with(Token.RESET_WAITING, () -> resets().begin(ada.accountId, later));
    complete(beginAtOnce(), signedIn(false));
    Refused.with(Token.LINK_DEAD, () -> ways().lookAtCancel(cancelFirst));
    pass(WAIT);
    assertThat(resets().pending(ada.accountId)).isEmpty();
  }

  @Test
  void anAccountWithoutAWalletWaitsForALinkByMail() {
    String address = "none@example.org";
    String account = house.signUp(address, 3).accountId();
    Refused.with(Token.FACTOR_MISSING, () -> resets().beginByMail(account));
    byte[] old = TestHouse.unbase32(house.rooms.factors().begin(account, "x").secret());
    house.rooms.factors().confirm(account, code(old));
    resets().beginByMail(account);
    pass(WAIT);
    String token = token(address, "new-factor");
    Session half = house.rooms.sessions().open(account, false, "x", "");
    byte[] app = TestHouse.unbase32(resets().enrolment(account, token).secret());
    Refused.with(Token.CODE_WRONG, () -> resets().complete(account, token, "000000", half));
    resets().complete(account, token, code(app), half);
    assertThat(house.rooms.factors().use(account, code(old))).isNotEqualTo(Verdict.OK);
    Refused.with(Token.KEYS_NEEDED, () -> resets().beginByMail(ada.accountId));
  }

  @Test
  void aLinkIsOfNoUseToAnotherAccountAndVoidAfterAWeek() {
    beginWait();
    pass(WAIT);
    String token = token(ADA, "new-factor");
    TestHouse.Person bob = house.new Person(2);
    Refused.with(Token.LINK_DEAD, () -> resets().enrolment(bob.accountId, token));
    pass(FactorResets.AFTER_WAIT);
    Refused.with(Token.LINK_DEAD, () -> resets().enrolment(ada.accountId, token));
    assertThat(resets().pending(ada.accountId)).isEmpty();
    assertThat(mail(ADA).get(0).text()).contains("was not carried out in time");
  }

  @Test
  void whatWasMadeAtOnceIsVoidAfterHalfAnHour() {
    String token = beginAtOnce();
    house.clock.forward(FactorResets.AT_ONCE);
    Refused.with(Token.LINK_DEAD, () -> newApp(token));
    resets().lookAfter();
    assertThat(resets().pending(ada.accountId)).isEmpty();
  }

  @Test
  void ofFiftyWhoCancelAndCompleteAtTwoServersOneHasItsWay() throws Exception {
    TestHouse other = new TestHouse(house.foundation.database(), house.practice, house.clock, null);
    for (int round = 0; round < 4; round++) {
      String token = beginAtOnce();
      String code = code(newApp(token));
      List<Session> halves =
          Collections.nCopies(50, null).stream().map(n -> signedIn(false)).toList();
      List<Object> answers =
          Crowd.atOnce(
              50,
              number -> {
                TestHouse at = number % 2 == 0 ? house : other;
                if (number % 5 == 0) {
                  at.rooms
                      .waysBack()
                      .factors()
                      .complete(ada.accountId, token, code, halves.get(number));
                  return "completed";
                }
                at.rooms.waysBack().factors().cancel(ada.accountId);
                return "cancelled or nothing to cancel";
              });
      int completed = Collections.frequency(answers, "completed");
      assertThat(completed).isLessThanOrEqualTo(1);
      String last = mail(ADA).get(0).subject() + mail(ADA).get(1).subject();
      assertThat(resets().pending(ada.accountId)).isEmpty();
      boolean works =
          house.rooms.factors().use(ada.accountId, ada.recovery.get(round)) == Verdict.OK;
      assertThat(works).as(last).isEqualTo(completed == 0);
      if (completed == 1) {
        return;
      }
    }
  }

  @Test
  void twoServersThatLookAfterOneResetSendOneLink() throws Exception {
    TestHouse other = new TestHouse(house.foundation.database(), house.practice, house.clock, null);
    beginWait();
    house.clock.forward(WAIT);
    Crowd.atOnce(
        20,
        number -> {
          (number % 2 == 0 ? house : other).rooms.waysBack().factors().lookAfter();
          return true;
        });
    assertThat(token(ADA, "new-factor")).hasSize(64);
    assertThat(subjects(ADA))
        .filteredOn("Your second factor can be replaced now"::equals)
        .hasSize(1);
  }

  @Test
  void aServerThatSendsNoMailOffersNothingThatWaitsButBothKeys() {
    Database database = house.foundation.database();
    Mailroom none =
        new Mailroom(
            new JdbiMailStore(database),
            Mailroom.Way.NONE,
            house.clock,
            new SecureRandom(),
            house.foundation.keyFile());
    WaysBack silent =
        new WaysBack(
            new WaysBack.Stores(
                new JdbiPasswordLinkStore(database),
                new JdbiQuestionStore(database),
                new JdbiFactorResetStore(database),
                new JdbiEmailChangeStore(database)),
            house.rooms.accounts(),
            house.rooms.sessions(),
            house.rooms.factors(),
            house.rooms.wallets(),
            none,
            new SiteLinks(() -> "https://wallet.example"),
            database,
            new AuditLog(new JdbiAuditStore(database), house.clock),
            house.clock,
            new SecureRandom(),
            house.foundation.keyFile(),
            WAIT);
    Refused.with(Token.MAIL_MISSING, () -> silent.forgot(ADA));
    Refused.with(
        Token.MAIL_MISSING, () -> silent.factors().ask(ada.accountId, ada.walletId, false));
    Refused.with(Token.MAIL_MISSING, () -> silent.factors().beginByMail(ada.accountId));
    Refused.with(
        Token.MAIL_MISSING,
        () -> silent.emails().ask(ada.accountId, "new@example.org", ada.walletId));
    KeyQuestion asked = silent.factors().ask(ada.accountId, ada.walletId, true);
    ProvedKeysRequest both = answer(asked, KeyRole.USER, KeyRole.BACKUP);
    assertThat(silent.factors().begin(ada.accountId, both)).isPresent();
    assertThat(mail(ADA)).isEmpty();
  }
}
