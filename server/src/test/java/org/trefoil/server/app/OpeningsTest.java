package org.trefoil.server.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.trefoil.core.Token;
import org.trefoil.core.envelope.WrappedKey;
import org.trefoil.core.keys.KeyRole;
import org.trefoil.core.wire.OpeningRequest;
import org.trefoil.core.wire.PasskeyOpening;
import org.trefoil.core.wire.WalletView;
import org.trefoil.server.audit.AuditKind;
import org.trefoil.server.passkey.Passkey;
import org.trefoil.server.wallets.Openings;

/** Passkeys as another way into an envelope: who adds one, and what ends it. */
class OpeningsTest extends LosingKeysOnBoth {
  private static final String WRAPPED =
      WrappedKey.of(WrappedKey.header(65_536, 3, 1, new byte[16], new byte[12]), new byte[48])
          .text();

  private Passkey phone;

  @Override
  TestHouse house() throws IOException {
    TestHouse house = super.house();
    house.rooms.address().servedOn(8080);
    return house;
  }

  @BeforeEach
  void addPasskey() {
    phone = passkeyOf(ada, "Phone");
  }

  private Passkey passkeyOf(TestHouse.Person person, String name) {
    return new TestPasskey(PasskeysTest.HERE).addTo(house, person.accountId, name, "");
  }

  private Openings openings() {
    return house.rooms.openings();
  }

  private static PasskeyOpening way(Passkey passkey, int salt) {
    byte[] salts = new byte[32];
    salts[0] = (byte) salt;
    Base64.Encoder encoder = Base64.getEncoder();
    return new PasskeyOpening(
        encoder.encodeToString(passkey.credentialId()), encoder.encodeToString(salts), WRAPPED);
  }

  private void add(PasskeyOpening way, String sealed, String code) {
    openings()
        .add(
            ada.accountId,
            ada.walletId,
            new OpeningRequest(way, sealed, view(ada.walletId).secondSlot(), code));
  }

  private void add(Passkey passkey, int salt) {
    add(way(passkey, salt), view(ada.walletId).sealed(), ada.code());
  }

  private List<PasskeyOpening> ways() {
    return openings().list(ada.accountId, ada.walletId).stream()
        .map(Openings.Opening::way)
        .toList();
  }

  @Test
  void itIsKeptForTheOwnerAloneAndToldByMail() {
    add(phone, 1);
    assertThat(ways()).containsExactly(way(phone, 1));
    assertThat(audit()).contains(AuditKind.OPENING_ADDED);
    assertThat(mailed()).contains("A passkey opens the key of a wallet");
    TestHouse.Person bob = house.new Person(2);
    Refused.with(Token.NOT_FOUND, () -> openings().list(bob.accountId, ada.walletId));
    WalletView seen = wallets().view(ada.accountId, ada.walletId);
    assertThat(seen.openings()).isEmpty();
    assertThat(passkeyDoor().opened(ada.accountId, seen).openings()).containsExactly(way(phone, 1));
  }

  @Test
  void aPasskeyHasOneForEachWalletAndTheNewerCounts() {
    add(phone, 1);
    Passkey key = passkeyOf(ada, "Key");
    add(key, 2);
    add(phone, 3);
    assertThat(ways()).containsExactlyInAnyOrder(way(key, 2), way(phone, 3));
  }

  @Test
  void aThiefOfTheSessionWithoutTheFactorAddsAndRemovesNone() {
    add(phone, 1);
    String sealed = view(ada.walletId).sealed();
    Refused.with(Token.CODE_WRONG, () -> add(way(phone, 2), sealed, "000000"));
    Refused.with(
        Token.CODE_WRONG,
        () -> openings().remove(ada.accountId, ada.walletId, phone.passkeyId(), "000000"));
    assertThat(ways()).containsExactly(way(phone, 1));
  }

  @Test
  void foreignPasskeysForeignWalletsAndNonsenseAreRefused() {
    TestHouse.Person bob = house.new Person(2);
    Passkey bobs = passkeyOf(bob, "Phone");
    String sealed = view(ada.walletId).sealed();
    String code = ada.code();
    Refused.with(Token.PASSKEY_REFUSED, () -> add(way(bobs, 1), sealed, code));
    Refused.with(
        Token.NOT_FOUND,
        () ->
            openings()
                .add(
                    bob.accountId,
                    ada.walletId,
                    new OpeningRequest(way(bobs, 1), sealed, null, bob.code())));
    PasskeyOpening good = way(phone, 1);
    Refused.with(
        Token.WRONG_VALUE,
        () -> add(new PasskeyOpening(good.credential(), "AAAA", WRAPPED), sealed, code));
    Refused.with(
        Token.ENVELOPE_DAMAGED,
        () -> add(new PasskeyOpening(good.credential(), good.salt(), "AAAA"), sealed, code));
    Refused.with(Token.PASSCODE_CHANGED_ELSEWHERE, () -> add(good, "trefoil1:other", code));
    String slot = Base64.getEncoder().encodeToString(new byte[92]);
    Refused.with(
        Token.PASSCODE_CHANGED_ELSEWHERE,
        () ->
            openings()
                .add(ada.accountId, ada.walletId, new OpeningRequest(good, sealed, slot, code)));
    assertThat(ways()).isEmpty();
    add(good, sealed, code);
    assertThat(ways()).hasSize(1);
  }

  @Test
  void itIsRemovedForACodeAndNotTwice() {
    add(phone, 1);
    openings().remove(ada.accountId, ada.walletId, phone.passkeyId(), ada.code());
    assertThat(ways()).isEmpty();
    assertThat(audit()).contains(AuditKind.OPENING_REMOVED);
    assertThat(mailed()).contains("A passkey does not open the key of a wallet any more");
    Refused.with(
        Token.NOT_FOUND,
        () -> openings().remove(ada.accountId, ada.walletId, phone.passkeyId(), ada.code()));
  }

  @Test
  void itGoesWithThePasskey() {
    add(phone, 1);
    house.rooms.passkeys().remove(ada.accountId, phone.passkeyId(), "");
    assertThat(ways()).isEmpty();
  }

  @Test
  void itGoesWhenAllPasskeysDo() {
    add(phone, 1);
    house.foundation.database().run(() -> house.rooms.passkeys().removeAll(ada.accountId));
    assertThat(ways()).isEmpty();
  }

  @Test
  void anotherEnvelopeEndsAllOfTheWalletInItsOwnTransaction() {
    add(phone, 1);
    add(passkeyOf(ada, "Key"), 2);
    house
        .rooms
        .passcodes()
        .change(
            ada.accountId,
            ada.walletId,
            ada.vault.reseal(view(ada.walletId), 1, KeyRole.USER, ada.code()));
    assertThat(ways()).isEmpty();
  }

  @Test
  void newKeysEndThem() {
    add(phone, 1);
    new Heir(7).inUse(KeyRole.USER);
    assertThat(openings().list(ada.accountId, ada.walletId)).isEmpty();
    Refused.with(Token.WALLET_REPLACED, () -> add(phone, 1));
  }
}
