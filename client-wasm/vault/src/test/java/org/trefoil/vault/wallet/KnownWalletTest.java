package org.trefoil.vault.wallet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.trefoil.core.RefusedException;
import org.trefoil.core.keys.Cosigners;
import org.trefoil.core.wire.WalletView;

class KnownWalletTest {
  private static String refusal(WalletView view, @Nullable String pin) {
    return catchThrowableOfType(RefusedException.class, () -> KnownWallet.of(view, pin))
        .refusal()
        .token();
  }

  @Test
  void anEndorsedKeySetIsKnown() {
    KnownWallet wallet = SampleWallet.known();
    assertThat(wallet.cosigners()).isEqualTo(SampleWallet.cosigners(1));
    assertThat(KnownWallet.of(SampleWallet.view(1, 1), wallet.fingerprint()).walletId())
        .isEqualTo(SampleWallet.ID);
  }

  @Test
  void aSwappedKeySetIsNotEndorsed() {
    assertThat(refusal(SampleWallet.view(5, 1), null)).isEqualTo("endorsement-wrong");
  }

  @Test
  void aKeySetThatWasSwappedAsAWholeIsNotThePinnedOne() {
    String pin = SampleWallet.known().fingerprint();
    assertThat(refusal(SampleWallet.view(5, 5), pin)).isEqualTo("key-set-changed");
  }

  @Test
  void anAddressOfTheServersOwnIsRefused() {
    KnownWallet wallet = SampleWallet.known();
    String right = wallet.cosigners().address(0, 3);
    assertThat(wallet.receiveAddress(3, right).text()).isEqualTo(right);
    RefusedException e =
        catchThrowableOfType(RefusedException.class, () -> wallet.receiveAddress(4, right));
    assertThat(e.refusal().token()).isEqualTo("address-not-ours");
  }

  @Test
  void anAddressTooFarOnIsRefused() {
    KnownWallet wallet = SampleWallet.known();
    int last = Cosigners.MOST_INDEX;
    String there = wallet.cosigners().address(0, last);
    assertThat(wallet.receiveAddress(last, there).text()).isEqualTo(there);
    int far = last + 1;
    String right = wallet.cosigners().address(0, far);
    RefusedException e =
        catchThrowableOfType(RefusedException.class, () -> wallet.receiveAddress(far, right));
    assertThat(e.refusal().token()).isEqualTo("address-not-ours");
  }
}
