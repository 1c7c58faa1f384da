package org.trefoil.server.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.trefoil.core.Token;
import org.trefoil.core.address.Address;
import org.trefoil.core.keys.Cosigners;
import org.trefoil.core.keys.KeyRole;
import org.trefoil.core.proposal.FeeBounds;
import org.trefoil.core.proposal.FoundSpend;
import org.trefoil.core.proposal.OwnScripts;
import org.trefoil.core.psbt.InputSignature;
import org.trefoil.core.psbt.Psbt;
import org.trefoil.core.units.Network;
import org.trefoil.core.units.Sats;
import org.trefoil.core.wire.ActivateRequest;
import org.trefoil.core.wire.BroughtKey;
import org.trefoil.core.wire.BroughtKeys;
import org.trefoil.core.wire.DraftWallet;
import org.trefoil.core.wire.NewKeys;
import org.trefoil.core.wire.SendRequest;
import org.trefoil.core.wire.SendState;
import org.trefoil.core.wire.SendView;
import org.trefoil.core.wire.WalletState;
import org.trefoil.core.wire.WalletView;
import org.trefoil.server.app.TestHouse.Person;
import org.trefoil.server.spend.Sends;
import org.trefoil.server.store.TestDatabase;

/** Wallets to which several owners bring their keys, from birth to a mined send. */
class SeveralOwnersTest {
  private static final List<String> NAMES = List.of("Ann", "Bob", "Cleo", "Dan", "Eve");

  private TestHouse house;
  private Person ada;

  @BeforeEach
  void open() throws Exception {
    house = new TestHouse(TestDatabase.H2.fresh(), null);
    ada = house.new Person(1);
  }

  @AfterEach
  void close() {
    house.close();
  }

  /** A wallet of Ada's with {@code n - 2} further owners. */
  private final class Shared {
    final List<TestVault> owners = new ArrayList<>();
    final DraftWallet draft;
    final String id;
    final Cosigners cosigners;
    final NewKeys keys;

    Shared(int threshold, int n) {
      for (int i = 0; i < n - 2; i++) {
        owners.add(new TestVault(100 + i));
      }
      draft = house.rooms.wallets().draft(ada.accountId, "Club", "request-" + threshold + n);
      id = draft.walletId();
      cosigners = ada.vault.cosigners(draft, threshold, owners);
      keys = ada.vault.keys(draft, threshold, owners, NAMES);
    }

    Shared stored() {
      house.rooms.wallets().storeKeys(ada.accountId, id, keys);
      return this;
    }

    List<String> proofs() {
      return owners.stream().map(owner -> owner.coldProof(cosigners, id, 0)).toList();
    }

    WalletView activate(List<String> proofs) {
      String statement = ada.vault.statement(cosigners, id, KeyRole.USER);
      ActivateRequest request = new ActivateRequest("user", statement, proofs);
      return house.rooms.wallets().activate(ada.accountId, id, request);
    }

    Shared funded() {
      stored().activate(proofs());
      return paid();
    }

    Shared paid() {
      String address = house.rooms.wallets().address(ada.accountId, id).address();
      house.practice.faucet(Address.parse(address, Network.REGTEST), new Sats(900_000));
      house.mine(1);
      return this;
    }

    SendRequest request(String requestId) {
      return request(requestId, TestHouse.ELSEWHERE, 200_000);
    }

    SendRequest request(String requestId, String to, long sats) {
      return ada.vault.send(
          cosigners, house.rooms.book().spendable(ada.accountId, id), requestId, to, sats);
    }

    SendView propose(String requestId) {
      return sends().propose(ada.accountId, id, request(requestId));
    }

    long reserved() {
      return house.rooms.wallets().view(ada.accountId, id).balance().reserved();
    }

    byte[] psbt(SendView send) {
      return sends().psbt(ada.accountId, id, send.sendId());
    }

    SendView add(SendView send, String psbt) {
      return sends().addSignatures(ada.accountId, id, send.sendId(), psbt);
    }

    SendView sign(SendView send, int owner) {
      return add(send, owners.get(owner).signAsOwner(cosigners, psbt(send)));
    }

    SendView confirm(SendView send, String code) {
      return sends().confirm(ada.accountId, id, send.sendId(), code);
    }

    SendView view(SendView send) {
      return sends().view(ada.accountId, id, send.sendId());
    }
  }

  private Sends sends() {
    return house.rooms.sends();
  }

