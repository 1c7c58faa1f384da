package org.trefoil.server.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.trefoil.core.Token;
import org.trefoil.core.envelope.Marks;
import org.trefoil.core.keys.KeyRole;
import org.trefoil.core.keys.Succession;
import org.trefoil.core.policy.TestRules;
import org.trefoil.core.units.Sats;
import org.trefoil.core.wire.MemberRole;
import org.trefoil.core.wire.NewKeys;
import org.trefoil.core.wire.PasscodeCheckRequest;
import org.trefoil.core.wire.PasscodeRequest;
import org.trefoil.core.wire.SecondSlot;
import org.trefoil.core.wire.SendRequest;
import org.trefoil.core.wire.SendState;
import org.trefoil.core.wire.SendView;
import org.trefoil.core.wire.Waiting;
import org.trefoil.core.wire.WalletView;
import org.trefoil.server.audit.AuditKind;
import org.trefoil.server.audit.AuditLog;
import org.trefoil.server.duress.Duress;
import org.trefoil.server.duress.Hand;
import org.trefoil.server.duress.Whose;
import org.trefoil.server.mail.Mail;
import org.trefoil.server.store.BareRows;
import org.trefoil.server.store.Database;
import org.trefoil.server.store.Invariants;
import org.trefoil.server.store.JdbiAuditStore;
import org.trefoil.server.store.JdbiDuressStore;
import org.trefoil.server.store.JdbiSendStore;

/** Whoever is forced types the second passcode: it looks the same, and nothing goes out. */
class DuressTest extends LosingKeysOnBoth {
  private static final TestMarks MARKS = new TestMarks(1);

  @Override
  TestHouse house() throws java.io.IOException {
    return new TestHouse(engine.fresh(), new Sats(700_000));
  }

  @BeforeEach
  void setBoth() {
    reseal(MARKS.beside(), MARKS::byFirst);
  }

  @AfterEach
  void nothingIsSignedThatShouldNotBe() {
    Invariants.hold(house.foundation.database());
  }

  private WalletView reseal(SecondSlot beside, Function<byte[], String> mark) {
    return reseal(ada.vault.beside(view(ada.walletId), beside, mark, ada.code()));
  }

  private WalletView reseal(PasscodeRequest request) {
    return house.rooms.passcodes().change(ada.accountId, ada.walletId, request);
  }

  private SendRequest request(String id, long sats, Function<byte[], String> mark) {
    return TestVault.marked(ada.cosigners, ada.request(id, sats), mark);
  }

  private SendView send(String id, long sats, Function<byte[], String> mark) {
    return confirm(propose(request(id, sats, mark)), ada.code());
  }

  private int check(Function<byte[], String> mark) {
    String now = house.rooms.passcodes().now();
    String given = mark.apply(Marks.checked(ada.walletId, now));
    return house
        .rooms
        .passcodes()
        .tried(ada.accountId, ada.walletId, new PasscodeCheckRequest(now, given));
  }

  private long free() {
    return house.rooms.book().spendable(ada.accountId, ada.walletId).coins().stream()
        .filter(coin -> !coin.reserved())
        .mapToLong(coin -> coin.value())
        .sum();
  }

  private Map<String, Object> row(SendView send) {
    return rows().send(send.sendId());
  }

  private BareRows rows() {
    return new BareRows(house.foundation.database());
  }

  /** Everything that looks after sends, for some days. */
  private void daysPass() {
    for (int i = 0; i < 3; i++) {
      house.pass(Duration.ofDays(4));
      house.mine(1);
      house.rooms.follower().expire();
      house.rooms.follower().lookAfterDue();
    }
  }

