package org.trefoil.server.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.trefoil.core.RefusedException;
import org.trefoil.core.Token;
import org.trefoil.core.address.Address;
import org.trefoil.core.units.Network;
import org.trefoil.core.units.Sats;
import org.trefoil.core.wire.HistoryItem;
import org.trefoil.core.wire.RecipientLine;
import org.trefoil.core.wire.SendKind;
import org.trefoil.core.wire.SendRequest;
import org.trefoil.core.wire.SendState;
import org.trefoil.core.wire.SendView;
import org.trefoil.core.wire.Waiting;
import org.trefoil.server.app.TestHouse.Person;
import org.trefoil.server.policy.RulesAt;
import org.trefoil.server.spend.Sends;
import org.trefoil.server.store.JdbiSendStore;
import org.trefoil.server.store.TestDatabase;

/** A send that waits is sped up or taken back, and a payment that waits is pulled along. */
@ParameterizedClass
@EnumSource(TestDatabase.class)
class ReplacementTest {
  private static final RulesAt RULES = new RulesAt(0, 1);

  private static final long LIMIT = 600_000;

  @Parameter TestDatabase engine;

  private TestHouse house;
  private Person ada;
  private JdbiSendStore store;
  private int requests;

  @BeforeEach
  void open() throws Exception {
    house = new TestHouse(engine.fresh(), new Sats(LIMIT));
    ada = house.new Person(1);
    ada.receive(400_000);
    store = new JdbiSendStore(house.foundation.database());
  }

  @AfterEach
  void close() {
    house.close();
  }

  private Sends sends() {
    return house.rooms.sends();
  }

  private SendView propose(SendRequest request) {
    return sends().propose(ada.accountId, ada.walletId, request);
  }

  private SendView confirm(SendView send) {
    SendView out = sends().confirm(ada.accountId, ada.walletId, send.sendId(), ada.code());
    look();
    return out;
  }

  private SendView view(SendView send) {
    return sends().view(ada.accountId, ada.walletId, send.sendId());
  }

  private SendState state(SendView send) {
    return view(send).state();
  }

  /** The chain's news arrive. */
  private void look() {
    house.rooms.chain().follower().catchUp();
    house.rooms.follower().walletsChanged(Set.of(ada.walletId));
  }

  private String nextRequest() {
    requests++;
    return "request-" + requests;
  }

  private SendView sent(long sats) {
    return confirm(propose(ada.request(nextRequest(), sats)));
  }

  private Waiting waiting(SendView send) {
    return sends().bumping().waiting(ada.accountId, ada.walletId, send.sendId());
  }

  private SendRequest faster(SendView send, long rate) {
    return ada.vault.replace(
        ada.cosigners, waiting(send), nextRequest(), send.sendId(), rate, false);
  }

  private SendRequest back(SendView send, long rate) {
    return ada.vault.replace(
        ada.cosigners, waiting(send), nextRequest(), send.sendId(), rate, true);
  }

  private Set<String> mempool() {
    return house.practice.mempool();
  }

  /** What is left of today's limit: a send of nearly all of it is refused with that. */
  private long left() {
    house.practice.faucet(
        Address.parse(
            house.rooms.wallets().anotherAddress(ada.accountId, ada.walletId).address(),
            Network.REGTEST),
        new Sats(700_000));
    house.practice.mine();
    look();
    SendView probe = propose(ada.request(nextRequest(), LIMIT));
    RefusedException refused = catchThrowableOfType(RefusedException.class, () -> confirm(probe));
    assertThat(refused.refusal().is(Token.LIMIT_DAILY)).isTrue();
    String left = Objects.requireNonNull(refused.refusal().data().get("left"));
    return Sats.parseBtc(left.replace(" BTC", "")).value();
  }

  /** Makes the network forget one version and know another, as another miner's view would. */
  private void networkPrefers(SendView send, SendView over) {
    house.practice.rewind(0, Set.of(Objects.requireNonNull(view(over).txid(), "no id yet")));
    byte[] raw = store.find(send.sendId()).orElseThrow().rawTx();
    assertThat(house.practice.broadcast(Objects.requireNonNull(raw)).delivered()).isTrue();
    look();
  }

