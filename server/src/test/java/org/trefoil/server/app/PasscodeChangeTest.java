package org.trefoil.server.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.trefoil.core.RefusedException;
import org.trefoil.core.Token;
import org.trefoil.core.keys.KeyRole;
import org.trefoil.core.wire.PasscodeRequest;
import org.trefoil.core.wire.WalletView;
import org.trefoil.server.audit.AuditKind;
import org.trefoil.server.audit.AuditLog;
import org.trefoil.server.audit.AuditStore;
import org.trefoil.server.duress.Duress;
import org.trefoil.server.store.EnvelopeRows;
import org.trefoil.server.store.JdbiAccountStore;
import org.trefoil.server.store.JdbiDuressStore;
import org.trefoil.server.store.JdbiOpeningStore;
import org.trefoil.server.store.JdbiWalletStore;
import org.trefoil.server.wallets.Passcodes;

class PasscodeChangeTest extends LosingKeys {
  private WalletView change(PasscodeRequest request) {
    return house.rooms.passcodes().change(ada.accountId, ada.walletId, request);
  }

  private PasscodeRequest reseal(int salt, String code) {
    return ada.vault.reseal(view(ada.walletId), salt, KeyRole.USER, code);
  }

  private List<String> rows() {
    return new EnvelopeRows(house.foundation.database()).all();
  }

  @Test
  void theNewEnvelopeTakesTheRowOfTheOldOneOfWhichNothingIsLeft() {
    WalletView before = view(ada.walletId);
    PasscodeRequest request = reseal(1, ada.code());
    WalletView after = change(request);
    assertThat(after.sealed()).isEqualTo(request.sealed()).isNotEqualTo(before.sealed());
    assertThat(after.descriptor()).isEqualTo(before.descriptor());
    assertThat(rows()).containsExactly(request.sealed());
    assertThat(audit()).contains(AuditKind.PASSCODE_CHANGED);
    assertThat(mailed()).containsExactly("The passcode of a wallet is changed");
  }

  @Test
  void theSameAgainChangesNothingAndUsesNoCodeUp() {
    PasscodeRequest request = reseal(1, ada.code());
    WalletView after = change(request);
    assertThat(change(request)).isEqualTo(after);
    assertThat(audit()).containsOnlyOnce(AuditKind.PASSCODE_CHANGED);
    assertThat(mailed()).hasSize(1);
    change(reseal(2, ada.code()));
    Refused.with(Token.PASSCODE_CHANGED_ELSEWHERE, () -> change(request));
  }

  @Test
  void aThiefWithTheSessionAndACodeButNoPasscodePutsNoWorthlessEnvelopeThere() {
    String sealed = view(ada.walletId).sealed();
    PasscodeRequest byBackup = ada.vault.reseal(view(ada.walletId), 1, KeyRole.BACKUP, ada.code());
    Refused.with(Token.RESEALING_WRONG, () -> change(byBackup));
    PasscodeRequest thiefs =
        new TestVault(66).reseal(view(ada.walletId), 1, KeyRole.USER, ada.code());
    Refused.with(Token.RESEALING_WRONG, () -> change(thiefs));
    PasscodeRequest right = reseal(1, ada.code());
    PasscodeRequest bent =
        new PasscodeRequest(
            right.old(),
            right.sealed(),
            byBackup.signature(),
            right.secondSlot(),
            right.mark(),
            right.code());
    Refused.with(Token.RESEALING_WRONG, () -> change(bent));
    assertThat(rows()).containsExactly(sealed);
  }

  @Test
  void aThiefWithSealedKeyAndPasscodeButNoCodeChangesNothing() {
    String sealed = view(ada.walletId).sealed();
    Refused.with(Token.CODE_WRONG, () -> change(reseal(1, "000000")));
    String used = ada.code();
    change(reseal(2, used));
    Refused.with(Token.CODE_USED, () -> change(reseal(3, used)));
    assertThat(view(ada.walletId).sealed()).isNotEqualTo(sealed);
  }

  @Test
  void anEnvelopeOfAnotherWalletIsRefusedAndAStrangersRequestToo() {
    TestHouse.Person bob = house.new Person(2);
    WalletView bobs = wallets().view(bob.accountId, bob.walletId);
    PasscodeRequest foreign = bob.vault.reseal(bobs, 1, KeyRole.USER, ada.code());
    Refused.with(Token.KEY_SET_CHANGED, () -> change(foreign));
    PasscodeRequest adas = reseal(1, bob.code());
    Refused.with(
        Token.NOT_FOUND, () -> house.rooms.passcodes().change(bob.accountId, ada.walletId, adas));
  }

  @Test
  void ofFiftyBrowsersAtOnceOneChangesItAndTheOthersAreTold() {
    String code = ada.code();
    List<PasscodeRequest> all =
        IntStream.range(1, 51).mapToObj(salt -> reseal(salt, code)).toList();
    AtomicInteger told = new AtomicInteger();
    all.parallelStream()
        .forEach(
            request -> {
              try {
                change(request);
              } catch (RefusedException e) {
                assertThat(e.refusal().token())
                    .isIn("passcode-changed-elsewhere", "code-used", "too-many-tries");
                told.incrementAndGet();
              }
            });
    assertThat(told).hasValue(49);
    assertThat(audit()).containsOnlyOnce(AuditKind.PASSCODE_CHANGED);
    assertThat(all).extracting(PasscodeRequest::sealed).contains(view(ada.walletId).sealed());
  }

  @Test
  void whatBreaksInTheMidstLeavesTheOldEnvelopeAndTheCodeUnused() {
    String sealed = view(ada.walletId).sealed();
    AuditStore full =
        event -> {
          throw new IllegalStateException("disk full");
        };
    Passcodes broken =
        new Passcodes(
            wallets(),
            new JdbiWalletStore(house.foundation.database()),
            new JdbiOpeningStore(house.foundation.database()),
            house.rooms.factors(),
            new Duress(
                new JdbiDuressStore(house.foundation.database()),
                whose -> {},
                house.foundation.database(),
                new AuditLog(full, house.clock),
                house.clock),
            house.foundation.database(),
            new AuditLog(full, house.clock),
            new Notices(
                new JdbiAccountStore(house.foundation.database()), house.rooms.post().room()));
    PasscodeRequest request = reseal(1, ada.code());
    assertThatThrownBy(() -> broken.change(ada.accountId, ada.walletId, request))
        .hasMessage("disk full");
    assertThat(mailed()).isEmpty();
    assertThat(rows()).containsExactly(sealed);
    assertThat(change(request).sealed()).isEqualTo(request.sealed());
  }
}
