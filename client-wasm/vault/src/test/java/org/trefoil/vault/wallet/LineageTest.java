package org.trefoil.vault.wallet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.trefoil.core.RefusedException;
import org.trefoil.core.keys.Succession;
import org.trefoil.core.wire.Heir;
import org.trefoil.core.wire.SuccessionStatement;
import org.trefoil.core.wire.WalletView;

/** What a server could say about the wallet that comes after another. */
class LineageTest {
  private static final String SECOND = "1123456789abcdef0123456789abcdef";
  private static final String THIRD = "2123456789abcdef0123456789abcdef";

  /** Key set {@code newer} under {@code id}, named by key {@code signer} of set {@code older}. */
  private static Heir heir(int older, String olderId, int newer, String id, String by, int signer) {
    byte[] digest =
        Succession.digest(
            SampleWallet.cosigners(older), olderId, SampleWallet.cosigners(newer), id);
    byte[] signature = SampleWallet.account(signer).sign(digest);
    return heir(SampleWallet.view(id, newer, newer), by, signature);
  }

  private static Heir heir(WalletView view, String by, byte[] signature) {
    return new Heir(
        view, new SuccessionStatement(by, Base64.getEncoder().encodeToString(signature)));
  }

  private static String refusal(@Nullable String pin, Heir... line) {
    return catchThrowableOfType(
            RefusedException.class, () -> Lineage.heir(SampleWallet.known(), List.of(line), pin))
        .refusal()
        .token();
  }

  @Test
  void userAndBackupKeyNameWhatComesAfter() {
    Heir byUser = heir(1, SampleWallet.ID, 10, SECOND, "user", 1);
    Heir byBackup = heir(1, SampleWallet.ID, 10, SECOND, "backup", 2);
    for (Heir heir : List.of(byUser, byBackup)) {
      KnownWallet found = Lineage.heir(SampleWallet.known(), List.of(heir), null);
      assertThat(found.cosigners()).isEqualTo(SampleWallet.cosigners(10));
      String pin = found.fingerprint();
      assertThat(Lineage.heir(SampleWallet.known(), List.of(heir), pin).walletId())
          .isEqualTo(SECOND);
    }
    Heir third = heir(10, SECOND, 20, THIRD, "backup", 11);
    assertThat(Lineage.heir(SampleWallet.known(), List.of(byUser, third), null).cosigners())
        .isEqualTo(SampleWallet.cosigners(20));
  }

  @Test
  void aSuccessorThatTheServerMadeUpIsRefused() {
    String wrong = "succession-wrong";
    assertThat(refusal(null)).isEqualTo(wrong);
    assertThat(refusal(null, heir(1, SampleWallet.ID, 10, SECOND, "user", 10))).isEqualTo(wrong);
    assertThat(refusal(null, heir(1, SampleWallet.ID, 10, SECOND, "server", 3))).isEqualTo(wrong);
    assertThat(refusal(null, heir(1, SampleWallet.ID, 10, SECOND, "user", 2))).isEqualTo(wrong);
    assertThat(refusal(null, heir(1, SampleWallet.ID, 10, SECOND, "nobody", 1))).isEqualTo(wrong);
    assertThat(refusal(null, heir(1, SECOND, 10, SECOND, "user", 1))).isEqualTo(wrong);
  }

  @Test
  void aStatementForOneSuccessorIsNoneForAnother() {
    Heir right = heir(1, SampleWallet.ID, 10, SECOND, "user", 1);
    Heir swapped = new Heir(SampleWallet.view(SECOND, 20, 20), right.succession());
    assertThat(refusal(null, swapped)).isEqualTo("succession-wrong");
    Heir renamed = new Heir(SampleWallet.view(THIRD, 10, 10), right.succession());
    assertThat(refusal(null, renamed)).isEqualTo("succession-wrong");
  }

  @Test
  void aSwappedDescriptorIsNotEndorsedAndAnotherThanThePinnedOneIsRefused() {
    Heir right = heir(1, SampleWallet.ID, 10, SECOND, "user", 1);
    Heir bent = new Heir(SampleWallet.view(SECOND, 20, 10), right.succession());
    assertThat(refusal(null, bent)).isEqualTo("endorsement-wrong");
    String pin = SampleWallet.known().fingerprint();
    assertThat(refusal(pin, right)).isEqualTo("key-set-changed");
  }

  @Test
  void aLinkOfTheLineCannotBeLeftOut() {
    Heir third = heir(10, SECOND, 20, THIRD, "user", 10);
    assertThat(refusal(null, third)).isEqualTo("succession-wrong");
  }
}