  @Test
  void fault10ABumpKeepsTheRecipientsAndCountsOnlyTheExtraFee() {
    SendView first = sent(200_000);
    String txid = Objects.requireNonNull(first.txid());
    SendView bump = propose(faster(first, 9_000));
    assertThat(bump.kind()).isEqualTo(SendKind.BUMP);
    assertThat(bump.recipients()).isEqualTo(first.recipients());
    assertThat(bump.note()).isEqualTo("for 200000");
    SendView out = confirm(bump);
    assertThat(mempool()).containsExactly(view(out).txid());
    assertThat(state(first)).isEqualTo(SendState.REPLACED);
    assertThat(view(first).replacedBy()).isEqualTo(bump.sendId());
    assertThat(store.of(ada.walletId)).hasSize(1);
    assertThat(store.find(first.sendId()).orElseThrow().txid()).isEqualTo(txid);
    house.mine(1);
    assertThat(state(out)).isEqualTo(SendState.CONFIRMED);
    assertThat(state(first)).isEqualTo(SendState.REPLACED);
    assertThat(left()).isEqualTo(LIMIT - 200_000 - out.fee());
    house.mine(6);
    assertThat(store.of(ada.walletId)).isEmpty();
    assertThat(house.rooms.coSigner().keyUses()).isEqualTo(2);
  }

  @Test
  void fault10ABumpOfAConfirmedSendIsRefused() {
    SendView first = sent(200_000);
    SendRequest early = faster(first, 9_000);
    SendView waits = propose(faster(first, 12_000));
    house.mine(1);
    Refused.with(Token.ALREADY_CONFIRMED, () -> waiting(first));
    Refused.with(Token.ALREADY_CONFIRMED, () -> propose(early));
    Refused.with(Token.ALREADY_CONFIRMED, () -> confirm(waits));
    assertThat(house.rooms.coSigner().keyUses()).isEqualTo(1);
  }

  @Test
  void fault10TheOriginalConfirmsAfterTheBumpWasSigned() {
    SendView first = sent(200_000);
    SendView bump = confirm(propose(faster(first, 9_000)));
    networkPrefers(first, bump);
    assertThat(state(first)).isEqualTo(SendState.BROADCAST);
    house.mine(1);
    assertThat(state(first)).isEqualTo(SendState.CONFIRMED);
    assertThat(state(bump)).isEqualTo(SendState.REPLACED);
    assertThat(left()).isEqualTo(LIMIT - 200_000 - first.fee());
    house.mine(6);
    assertThat(store.of(ada.walletId)).isEmpty();
    house.pass(Duration.ofMinutes(20));
    house.rooms.follower().lookAfterDue();
    assertThat(mempool()).isEmpty();
  }

  @Test
  void aSendTakenBackPaysNobodyAndFreesTheLimit() {
    SendView first = sent(200_000);
    SendView back = propose(back(first, 9_000));
    assertThat(back.kind()).isEqualTo(SendKind.CANCEL);
    assertThat(back.note()).isEqualTo("Cancelled: for 200000");
    confirm(back);
    assertThat(mempool()).containsExactly(view(back).txid());
    assertThat(state(first)).isEqualTo(SendState.REPLACED);
    house.mine(1);
    assertThat(state(back)).isEqualTo(SendState.CONFIRMED);
    assertThat(house.rooms.wallets().view(ada.accountId, ada.walletId).balance().confirmed())
        .isEqualTo(400_000 - back.fee());
    assertThat(left()).isEqualTo(LIMIT - back.fee());
  }