  @Test
  void whatTheSecondPasscodeSignedLooksAsIfItWereOnItsWayAndIsSignedByNobody() {
    List<String> mail = mailed();
    SendView kept = send("request-a", 100_000, MARKS::bySecond);
    assertThat(kept.state()).isEqualTo(SendState.SIGNED);
    assertThat(kept.txid()).isNotNull();
    assertThat(kept.open()).isTrue();
    assertThat(kept.reason()).isNull();
    assertThat(house.rooms.sends().waiting(ada.accountId, ada.walletId)).isEmpty();
    daysPass();
    assertThat(look(kept)).isEqualTo(kept);
    assertThat(row(kept).get("raw_tx")).isNull();
    assertThat(house.rooms.chain().index().confirmations(ada.walletId, kept.txid())).isNegative();
    assertThat(mailed()).isEqualTo(mail);
    assertThat(confirm(kept, ada.code())).isEqualTo(kept);
    Refused.with(
        Token.SEND_NOT_PENDING,
        () -> house.rooms.sends().cancel(ada.accountId, ada.walletId, kept.sendId()));
  }

  @Test
  void whatWasKeptIsReplacedAsWhatWaitsForTheNetworkAndNeitherGoesOut() {
    TestHouse.Person bob = member(2, MemberRole.SPENDER);
    SendView kept = send("request-a", 100_000, MARKS::bySecond);
    SendView faster = confirm(propose(faster(kept, "request-b", MARKS::bySecond)), ada.code());
    assertThat(faster.state()).isEqualTo(SendState.SIGNED);
    SendView again = confirm(propose(faster(faster, "request-c", MARKS::bySecond)), ada.code());
    assertThat(again.state()).isEqualTo(SendState.SIGNED);
    SendView others =
        house
            .rooms
            .sends()
            .propose(bob.accountId, ada.walletId, faster(kept, "request-d", MARKS::byFirst));
    Refused.with(
        Token.STORE_BUSY,
        () ->
            house.rooms.sends().confirm(bob.accountId, ada.walletId, others.sendId(), bob.code()));
    assertThat(look(kept).state()).isEqualTo(SendState.SIGNED);
    SendView own = propose(faster(kept, "request-e", MARKS::byFirst));
    assertThat(look(kept).state()).isEqualTo(SendState.HELD);
    assertThat(look(faster).state()).isEqualTo(SendState.HELD);
    assertThat(look(again).state()).isEqualTo(SendState.HELD);
    Refused.with(Token.NOT_REPLACEABLE, () -> confirm(own, ada.code()));
  }

  private SendRequest faster(SendView send, String id, Function<byte[], String> mark) {
    Waiting waiting =
        house.rooms.sends().bumping().waiting(ada.accountId, ada.walletId, send.sendId());
    long rate = Objects.requireNonNull(waiting.original()).feeRate() + 4_000;
    return TestVault.marked(
        ada.cosigners,
        ada.vault.replace(ada.cosigners, waiting, id, send.sendId(), rate, false),
        mark);
  }

  @Test
  void anotherPersonsOrdinarySendEndsNothingForWhoIsForced() {
    ada.receive(500_000);
    TestHouse.Person bob = member(2, MemberRole.SPENDER);
    SendView kept = send("request-a", 100_000, MARKS::bySecond);
    SendRequest bobs = request("request-b", 100_000, MARKS::byFirst);
    house.rooms.sends().propose(bob.accountId, ada.walletId, bobs);
    assertThat(look(kept).state()).isEqualTo(SendState.SIGNED);
    assertThat(audit()).doesNotContain(AuditKind.DURESS_OVER);
    propose(request("request-c", 100_000, MARKS::byFirst));
    assertThat(look(kept).state()).isEqualTo(SendState.HELD);
    SendRequest forced = request("request-d", 50_000, MARKS::bySecond);
    SendView bobsKept = house.rooms.sends().propose(bob.accountId, ada.walletId, forced);
    propose(request("request-e", 50_000, MARKS::byFirst));
    assertThat(look(bobsKept).state()).isEqualTo(SendState.NEEDS_FACTOR);
    check(MARKS::byFirst);
    assertThat(look(bobsKept).state()).isEqualTo(SendState.CANCELLED);
  }

