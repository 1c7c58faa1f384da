package org.trefoil.server.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.trefoil.core.RefusedException;
import org.trefoil.core.Token;
import org.trefoil.core.address.Address;
import org.trefoil.core.keys.KeyRole;
import org.trefoil.core.units.Network;
import org.trefoil.core.units.Sats;
import org.trefoil.core.wire.ActivateRequest;
import org.trefoil.core.wire.DraftWallet;
import org.trefoil.core.wire.Heirs;
import org.trefoil.core.wire.MemberRole;
import org.trefoil.core.wire.NewKeys;
import org.trefoil.core.wire.SendRequest;
import org.trefoil.core.wire.SendState;
import org.trefoil.core.wire.SendView;
import org.trefoil.core.wire.SuccessionStatement;
import org.trefoil.core.wire.WalletState;
import org.trefoil.server.app.TestHouse.Person;
import org.trefoil.server.audit.AuditKind;
import org.trefoil.server.members.Members;
import org.trefoil.server.regain.FactorResets;
import org.trefoil.server.regain.KeyQuestions;
import org.trefoil.server.wallets.Successors;

/** Sheet A or B was seen or lost, or the passcode: another wallet comes after this one. */
class KeyReplacementTest extends LosingKeys {
  @Test
  void newKeysTakeThePlaceOfTheOldAndEverythingMovesThere() {
    String old = wallets().address(ada.accountId, ada.walletId).address();
    Heir heir = new Heir(2).inUse(KeyRole.USER);
    assertThat(view(ada.walletId).state()).isEqualTo(WalletState.REPLACED);
    assertThat(view(heir.walletId).state()).isEqualTo(WalletState.ACTIVE);
    assertThat(view(heir.walletId).name()).isEqualTo(view(ada.walletId).name());
    assertThat(audit()).contains(AuditKind.WALLET_REPLACED);
    assertThat(mailed())
        .containsExactlyInAnyOrder("A wallet has new keys", "New keys were begun for a wallet");
    SendView send = confirm(propose(move("request-m", heir.address(), KeyRole.USER)), ada.code());
    assertThat(send.state()).isEqualTo(SendState.BROADCAST);
    house.mine(1);
    assertThat(view(ada.walletId).balance().confirmed()).isZero();
    assertThat(view(heir.walletId).balance().confirmed()).isEqualTo(1_000_000 - send.fee());
    house.practice.faucet(Address.parse(old, Network.REGTEST), new Sats(70_000));
    house.mine(1);
    assertThat(view(ada.walletId).balance().confirmed()).isEqualTo(70_000);
    confirm(propose(move("request-n", heir.address(), KeyRole.USER)), ada.code());
    house.mine(1);
    assertThat(view(ada.walletId).balance().confirmed()).isZero();
  }

  @Test
  void membersOfReplacedKeysGoAndNobodyComesOrRises() {
    Members members = house.rooms.members();
    house.rooms.address().servedOn(8080);
    Person bob = house.new Person(5);
    String email = wallets().email(bob.accountId);
    members.invite(ada.accountId, ada.walletId, email, MemberRole.VIEWER, ada.code());
    members.accept(bob.accountId, SharedWallet.link(house, email));
    Heir heir = new Heir(2).inUse(KeyRole.USER);
    assertThat(members.circle(ada.accountId, heir.walletId).members()).hasSize(1);
    Refused.with(
        Token.WALLET_REPLACED,
        () ->
            members.change(
                ada.accountId, ada.walletId, bob.accountId, MemberRole.SPENDER, ada.code()));
    Refused.with(
        Token.WALLET_REPLACED,
        () -> members.invite(ada.accountId, ada.walletId, "m@b.c", MemberRole.VIEWER, ada.code()));
    Refused.with(
        Token.ROLE_REFUSED,
        () -> members.change(bob.accountId, ada.walletId, ada.accountId, null, bob.code()));
    members.change(ada.accountId, ada.walletId, bob.accountId, null, ada.code());
    Refused.with(Token.NOT_FOUND, () -> members.circle(bob.accountId, ada.walletId));
  }