  @Test
  void theFirstCountsInFullWhileItMayStillConfirm() {
    SendView first = sent(400_000 - 2_000);
    assertThat(first.change()).isNotNull();
    confirm(propose(back(first, 9_000)));
    house.practice.rewind(0, mempool()); // no block may have it while the limit is looked at
    assertThat(left()).isEqualTo(LIMIT - 398_000 - first.fee());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 8})
  void fault16AReorganisationInWhichTheOtherVersionConfirms(int depth) {
    SendView first = sent(200_000);
    SendView back = confirm(propose(back(first, 9_000)));
    house.mine(depth);
    assertThat(state(back)).isEqualTo(SendState.CONFIRMED);
    house.practice.rewind(depth, Set.of(Objects.requireNonNull(view(back).txid())));
    byte[] raw = store.find(first.sendId()).orElseThrow().rawTx();
    house.practice.broadcast(Objects.requireNonNull(raw));
    house.mine(depth + 1);
    assertThat(state(first)).isEqualTo(SendState.CONFIRMED);
    assertThat(state(back)).isEqualTo(SendState.REPLACED);
    assertThat(left()).isEqualTo(LIMIT - 200_000 - first.fee());
    house.mine(6);
    assertThat(store.of(ada.walletId)).isEmpty();
    assertThat(store.due(house.clock.instant().plus(Duration.ofDays(9)), 10)).isEmpty();
  }

  /** A payment to the wallet that waits; its transaction's id. */
  private String incoming(long sats) {
    String address = house.rooms.wallets().anotherAddress(ada.accountId, ada.walletId).address();
    String txid = house.practice.faucet(Address.parse(address, Network.REGTEST), new Sats(sats));
    look();
    return txid;
  }

  private SendView pulled(String payment, long rate) {
    Waiting waiting = sends().bumping().waitingPayment(ada.accountId, ada.walletId, payment);
    assertThat(waiting.vsize()).isBetween(100L, 400L);
    SendRequest child = ada.vault.child(ada.cosigners, waiting, nextRequest(), payment, rate);
    SendView proposed = propose(child);
    assertThat(proposed.kind()).isEqualTo(SendKind.CHILD);
    return confirm(proposed);
  }

  @Test
  void aPaymentThatWaitsIsPulledAlongAndOnlyTheFeeCounts() {
    String payment = incoming(150_000);
    SendView child = pulled(payment, 20_000);
    assertThat(mempool()).containsExactly(payment, view(child).txid());
    var both = Objects.requireNonNull(house.practice.ancestry(view(child).txid()));
    assertThat(both.fee() * 1000 / both.vsize()).isBetween(20_000L, 20_600L);
    assertThat(left()).isEqualTo(LIMIT - child.fee());
    assertThat(state(child)).isEqualTo(SendState.CONFIRMED);
  }

  @Test
  void fault11AChildWhosePaymentIsReplacedIsCancelledAndItsCoinReleased() {
    String payment = incoming(150_000);
    SendView child = pulled(payment, 20_000);
    assertThat(store.of(ada.walletId)).hasSize(1);
    house.practice.rewind(0, Set.of(payment)); // with it goes the child
    Address elsewhere = Address.parse(TestHouse.ELSEWHERE, Network.REGTEST);
    house.practice.faucet(elsewhere, new Sats(150_000)); // spends the same coin
    look();
    assertThat(state(child)).isEqualTo(SendState.CANCELLED);
    assertThat(view(child).reason()).contains("payment");
    assertThat(store.of(ada.walletId)).isEmpty();
    house.mine(1);
    house.pass(Duration.ofMinutes(30));
    house.rooms.follower().lookAfterDue();
    assertThat(mempool()).isEmpty();
    assertThat(state(child)).isEqualTo(SendState.CANCELLED);
    assertThat(left()).isEqualTo(LIMIT);
  }

  @Test
  void aChildThatWasCancelledButConfirmsIsConfirmed() {
    String payment = incoming(150_000);
    byte[] paid =
        Objects.requireNonNull(
            house.rooms.chain().index().previousTransactions(ada.walletId).get(payment));
    SendView child = pulled(payment, 20_000);
    house.practice.rewind(0, Set.of(payment));
    look();
    assertThat(state(child)).isEqualTo(SendState.CANCELLED);
    house.practice.broadcast(paid);
    byte[] raw = store.find(child.sendId()).orElseThrow().rawTx();
    house.practice.broadcast(Objects.requireNonNull(raw));
    house.mine(1);
    assertThat(state(child)).isEqualTo(SendState.CONFIRMED);
  }

  @Test
  void aChildIsSpedUpByAnotherOne() {
    SendView child = pulled(incoming(150_000), 20_000);
    SendView faster = propose(back(child, 90_000));
    assertThat(faster.kind()).isEqualTo(SendKind.CHILD);
    confirm(faster);
    assertThat(mempool()).contains(view(faster).txid()).doesNotContain(view(child).txid());
  }

  @Test
  void aPaymentThatIsConfirmedOrUnknownOrOursIsNotPulledAlong() {
    String payment = incoming(150_000);
    SendView own = sent(100_000);
    Refused.with(
        Token.NOT_REPLACEABLE,
        () -> sends().bumping().waitingPayment(ada.accountId, ada.walletId, view(own).txid()));
    Waiting waiting = sends().bumping().waitingPayment(ada.accountId, ada.walletId, payment);
    SendRequest child = ada.vault.child(ada.cosigners, waiting, nextRequest(), payment, 20_000);
    SendView proposed = propose(child);
    house.mine(1);
    Refused.with(
        Token.ALREADY_CONFIRMED,
        () -> sends().bumping().waitingPayment(ada.accountId, ada.walletId, payment));
    Refused.with(Token.ALREADY_CONFIRMED, () -> confirm(proposed));
    Refused.with(
        Token.NOT_FOUND,
        () -> sends().bumping().waitingPayment(ada.accountId, ada.walletId, "00".repeat(32)));
  }

  @Test
  void twoBumpsOfOneSendTheFirstConfirmedEndsTheOther() {
    SendView first = sent(200_000);
    SendView one = propose(faster(first, 9_000));
    SendView two = propose(back(first, 12_000));
    confirm(one);
    assertThat(state(two)).isEqualTo(SendState.CANCELLED);
    Refused.with(Token.SEND_NOT_PENDING, () -> confirm(two));
    Refused.with(Token.NOT_REPLACEABLE, () -> waiting(first));
    assertThat(mempool()).containsExactly(view(one).txid());
  }

  @Test
  void aBumpThatWasGivenUpIsMadeAgainExactlyAndIsAnother() {
    SendView first = sent(200_000);
    SendView given = propose(faster(first, 9_000));
    sends().cancel(ada.accountId, ada.walletId, given.sendId());
    SendView again = confirm(propose(faster(first, 9_000)));
    assertThat(view(again).txid()).isNotEqualTo(view(given).txid());
    assertThat(mempool()).containsExactly(view(again).txid());
  }

  @Test
  void aBumpIsBumpedAndTakenBack() {
    SendView first = sent(200_000);
    SendView second = confirm(propose(faster(first, 9_000)));
    SendView third = confirm(propose(faster(view(second), 14_000)));
    SendView back = confirm(propose(back(view(third), 20_000)));
    assertThat(mempool()).containsExactly(view(back).txid());
    assertThat(List.of(state(first), state(second), state(third))).containsOnly(SendState.REPLACED);
    networkPrefers(second, back);
    house.mine(1);
    assertThat(state(second)).isEqualTo(SendState.CONFIRMED);
    assertThat(List.of(state(first), state(third), state(back))).containsOnly(SendState.REPLACED);
    assertThat(view(back).replacedBy()).isEqualTo(second.sendId());
    assertThat(left()).isEqualTo(LIMIT - 200_000 - second.fee());
  }

  @Test
  void aReplacementThatTheNetworkRefusesLeavesTheFirstAsItWas() {
    SendView first = sent(200_000);
    SendView bump = propose(faster(first, 9_000));
    Instant now = house.clock.instant();
    assertThat(store.handOver(first.sendId(), bump.sendId())).isEqualTo(1);
    byte[] digest = store.find(bump.sendId()).orElseThrow().digest();
    byte[] seal = TestSends.seals(house).approved(ada.walletId, bump.sendId(), digest, RULES);
    assertThat(store.approve(bump.sendId(), now, now, RULES, seal)).isTrue();
    store.join(first.sendId(), bump.sendId(), first.sendId());
    assertThat(store.signed(bump.sendId(), new byte[] {1}, now)).isTrue(); // nobody takes that
    house.rooms.follower().lookAfterDue();
    assertThat(state(bump)).isEqualTo(SendState.REJECTED);
    assertThat(state(first)).isEqualTo(SendState.BROADCAST);
    assertThat(store.of(ada.walletId)).hasSize(1);
    assertThat(view(first).open()).isTrue();
  }

  @Test
  void liesAboutAReplacementAreRefusedBeforeTheKeyIsTouched() {
    SendView first = sent(200_000);
    SendRequest honest = faster(first, 9_000);
    SendRequest alone =
        new SendRequest(
            nextRequest(),
            honest.psbt(),
            honest.recipients(),
            honest.everything(),
            honest.feeRate(),
            "");
    Refused.with(Token.FOREIGN_INPUT, () -> propose(alone));
    ada.receive(300_000);
    SendRequest other = ada.request(nextRequest(), 150_000);
    SendRequest otherCoins =
        new SendRequest(
            nextRequest(),
            other.psbt(),
            other.recipients(),
            false,
            other.feeRate(),
            "",
            first.sendId(),
            null,
            null);
    SendView second = sent(100_000);
    Refused.with(Token.ALREADY_CONFIRMED, () -> propose(otherCoins));
    SendRequest ofSecond =
        new SendRequest(
            nextRequest(),
            honest.psbt(),
            honest.recipients(),
            false,
            honest.feeRate(),
            "",
            second.sendId(),
            null,
            null);
    Refused.with(Token.FOREIGN_INPUT, () -> propose(ofSecond));
    SendRequest more =
        new SendRequest(
            nextRequest(),
            honest.psbt(),
            List.of(new RecipientLine(TestHouse.ELSEWHERE, 200_001)),
            false,
            honest.feeRate(),
            "",
            second.sendId(),
            null,
            null);
    assertThat(catchThrowableOfType(RefusedException.class, () -> propose(more))).isNotNull();
    SendRequest both =
        new SendRequest(
            nextRequest(), honest.psbt(), honest.recipients(), false, 1, "", "00", "00", null);
    Refused.with(Token.WRONG_VALUE, () -> propose(both));
    assertThat(house.rooms.coSigner().keyUses()).isEqualTo(2);
  }

  @Test
  void aStrangersSendIsNotFound() throws Exception {
    SendView first = sent(200_000);
    Person bob = house.new Person(2);
    Refused.with(
        Token.NOT_FOUND,
        () -> sends().bumping().waiting(bob.accountId, bob.walletId, first.sendId()));
    SendRequest request = faster(first, 9_000);
    Refused.with(Token.NOT_FOUND, () -> sends().propose(bob.accountId, bob.walletId, request));
  }

  @Test
  void aSendOnWhichAnotherBuildsIsNotReplaced() {
    SendView first = sent(200_000);
    SendRequest bump = faster(first, 9_000);
    SendView child = sent(50_000); // spends the change of the first
    assertThat(mempool()).contains(view(child).txid());
    Refused.with(Token.NOT_REPLACEABLE, () -> waiting(first));
    Refused.with(Token.NOT_REPLACEABLE, () -> propose(bump));
  }

  @Test
  void aSendOnChangeOfOneThatIsBeingReplacedIsRefused() {
    SendView first = sent(200_000);
    SendView child = propose(ada.request(nextRequest(), 50_000));
    SendView bump = propose(faster(first, 9_000));
    sends().confirm(ada.accountId, ada.walletId, bump.sendId(), ada.code()); // no news yet
    Refused.with(Token.COINS_TAKEN, () -> confirm(child));
  }

  @Test
  void theReplacementIsHandedOverAgainAndTheFirstIsNot() {
    SendView first = sent(200_000);
    SendView bump = confirm(propose(back(first, 9_000)));
    house.practice.rewind(0, mempool());
    look();
    assertThat(mempool()).isEmpty();
    house.pass(Duration.ofMinutes(15));
    house.rooms.follower().lookAfterDue();
    assertThat(mempool()).containsExactly(view(bump).txid());
  }

  @Test
  void historyTellsOfTheReplacedVersionAfterTheOneThatCounts() {
    SendView first = sent(200_000);
    SendView bump = confirm(propose(faster(first, 9_000)));
    List<HistoryItem> items = house.rooms.book().history(ada.accountId, ada.walletId, null).items();
    assertThat(items.get(0).txid()).isEqualTo(view(bump).txid());
    assertThat(items.get(0).note()).isEqualTo("for 200000");
    assertThat(items.get(1).txid()).isEqualTo(store.find(first.sendId()).orElseThrow().txid());
    assertThat(items.get(1).replacedBy()).isEqualTo(view(bump).txid());
    assertThat(items.get(1).delta()).isEqualTo(-200_000 - first.fee());
  }
}