  @Test
  void requestsAndAnswersOfBothPasscodesHaveTheSameShapeAndSize() {
    SendRequest first = request("request-a", 100_000, MARKS::byFirst);
    SendRequest second = request("request-b", 100_000, MARKS::bySecond);
    assertThat(second.toJson().write()).hasSameSizeAs(first.toJson().write());
    SendView forced = propose(second);
    SendView free = propose(first);
    assertThat(forced.toJson().write()).hasSameSizeAs(free.toJson().write());
    assertThat(row(forced).keySet()).isEqualTo(row(free).keySet());
    assertThat(forced.state()).isEqualTo(free.state());
    assertThat(check(MARKS::bySecond)).isZero();
  }

  @Test
  void theFirstPasscodeShowsWhatWasHeldBackAndItsOwnerCancelsIt() {
    ada.receive(500_000);
    SendView one = send("request-a", 100_000, MARKS::bySecond);
    SendView proposed = propose(request("request-b", 50_000, MARKS::bySecond));
    assertThat(check(MARKS::bySecond)).isZero();
    assertThat(check(MARKS::byFirst)).isEqualTo(1);
    assertThat(look(one).state()).isEqualTo(SendState.HELD);
    assertThat(look(one).reason()).isEqualTo(Duress.HELD_BACK);
    assertThat(look(proposed).state()).isEqualTo(SendState.CANCELLED);
    assertThat((byte[]) row(proposed).get("psbt")).isEmpty();
    assertThat(house.rooms.sends().waiting(ada.accountId, ada.walletId))
        .extracting(SendView::sendId)
        .containsExactly(one.sendId());
    daysPass();
    assertThat(look(one).state()).isEqualTo(SendState.HELD);
    long before = free();
    house.rooms.sends().cancel(ada.accountId, ada.walletId, one.sendId());
    assertThat(look(one).state()).isEqualTo(SendState.CANCELLED);
    assertThat(free()).isGreaterThan(before);
    assertThat(check(MARKS::byFirst)).isZero();
    assertThat(audit()).contains(AuditKind.SEND_KEPT, AuditKind.DURESS_OVER);
  }

  @Test
  void aSendUnderTheFirstPasscodeEndsItTooAndGoesOut() {
    ada.receive(500_000);
    SendView kept = send("request-a", 300_000, MARKS::bySecond);
    SendView free = send("request-b", 100_000, MARKS::byFirst);
    assertThat(free.state()).isEqualTo(SendState.BROADCAST);
    assertThat(look(kept).state()).isEqualTo(SendState.HELD);
  }

  @Test
  void theFirstPasscodeWaitsForWhatIsBeingConfirmedAndWakesIt() {
    SendView proposed = propose(request("request-a", 100_000, MARKS::bySecond));
    List<CompletableFuture<Integer>> checked = new ArrayList<>();
    house
        .foundation
        .database()
        .run(
            () -> {
              wallets().lock(ada.walletId);
              CompletableFuture<Integer> first =
                  CompletableFuture.supplyAsync(() -> check(MARKS::byFirst));
              checked.add(first);
              assertThatThrownBy(() -> first.get(300, TimeUnit.MILLISECONDS))
                  .isInstanceOf(TimeoutException.class);
              confirm(proposed, ada.code());
            });
    assertThat(checked.get(0).join()).isEqualTo(1);
    assertThat(look(proposed).state()).isEqualTo(SendState.HELD);
    assertThat(look(proposed).reason()).isEqualTo(Duress.HELD_BACK);
  }

  @Test
  void whatIsOverStaysOverAndWhatIsKeptIsFoundEvenWhenNothingStands() {
    ada.receive(500_000);
    SendView cancelled = propose(request("request-a", 100_000, MARKS::bySecond));
    house.rooms.sends().cancel(ada.accountId, ada.walletId, cancelled.sendId());
    SendView kept = send("request-b", 100_000, MARKS::bySecond);
    assertThat(store().end(ada.walletId, house.clock.instant())).isTrue();
    assertThat(check(MARKS::byFirst)).isEqualTo(1);
    assertThat(check(MARKS::byFirst)).isEqualTo(1);
    assertThat(look(kept).state()).isEqualTo(SendState.HELD);
    assertThat(look(cancelled).state()).isEqualTo(SendState.CANCELLED);
    assertThat(audit()).containsOnlyOnce(AuditKind.SEND_KEPT);
    house.rooms.sends().cancel(ada.accountId, ada.walletId, kept.sendId());
    assertThat(check(MARKS::byFirst)).isZero();
    assertThat(look(kept).state()).isEqualTo(SendState.CANCELLED);
  }