  @Test
  void aLostPasscodeIsNoLossTheBackupKeyNamesNewKeysAndMovesTheCoins() {
    Heir heir = new Heir(2).inUse(KeyRole.BACKUP);
    Heirs heirs = successors().heirs(ada.accountId, ada.walletId);
    assertThat(heirs.line()).hasSize(1);
    assertThat(heirs.line().get(0).succession().by()).isEqualTo("backup");
    SendView send =
        confirm(propose(move("request-m", heirs.address(), KeyRole.BACKUP)), ada.code());
    assertThat(send.state()).isEqualTo(SendState.BROADCAST);
    house.mine(1);
    assertThat(view(heir.walletId).balance().confirmed()).isEqualTo(1_000_000 - send.fee());
  }

  @Test
  void aReplacedWalletHandsOutNoAddress() {
    new Heir(2).inUse(KeyRole.USER);
    Refused.with(Token.WALLET_REPLACED, () -> wallets().address(ada.accountId, ada.walletId));
    Refused.with(
        Token.WALLET_REPLACED, () -> wallets().anotherAddress(ada.accountId, ada.walletId));
    Refused.with(Token.WALLET_ALREADY_ACTIVE, () -> wallets().discard(ada.accountId, ada.walletId));
    assertThat(house.rooms.book().history(ada.accountId, ada.walletId, null).items()).hasSize(1);
  }

  @Test
  void aReplacedWalletPaysNobodyButItsHeir() {
    SendView before = propose(ada.request("request-before", 200_000));
    Heir heir = new Heir(2).inUse(KeyRole.USER);
    String own = ada.cosigners.address(0, 0);
    String notHandedOut = heir.cosigners.address(0, 7);
    String change = heir.cosigners.address(1, 0);
    heir.address();
    for (String to : List.of(TestHouse.ELSEWHERE, own, notHandedOut, change)) {
      for (KeyRole by : List.of(KeyRole.USER, KeyRole.BACKUP)) {
        Refused.with(Token.NOT_TO_SUCCESSOR, () -> propose(move(requestFor(to), to, by)));
      }
    }
    Refused.with(Token.NOT_TO_SUCCESSOR, () -> propose(ada.request("request-b", 200_000)));
    Refused.with(Token.NOT_TO_SUCCESSOR, () -> confirm(before, ada.code()));
    assertThat(house.rooms.coSigner().keyUses()).isZero();
  }

  private static String requestFor(String address) {
    return "request-" + address.substring(address.length() - 20);
  }

  @Test
  void aReplacedWalletsHeirMayBeReplacedAndTheCoinsGoToTheLast() {
    Heir second = new Heir(2).inUse(KeyRole.USER);
    Heir third = new Heir(3, second.vault, second.walletId).inUse(KeyRole.BACKUP);
    Heirs heirs = successors().heirs(ada.accountId, ada.walletId);
    assertThat(heirs.line())
        .extracting(heir -> heir.wallet().walletId())
        .containsExactly(second.walletId, third.walletId);
    assertThat(heirs.address()).isEqualTo(third.cosigners.address(0, heirs.index()));
    confirm(propose(move("request-m", heirs.address(), KeyRole.USER)), ada.code());
    house.mine(1);
    assertThat(view(third.walletId).balance().confirmed()).isPositive();
    List<Successors.Family> families = successors().families(ada.accountId);
    assertThat(families).hasSize(1);
    assertThat(families.get(0).wallet().walletId()).isEqualTo(third.walletId);
    assertThat(families.get(0).older())
        .extracting(older -> older.walletId())
        .containsExactly(second.walletId, ada.walletId);
    Successors.Family first = successors().family(ada.accountId, ada.walletId);
    assertThat(first.heir()).isEqualTo(third.walletId);
  }

  @Test
  void theDraftIsTheSameForEverybodyWhoAsksAndCanBeDiscarded() {
    Set<String> ids =
        IntStream.range(0, 50)
            .parallel()
            .mapToObj(i -> successors().draft(ada.accountId, ada.walletId).walletId())
            .collect(Collectors.toSet());
    assertThat(ids).hasSize(1);
    Heir heir = new Heir(2);
    assertThat(ids).containsExactly(heir.walletId);
    heir.stored(KeyRole.USER);
    Refused.with(
        Token.WALLET_ALREADY_STORED, () -> successors().draft(ada.accountId, ada.walletId));
    assertThat(successors().family(ada.accountId, ada.walletId).next()).isEqualTo(heir.walletId);
    wallets().discard(ada.accountId, heir.walletId);
    assertThat(new Heir(3).walletId).isNotEqualTo(heir.walletId);
    assertThat(view(ada.walletId).state()).isEqualTo(WalletState.ACTIVE);
  }