  @Test
  void becomesActiveOnceEachOwnerHasSigned() {
    Shared club = new Shared(3, 5).stored();
    List<String> proofs = club.proofs();
    Refused.with(Token.COLD_PROOF_MISSING, () -> club.activate(List.of()));
    Refused.with(Token.COLD_PROOF_MISSING, () -> club.activate(proofs.subList(0, 2)));
    List<String> twice = List.of(proofs.get(0), proofs.get(0), proofs.get(2));
    Refused.with(Token.COLD_PROOF_WRONG, () -> club.activate(twice));
    List<String> more = List.of(proofs.get(0), proofs.get(1), proofs.get(2), proofs.get(2));
    Refused.with(Token.WRONG_VALUE, () -> club.activate(more));
    WalletView active = club.activate(proofs);
    assertThat(active.state()).isEqualTo(WalletState.ACTIVE);
    assertThat(active.owners()).containsExactly("Ann", "Bob", "Cleo");
    assertThat(active.descriptor()).startsWith("wsh(sortedmulti(3,");
    assertThat(house.rooms.wallets().address(ada.accountId, club.id).address())
        .isEqualTo(club.cosigners.address(0, 0));
  }

  @Test
  void numbersNamesAndKeysAreCheckedHereAgain() {
    Shared club = new Shared(3, 4);
    BroughtKeys brought = club.keys.brought();
    BroughtKey ann = brought.keys().get(0);
    refused(club, Token.QUORUM_NUMBERS, new BroughtKeys(1, brought.keys()));
    refused(club, Token.QUORUM_NUMBERS, new BroughtKeys(5, brought.keys()));
    refused(club, Token.KEYS_DO_NOT_MATCH, new BroughtKeys(2, brought.keys()));
    refused(club, Token.KEYS_DO_NOT_MATCH, new BroughtKeys(3, List.of(ann)));
    BroughtKey sameName = new BroughtKey("Ann", brought.keys().get(1).key());
    refused(club, Token.OWNER_NAME, new BroughtKeys(3, List.of(ann, sameName)));
    refused(
        club,
        Token.KEY_REPEATED,
        new BroughtKeys(3, List.of(ann, new BroughtKey("Bob", ann.key()))));
    for (String name : List.of("", " ", "a\nb", "x".repeat(41), " Ann", "a\u202eb")) {
      refused(
          club,
          Token.OWNER_NAME,
          new BroughtKeys(3, List.of(new BroughtKey(name, ann.key()), sameName)));
    }
    refused(club, Token.WRONG_VALUE, null);
    List<BroughtKey> six = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      six.add(new BroughtKey("Owner " + i, ann.key()));
    }
    refused(club, Token.QUORUM_NUMBERS, new BroughtKeys(3, six));
    assertThat(house.rooms.wallets().view(ada.accountId, club.id).state())
        .isEqualTo(WalletState.DRAFT);
  }

  private void refused(
      Shared club, Token token, @org.jspecify.annotations.Nullable BroughtKeys brought) {
    NewKeys good = club.keys;
    NewKeys bad =
        new NewKeys(
            good.userKey(),
            null,
            true,
            good.descriptor(),
            good.endorsement(),
            good.sealed(),
            good.firstAddress(),
            null,
            brought,
            null,
            null,
            null);
    Refused.with(token, () -> house.rooms.wallets().storeKeys(ada.accountId, club.id, bad));
  }

  @ParameterizedTest
  @CsvSource({"2,2", "2,4", "2,7"})
  void ofTwoThatSignTheServerIsTheSecond(int threshold, int n) {
    Shared club = new Shared(threshold, n).funded();
    SendView asked = club.propose("request-a");
    assertThat(asked.state()).isEqualTo(SendState.NEEDS_FACTOR);
    SendView out = club.confirm(asked, ada.code());
    assertThat(house.practice.mempool()).containsExactly(out.txid());
    house.mine(1);
    assertThat(club.view(asked).state()).isEqualTo(SendState.CONFIRMED);
  }

  @ParameterizedTest
  @CsvSource({"3,3", "3,5", "4,5", "7,7"})
  void othersSignFirstAndTheServerLastOnTheCode(int threshold, int n) {
    Shared club = new Shared(threshold, n).funded();
    SendView asked = club.propose("request-a");
    assertThat(asked.state()).isEqualTo(SendState.NEEDS_SIGNATURES);
    assertThat(asked.signers()).containsExactly("user");
    for (int owner = 0; owner < threshold - 2; owner++) {
      SendView waits = club.view(asked);
      assertThat(waits.missing()).isEqualTo(threshold - 2 - owner);
      Refused.with(Token.OWNERS_MISSING, () -> club.confirm(asked, "000000"));
      assertThat(house.rooms.coSigner().keyUses()).isZero();
      club.sign(asked, owner);
    }
    SendView whole = club.view(asked);
    assertThat(whole.state()).isEqualTo(SendState.NEEDS_FACTOR);
    assertThat(whole.signers()).hasSize(threshold - 1);
    Refused.with(Token.CODE_WRONG, () -> club.confirm(asked, "000000"));
    assertThat(house.rooms.coSigner().keyUses()).isZero();
    SendView out = club.confirm(asked, ada.code());
    assertThat(house.practice.mempool()).containsExactly(out.txid());
    assertThat(house.rooms.coSigner().keyUses()).isEqualTo(1);
    house.mine(1);
    assertThat(club.view(asked).state()).isEqualTo(SendState.CONFIRMED);
  }

  /** Whoever lost the passcode has no user key any more: the others are enough. */
  @ParameterizedTest
  @CsvSource({"2,4", "3,5", "4,6"})
  void aSendThatAnotherOwnerBeganGoesOutWithoutTheUserKey(int threshold, int n) {
    Shared club = new Shared(threshold, n).funded();
    var spendable = house.rooms.book().spendable(ada.accountId, club.id);
    SendRequest anns =
        club.owners
            .get(0)
            .sendByBackup(club.cosigners, spendable, "request-a", TestHouse.ELSEWHERE, 200_000);
    SendView asked = sends().propose(ada.accountId, club.id, anns);
    assertThat(asked.signers()).containsExactly(KeyRole.OWNER_1.id());
    for (int owner = 1; owner < threshold - 1; owner++) {
      assertThat(club.view(asked).state()).isEqualTo(SendState.NEEDS_SIGNATURES);
      Refused.with(Token.OWNERS_MISSING, () -> club.confirm(asked, "000000"));
      club.sign(asked, owner);
    }
    SendView whole = club.view(asked);
    assertThat(whole.state()).isEqualTo(SendState.NEEDS_FACTOR);
    assertThat(whole.signers()).hasSize(threshold - 1).doesNotContain(KeyRole.USER.id());
    Refused.with(Token.CODE_WRONG, () -> club.confirm(asked, "000000"));
    SendView out = club.confirm(asked, ada.code());
    assertThat(house.practice.mempool()).containsExactly(out.txid());
    house.mine(1);
    assertThat(club.view(asked).state()).isEqualTo(SendState.CONFIRMED);
  }

  @Test
  void onlySignaturesOfItsOwnersOverExactlyThisSendAreAdded() {
    Shared club = new Shared(3, 5).funded();
    SendView asked = club.propose("request-a");
    byte[] psbt = club.psbt(asked);
    String unsigned = Psbt.parse(psbt).base64();
    Refused.with(Token.NOT_SIGNED_YET, () -> club.add(asked, unsigned));
    Refused.with(Token.PSBT_MALFORMED, () -> club.add(asked, "AAAA"));
    Psbt byBob = Psbt.parseBase64(club.owners.get(1).signAsOwner(club.cosigners, psbt));
    var signatures = byBob.inputs().get(0).partialSignatures();
    byte[] key =
        FoundSpend.of(byBob, new OwnScripts(club.cosigners), FeeBounds.standard())
            .publicKey(0, KeyRole.OWNER_1);
    byte[] stolen = signatures.get(signatures.size() - 1).signature();
    String asAnn =
        Psbt.parse(psbt).withSignatures(List.of(InputSignature.of(0, key, stolen))).base64();
    Refused.with(Token.SIGNATURE_WRONG, () -> club.add(asked, asAnn));
    club.paid();
    SendView other = club.propose("request-b");
    String otherSpend = club.owners.get(1).signAsOwner(club.cosigners, club.psbt(other));
    Refused.with(Token.OTHER_SPEND, () -> club.add(asked, otherSpend));
    assertThat(club.view(asked).missing()).isEqualTo(1);
    assertThat(house.rooms.coSigner().keyUses()).isZero();
  }

  @Test
  void itsCoinsAreHeldFromTheFirstSignatureUntilItIsOver() {
    Shared club = new Shared(3, 5).funded();
    SendRequest twin = club.request("request-b");
    SendView asked = club.propose("request-a");
    assertThat(club.reserved()).isEqualTo(900_000);
    Refused.with(Token.COINS_TAKEN, () -> sends().propose(ada.accountId, club.id, twin));
    club.sign(asked, 0);
    assertThat(club.reserved()).isEqualTo(900_000);
    sends().cancel(ada.accountId, club.id, asked.sendId());
    assertThat(club.reserved()).isZero();
    SendView second = sends().propose(ada.accountId, club.id, twin);
    club.sign(second, 1);
    club.confirm(second, ada.code());
    house.mine(1);
    assertThat(club.view(second).state()).isEqualTo(SendState.CONFIRMED);
    SendView late = club.propose("request-c");
    house.pass(Duration.ofDays(7));
    Refused.with(Token.SEND_EXPIRED, () -> club.confirm(late, ada.code()));
    assertThat(club.reserved()).isZero();
  }

  @Test
  void newKeysTakeThePlaceOfTheOldAndTheOldOwnersSignTheMove() {
    Shared club = new Shared(3, 4).funded();
    TestVault fresh = new TestVault(7);
    List<TestVault> owners = List.of(club.owners.get(0), new TestVault(200));
    DraftWallet next = house.rooms.successors().draft(ada.accountId, club.id);
    String heir = next.walletId();
    Cosigners cosigners = fresh.cosigners(next, 3, owners);
    NewKeys keys = fresh.keys(next, 3, owners, List.of("Ann", "Dora"));
    Refused.with(
        Token.SUCCESSION_WRONG, () -> house.rooms.wallets().storeKeys(ada.accountId, heir, keys));
    NewKeys named =
        new NewKeys(
            keys.userKey(),
            null,
            true,
            keys.descriptor(),
            keys.endorsement(),
            keys.sealed(),
            keys.firstAddress(),
            ada.vault.names(club.cosigners, club.id, cosigners, heir, KeyRole.USER),
            keys.brought(),
            null,
            null,
            null);
    house.rooms.wallets().storeKeys(ada.accountId, heir, named);
    List<String> proofs =
        owners.stream().map(owner -> owner.coldProof(cosigners, heir, 0)).toList();
    String statement = fresh.statement(cosigners, heir, KeyRole.USER);
    ActivateRequest request = new ActivateRequest("user", statement, proofs, ada.code());
    assertThat(house.rooms.successors().activate(ada.accountId, heir, request).owners())
        .containsExactly("Ann", "Dora");
    assertThat(house.rooms.wallets().view(ada.accountId, club.id).state())
        .isEqualTo(WalletState.REPLACED);

    Refused.with(Token.NOT_TO_SUCCESSOR, () -> club.propose("request-x"));
    String to = house.rooms.successors().heirs(ada.accountId, club.id).address();
    assertThat(to).isEqualTo(cosigners.address(0, 0));
    SendView move = sends().propose(ada.accountId, club.id, club.request("request-m", to, 890_000));
    assertThat(move.state()).isEqualTo(SendState.NEEDS_SIGNATURES);
    club.sign(move, 1);
    club.confirm(move, ada.code());
    house.mine(1);
    assertThat(house.rooms.wallets().view(ada.accountId, heir).balance().confirmed())
        .isEqualTo(890_000);
  }

  @Test
  void waitsAWeekCanBeCancelledAndStandardSendsTakeNoOthers() {
    Shared club = new Shared(3, 5).funded();
    SendView asked = club.propose("request-a");
    String signed = club.owners.get(0).signAsOwner(club.cosigners, club.psbt(asked));
    house.pass(Duration.ofDays(6));
    assertThat(sends().waiting(ada.accountId, club.id))
        .extracting(SendView::sendId)
        .contains(asked.sendId());
    house.pass(Duration.ofDays(1));
    Refused.with(Token.SEND_EXPIRED, () -> club.add(asked, signed));
    assertThat(sends().waiting(ada.accountId, club.id)).isEmpty();
    assertThat(club.view(asked).state()).isEqualTo(SendState.EXPIRED);
    house.rooms.follower().expire();
    SendView second = club.propose("request-b");
    sends().cancel(ada.accountId, club.id, second.sendId());
    assertThat(club.reserved()).isZero();
    Refused.with(Token.SEND_NOT_PENDING, () -> club.add(second, signed));
    ada.receive(500_000);
    SendView standard =
        sends()
            .propose(
                ada.accountId,
                ada.walletId,
                ada.vault.send(
                    ada.cosigners,
                    house.rooms.book().spendable(ada.accountId, ada.walletId),
                    "request-c",
                    TestHouse.ELSEWHERE,
                    100_000));
    assertThat(standard.state()).isEqualTo(SendState.NEEDS_FACTOR);
    Refused.with(
        Token.SEND_NOT_PENDING,
        () -> sends().addSignatures(ada.accountId, ada.walletId, standard.sendId(), signed));
  }
}