  private JdbiDuressStore store() {
    return new JdbiDuressStore(house.foundation.database());
  }

  @Test
  void aReplacementUnderTheSecondPasscodeTakesNothingFromTheSendThatLives() {
    SendView original = send("request-a", 100_000, MARKS::byFirst);
    JdbiSendStore sends = new JdbiSendStore(house.foundation.database());
    SendRequest forced = faster(original, "request-b", MARKS::bySecond);
    SendView kept = confirm(propose(forced), ada.code());
    assertThat(kept.state()).isEqualTo(SendState.SIGNED);
    assertThat(sends.heldBy(kept.sendId())).isEmpty();
    assertThat(sends.heldBy(original.sendId())).isNotEmpty();
    house.mine(1);
    assertThat(look(original).state()).isEqualTo(SendState.CONFIRMED);
    assertThat(check(MARKS::byFirst)).isEqualTo(1);
    house.rooms.sends().cancel(ada.accountId, ada.walletId, kept.sendId());
    assertThat(look(original).state()).isEqualTo(SendState.CONFIRMED);
  }

  @Test
  void theRecordSaysOfAKeptSendWhatItSaysOfOthersAndCorrectsItWhenItIsOver() {
    send("request-a", 100_000, MARKS::bySecond);
    List<AuditKind> forced = audit();
    assertThat(forced.subList(0, 4))
        .containsExactly(
            AuditKind.SEND_SIGNED,
            AuditKind.SEND_APPROVED,
            AuditKind.FACTOR_ACCEPTED,
            AuditKind.SEND_PROPOSED);
    assertThat(forced).doesNotContain(AuditKind.SEND_KEPT, AuditKind.DURESS_OVER);
    check(MARKS::byFirst);
    assertThat(audit().subList(0, 2)).containsExactly(AuditKind.DURESS_OVER, AuditKind.SEND_KEPT);
  }

  @Test
  void aSendByTheUserKeyTakesAMarkAndOneByTheBackupKeyNone() {
    SendRequest bare = ada.request("request-a", 100_000);
    Refused.with(Token.MARK_MISSING, () -> propose(bare));
    TestMarks others = new TestMarks(7);
    Refused.with(
        Token.MARK_WRONG, () -> propose(TestVault.marked(ada.cosigners, bare, others::byFirst)));
    SendRequest other = request("request-b", 100_001, MARKS::byFirst);
    Refused.with(
        Token.MARK_WRONG, () -> propose(TestVault.marked(ada.cosigners, bare, d -> other.mark())));
    SendRequest byBackup =
        ada.vault.sendByBackup(
            ada.cosigners,
            house.rooms.book().spendable(ada.accountId, ada.walletId),
            "request-c",
            TestHouse.ELSEWHERE,
            100_000);
    assertThat(confirm(propose(byBackup), ada.code()).state()).isEqualTo(SendState.BROADCAST);
  }

  @Test
  void aRuleThatHoldsASendHoldsItUnderEitherPasscodeAndAfterwardsItIsKept() {
    sign(TestRules.none().hold(50_000, 24));
    SendView held = send("request-a", 100_000, MARKS::bySecond);
    assertThat(held.state()).isEqualTo(SendState.HELD);
    assertThat(held.reason()).isNull();
    house.pass(Duration.ofHours(25));
    house.rooms.follower().lookAfterDue();
    assertThat(look(held).state()).isEqualTo(SendState.SIGNED);
    assertThat(row(held).get("raw_tx")).isNull();
    assertThat(check(MARKS::byFirst)).isEqualTo(1);
  }