  @Test
  void fiftyActivationsAtOnceUseOneCodeAndReplaceOnce() {
    Heir heir = new Heir(2).stored(KeyRole.USER);
    String code = ada.code();
    IntStream.range(0, 50)
        .parallel()
        .forEach(i -> assertThat(heir.activate(code).state()).isEqualTo(WalletState.ACTIVE));
    assertThat(audit()).containsOnlyOnce(AuditKind.WALLET_REPLACED);
    assertThat(heir.activate("000000").state()).isEqualTo(WalletState.ACTIVE);
  }

  @Test
  void twoBrowsersThatMakeKeysForOneDraftOneIsTold() {
    Heir one = new Heir(2);
    Heir other = new Heir(3);
    assertThat(one.walletId).isEqualTo(other.walletId);
    one.stored(KeyRole.USER);
    Refused.with(Token.WALLET_ALREADY_STORED, () -> other.stored(KeyRole.USER));
  }

  @Test
  void aThiefWithAnOpenSessionStartsNothingThatMatters() {
    Heir thiefs = new Heir(66);
    Refused.with(
        Token.SUCCESSION_WRONG,
        () -> wallets().storeKeys(ada.accountId, thiefs.walletId, thiefs.vault.keys(thiefs.draft)));
    SuccessionStatement own =
        thiefs.vault.names(
            ada.cosigners, ada.walletId, thiefs.cosigners, thiefs.walletId, KeyRole.USER);
    Refused.with(Token.SUCCESSION_WRONG, () -> store(thiefs, own));
    SuccessionStatement server = new SuccessionStatement("server", own.signature());
    Refused.with(Token.SUCCESSION_WRONG, () -> store(thiefs, server));
    assertThat(view(ada.walletId).state()).isEqualTo(WalletState.ACTIVE);
    assertThat(wallets().address(ada.accountId, ada.walletId).address()).isNotEmpty();
  }

  private void store(Heir heir, SuccessionStatement stated) {
    wallets().storeKeys(ada.accountId, heir.walletId, heir.keys(stated));
  }

  @Test
  void aThiefWithPasswordAndSecondFactorAloneGetsNoKeysInPlaceOfOurs() {
    Heir thiefs = new Heir(66);
    SuccessionStatement forged =
        thiefs.vault.names(
            ada.cosigners, ada.walletId, thiefs.cosigners, thiefs.walletId, KeyRole.BACKUP);
    Refused.with(Token.SUCCESSION_WRONG, () -> store(thiefs, forged));
    Refused.with(Token.WRONG_STATE, () -> thiefs.activate(ada.code()));
  }

  @Test
  void aThiefWithSheetAAloneFindsNothing() {
    TestHouse.Person thief = house.new Person(66);
    Refused.with(Token.NOT_FOUND, () -> successors().draft(thief.accountId, ada.walletId));
    Heir heir = new Heir(2);
    Refused.with(
        Token.NOT_FOUND,
        () -> wallets().storeKeys(thief.accountId, heir.walletId, heir.keys(KeyRole.BACKUP)));
    SendRequest move = move("request-t", TestHouse.ELSEWHERE, KeyRole.BACKUP);
    Refused.with(
        Token.NOT_FOUND, () -> house.rooms.sends().propose(thief.accountId, ada.walletId, move));
  }

  @Test
  void aThiefWithSheetAAndPasswordButNoSecondFactorReplacesNothing() {
    Heir thiefs = new Heir(66).stored(KeyRole.BACKUP);
    Refused.with(Token.FACTOR_MISSING, () -> thiefs.activate(null));
    Refused.with(Token.CODE_WRONG, () -> thiefs.activate("000000"));
    assertThat(mailed()).containsExactly("New keys were begun for a wallet");
    String statement = thiefs.vault.statement(thiefs.cosigners, thiefs.walletId, KeyRole.BACKUP);
    Refused.with(
        Token.FACTOR_MISSING,
        () ->
            wallets()
                .activate(
                    ada.accountId,
                    thiefs.walletId,
                    new ActivateRequest("backup", statement, List.of())));
    assertThat(view(ada.walletId).state()).isEqualTo(WalletState.ACTIVE);
    assertThat(view(thiefs.walletId).state()).isEqualTo(WalletState.UNCHECKED);
  }