  @Test
  void limitsCountWhatWasKeptAsIfItHadGoneOut() {
    send("request-a", 600_000, MARKS::bySecond);
    ada.receive(500_000);
    SendView second = propose(request("request-b", 200_000, MARKS::bySecond));
    Refused.with(Token.LIMIT_DAILY, () -> confirm(second, ada.code()));
  }

  @Test
  void underTheSecondPasscodeNeitherPasscodeNorKeysChange() {
    WalletView before = view(ada.walletId);
    TestMarks thiefs = new TestMarks(9);
    Refused.with(Token.STORE_BUSY, () -> reseal(thiefs.beside(), MARKS::bySecond));
    Refused.with(Token.MARK_WRONG, () -> reseal(thiefs.beside(), thiefs::byFirst));
    PasscodeRequest byWords =
        ada.vault.besideByWords(view(ada.walletId), thiefs.beside(), ada.code());
    Refused.with(Token.STORE_BUSY, () -> reseal(byWords));
    Heir heir = new Heir(50);
    NewKeys byUser = heir.keys(KeyRole.USER);
    byte[] digest = Succession.digest(ada.cosigners, ada.walletId, heir.cosigners, heir.walletId);
    Refused.with(Token.MARK_MISSING, () -> store(heir, byUser));
    Refused.with(Token.STORE_BUSY, () -> store(heir, marked(byUser, MARKS.bySecond(digest))));
    assertThat(view(ada.walletId)).isEqualTo(before);
    store(heir, marked(byUser, MARKS.byFirst(digest)));
    assertThat(heir.activate(ada.code()).walletId()).isEqualTo(heir.walletId);
  }

  @Test
  void aMarkThatIsTakenOffOnTheWayLetsNoRobberSetHisPasscode() {
    WalletView before = view(ada.walletId);
    TestMarks robbers = new TestMarks(9);
    PasscodeRequest forced =
        ada.vault.beside(before, robbers.beside(), MARKS::bySecond, ada.code());
    PasscodeRequest bare = withMark(forced, null);
    Refused.with(Token.RESEALING_WRONG, () -> reseal(bare));
    PasscodeRequest byWords = ada.vault.besideByWords(before, robbers.beside(), ada.code());
    Refused.with(
        Token.RESEALING_WRONG,
        () -> reseal(withMark(byWords, Objects.requireNonNull(forced.mark()))));
    assertThat(view(ada.walletId)).isEqualTo(before);
    Refused.with(Token.STORE_BUSY, () -> reseal(forced));
    assertThat(view(ada.walletId)).isEqualTo(before);
    check(MARKS::byFirst);
    assertThat(reseal(byWords).secondSlot()).isEqualTo(robbers.beside().slot());
  }

  private static PasscodeRequest withMark(PasscodeRequest request, @Nullable String mark) {
    return new PasscodeRequest(
        request.old(),
        request.sealed(),
        request.signature(),
        request.secondSlot(),
        mark,
        request.code());
  }

  @Test
  void theBackupKeyNamesASuccessorWithoutAMarkAndThatEndsIt() {
    SendView kept = send("request-a", 100_000, MARKS::bySecond);
    Heir heir = new Heir(50);
    store(heir, heir.keys(KeyRole.BACKUP));
    heir.activate(ada.code());
    assertThat(look(kept).state()).isEqualTo(SendState.HELD);
  }

  private WalletView store(Heir heir, NewKeys keys) {
    return successors().storeKeys(ada.accountId, heir.walletId, keys);
  }

  private static NewKeys marked(NewKeys keys, String mark) {
    return new NewKeys(
        keys.userKey(),
        keys.backupKey(),
        keys.backupIsCold(),
        keys.descriptor(),
        keys.endorsement(),
        keys.sealed(),
        keys.firstAddress(),
        keys.succession(),
        keys.brought(),
        keys.split(),
        keys.secondSlot(),
        mark);
  }