  @Test
  void aThiefWithSealedKeyAndPasscodeButNoSecondFactorReplacesNothing() {
    Heir thiefs = new Heir(66).stored(KeyRole.USER);
    Refused.with(Token.CODE_WRONG, () -> thiefs.activate("000000"));
    for (int i = 0; i < 20; i++) {
      try {
        thiefs.activate("00000" + i % 10);
      } catch (RefusedException e) {
        assertThat(e.refusal().token()).isIn("code-wrong", "too-many-tries");
      }
    }
    assertThat(view(ada.walletId).state()).isEqualTo(WalletState.ACTIVE);
  }

  @Test
  void aStatementForOneSuccessorFitsNoOther() {
    Heir first = new Heir(2);
    NewKeys keys = first.keys(KeyRole.USER);
    wallets().discard(ada.accountId, first.walletId);
    Heir second = new Heir(2);
    Refused.with(Token.SUCCESSION_WRONG, () -> store(second, keys.succession()));
    TestHouse.Person bob = house.new Person(9);
    SuccessionStatement bobs =
        bob.vault.names(
            bob.cosigners, bob.walletId, second.cosigners, second.walletId, KeyRole.USER);
    Refused.with(Token.SUCCESSION_WRONG, () -> store(second, bobs));
  }

  @Test
  void aWalletThatComesAfterNoneTakesNoSuccession() {
    TestHouse.Person bob = house.new Person(9);
    var draft = wallets().draft(bob.accountId, "Other", "request-other");
    TestVault vault = new TestVault(10);
    NewKeys keys = vault.keys(draft);
    NewKeys claimed =
        new NewKeys(
            keys.userKey(),
            keys.backupKey(),
            false,
            keys.descriptor(),
            keys.endorsement(),
            keys.sealed(),
            keys.firstAddress(),
            bob.vault.names(
                bob.cosigners,
                bob.walletId,
                vault.cosigners(draft),
                draft.walletId(),
                KeyRole.USER),
            null,
            keys.split(),
            null,
            null);
    Refused.with(
        Token.SUCCESSION_WRONG,
        () -> wallets().storeKeys(bob.accountId, draft.walletId(), claimed));
  }

  @Test
  void heirsAreToldOfReplacedWalletsOnly() {
    Refused.with(Token.WRONG_STATE, () -> successors().heirs(ada.accountId, ada.walletId));
  }

  @Test
  void aSuccessorSpeaksForTheAccountAtOnceAndBeforeAWalletThatAGuestMadeMeanwhile() {
    house.clock.forward(Duration.ofDays(30));
    house.rooms.chain().follower().catchUp();
    DraftWallet draft = wallets().draft(ada.accountId, "Planted", "request-planted");
    TestVault guest = new TestVault(66);
    wallets().storeKeys(ada.accountId, draft.walletId(), guest.keys(draft));
    String paper = guest.statement(guest.cosigners(draft), draft.walletId(), KeyRole.BACKUP);
    wallets()
        .activate(ada.accountId, draft.walletId(), new ActivateRequest("backup", paper, List.of()));
    house.clock.forward(Duration.ofHours(1));
    house.rooms.chain().follower().catchUp();
    Heir heir = new Heir(2).inUse(KeyRole.USER);
    FactorResets resets = house.rooms.waysBack().factors();
    assertThat(resets.speakers(ada.accountId))
        .extracting(speaker -> speaker.wallet().walletId())
        .containsExactly(heir.walletId);
    assertThat(resets.ask(ada.accountId, heir.walletId, true).withBackup()).isTrue();
    Refused.with(Token.KEYS_TOO_NEW, () -> resets.ask(ada.accountId, draft.walletId(), true));
    house.clock.forward(KeyQuestions.OLD_ENOUGH);
    assertThat(resets.speakers(ada.accountId)).hasSize(2);
  }
}