  @Test
  void settingAndRemovingASecondPasscodeLeaveTheSameRowsEventsAndMail() {
    List<Object> one = changed(new TestMarks(21), MARKS);
    List<Object> other = changed(new TestMarks(22), new TestMarks(21));
    assertThat(other).isEqualTo(one);
  }

  /** What a change leaves: the lengths of the wallet's texts, the new events and the new mail. */
  private List<Object> changed(TestMarks fresh, TestMarks old) {
    int events = audit().size();
    int mails = mailed().size();
    reseal(fresh.beside(), old::byFirst);
    List<Object> left = new ArrayList<>();
    rows()
        .wallet(ada.walletId)
        .forEach((name, value) -> left.add(name + " " + String.valueOf(value).length()));
    left.addAll(audit().subList(0, audit().size() - events));
    left.addAll(mailed().subList(0, mailed().size() - mails));
    assertThat(left).contains(AuditKind.PASSCODE_CHANGED);
    return left;
  }

  @Test
  void othersAreToldOnceForEachTimeThatSomebodyIsForced() {
    List<Whose> told = new ArrayList<>();
    Whose whose = new Whose(ada.walletId, ada.accountId, ada.accountId);
    Database database = house.foundation.database();
    AuditLog audit = new AuditLog(new JdbiAuditStore(database), house.clock);
    Duress duress =
        new Duress(new JdbiDuressStore(database), told::add, database, audit, house.clock);
    duress.heard(whose, Hand.FIRST);
    assertThat(told).isEmpty();
    duress.heard(whose, Hand.SECOND);
    duress.heard(whose, Hand.SECOND);
    assertThat(told).containsExactly(whose);
    duress.heard(whose, Hand.PAPER);
    duress.heard(whose, Hand.FIRST);
    duress.heard(whose, Hand.SECOND);
    assertThat(told).containsExactly(whose, whose);
  }

  @Test
  void itsOthersAreMailedAndTheOneWhoTypedItIsNot() {
    TestHouse.Person bob = member(2, MemberRole.VIEWER);
    house.pass(Duration.ofDays(7));
    List<String> before = mailed();
    send("request-a", 100_000, MARKS::bySecond);
    assertThat(mailed()).isEqualTo(before);
    assertThat(warned(bob))
        .singleElement()
        .satisfies(mail -> assertThat(mail.text()).contains("Savings", "kept and not sent"));
  }

  @Test
  void aRobberWhoMadeHimselfAMemberJustBeforeIsNotMailed() {
    TestHouse.Person bob = member(2, MemberRole.VIEWER);
    house.pass(Duration.ofDays(6));
    TestHouse.Person robber = member(3, MemberRole.VIEWER);
    house.pass(Duration.ofDays(1));
    send("request-a", 100_000, MARKS::bySecond);
    assertThat(warned(bob)).hasSize(1);
    assertThat(warned(robber)).isEmpty();
  }

  private TestHouse.Person member(int seed, MemberRole role) {
    house.rooms.address().servedOn(8080);
    TestHouse.Person member = house.new Person(seed);
    String email = house.rooms.wallets().email(member.accountId);
    house.rooms.members().invite(ada.accountId, ada.walletId, email, role, ada.code());
    house.rooms.members().accept(member.accountId, SharedWallet.link(house, email));
    return member;
  }

  private List<Mail> warned(TestHouse.Person person) {
    return house.rooms.post().room().shown(person.accountId).stream()
        .filter(mail -> mail.subject().equals("Somebody may be forced to send"))
        .toList();
  }

  @Test
  void aMarkOnATriedPasscodeIsOfThisHourOrTheLast() {
    String now = house.rooms.passcodes().now();
    PasscodeCheckRequest kept =
        new PasscodeCheckRequest(now, MARKS.byFirst(Marks.checked(ada.walletId, now)));
    assertThat(house.rooms.passcodes().tried(ada.accountId, ada.walletId, kept)).isZero();
    house.pass(Duration.ofHours(2));
    Refused.with(
        Token.WRONG_VALUE, () -> house.rooms.passcodes().tried(ada.accountId, ada.walletId, kept));
  }
}
