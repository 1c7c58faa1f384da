package org.trefoil.custody.envelope.v1;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Base64;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.trefoil.core.RefusedException;
import org.trefoil.core.Token;
import org.trefoil.core.envelope.EnvelopeBinding;
import org.trefoil.core.envelope.SealedUserKey;
import org.trefoil.core.keys.Cosigners;
import org.trefoil.core.keys.Hashes;
import org.trefoil.core.units.Hex;
import org.trefoil.core.units.Network;
import org.trefoil.custody.birth.Born;
import org.trefoil.custody.birth.TestBirths;
import org.trefoil.custody.entropy.TestEntropy;
import org.trefoil.custody.keys.UserSeed;
import org.trefoil.custody.passcode.Passcode;
import org.trefoil.custody.passcode.Stretch;

class EnvelopeTest {
  private static final Born BORN = TestBirths.here(Network.REGTEST, "envelope");
  private static final EnvelopeBinding BINDING =
      EnvelopeBinding.of(BORN.cosigners(), BORN.walletId(), BORN.endorsement());

  @Test
  void opensWithThePasscodeAndGivesTheKeyThatWasSealed() {
    try (UserSeed opened = open(BORN.sealed(), TestBirths.PASSCODE, BINDING)) {
      assertThat(opened.account(Network.REGTEST).cosignerKey())
          .isEqualTo(BORN.cosigners().keys().get(0));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"zebra ladder unique mangO", "zebra ladder unique mango ", "", "x"})
  void c1AnotherPasscodeIsWrong(String passcode) {
    refused(Token.PASSCODE_WRONG, () -> open(BORN.sealed(), passcode, BINDING));
  }

  @Test
  void aByteDamagedAnywhereIsToldApartFromAWrongPasscode() {
    byte[] bytes = BORN.sealed().bytes();
    for (int i = 0; i < bytes.length; i++) {
      byte[] damaged = bytes.clone();
      damaged[i] ^= 0x10;
      refused(Token.ENVELOPE_DAMAGED, () -> SealedUserKey.parse(damaged));
    }
    for (int n : new int[] {0, 1, 156, 158}) {
      refused(Token.ENVELOPE_DAMAGED, () -> SealedUserKey.parse(Arrays.copyOf(bytes, n)));
    }
  }

  @Test
  void aMistypedCharacterAnywhereIsDamage() {
    String text = BORN.sealed().text();
    for (int i = 0; i < text.length(); i++) {
      char other = text.charAt(i) == 'x' ? 'y' : 'x';
      String mistyped = text.substring(0, i) + other + text.substring(i + 1);
      assertThatThrownBy(() -> SealedUserKey.parse(mistyped))
          .isInstanceOfSatisfying(
              RefusedException.class,
              e -> assertThat(e.refusal().token()).isIn("envelope-damaged", "envelope-version"));
    }
    String broken = text.substring(0, 50) + "\n  " + text.substring(50) + "\r\n";
    assertThat(SealedUserKey.parse(broken).text()).isEqualTo(text);
    refused(Token.ENVELOPE_DAMAGED, () -> SealedUserKey.parse(text + "="));
    refused(Token.ENVELOPE_DAMAGED, () -> SealedUserKey.parse(""));
    refused(Token.ENVELOPE_VERSION, () -> SealedUserKey.parse("trefoil2:AAAA"));
  }

  @Test
  void alteredCiphertextUnderANewCheckSumStillDoesNotOpen() {
    for (int at : new int[] {13, 29, 73, 104, 105, 136, 137, 152}) {
      byte[] altered = BORN.sealed().bytes();
      altered[at] ^= 1;
      SealedUserKey forged = resummed(altered);
      refused(Token.PASSCODE_WRONG, () -> open(forged, TestBirths.PASSCODE, BINDING));
    }
  }

  @Test
  void c6AnotherKeySetWalletNetworkOrEndorsementIsRefusedBeforeAnyWork() {
    Cosigners cosigners = BORN.cosigners();
    Cosigners swapped = TestBirths.here(Network.REGTEST, "other").cosigners();
    Cosigners elsewhere =
        new Cosigners(Network.SIGNET, cosigners.scriptType(), 2, cosigners.keys());
    byte[] endorsement = BORN.endorsement();
    byte[] other = endorsement.clone();
    other[5] ^= 1;
    for (EnvelopeBinding binding :
        new EnvelopeBinding[] {
          EnvelopeBinding.of(swapped, BORN.walletId(), endorsement),
          EnvelopeBinding.of(elsewhere, BORN.walletId(), endorsement),
          EnvelopeBinding.of(cosigners, "ff" + BORN.walletId().substring(2), endorsement),
          EnvelopeBinding.of(cosigners, BORN.walletId(), other),
          EnvelopeBinding.of(cosigners, BORN.walletId(), endorsement, true)
        }) {
      try (Passcode passcode = Passcode.typed(TestBirths.PASSCODE.toCharArray())) {
        refused(Token.KEY_SET_CHANGED, () -> Opening.begin(BORN.sealed(), passcode, binding));
      }
    }
  }

  @Test
  void c6AServerThatAltersTheBindingInClearIsUnmaskedByTheSealedOne() {
    Cosigners swapped = TestBirths.here(Network.REGTEST, "other").cosigners();
    EnvelopeBinding evil = EnvelopeBinding.of(swapped, BORN.walletId(), BORN.endorsement());
    byte[] bytes = BORN.sealed().bytes();
    System.arraycopy(evil.digest(), 0, bytes, 41, 32);
    refused(Token.KEY_SET_CHANGED, () -> open(resummed(bytes), TestBirths.PASSCODE, evil));
  }

  @Test
  void c6AServerCannotCallABackupKeyColdThatIsOnPaperNorTheOtherWayRound() {
    EnvelopeBinding cold =
        EnvelopeBinding.of(BORN.cosigners(), BORN.walletId(), BORN.endorsement(), true);
    byte[] bytes = BORN.sealed().bytes();
    System.arraycopy(cold.digest(), 0, bytes, 41, 32);
    refused(Token.KEY_SET_CHANGED, () -> open(resummed(bytes), TestBirths.PASSCODE, cold));
    try (Born born = TestBirths.cold(Network.REGTEST, "really cold")) {
      EnvelopeBinding claimed =
          EnvelopeBinding.of(born.cosigners(), born.walletId(), born.endorsement(), true);
      open(born.sealed(), TestBirths.PASSCODE, claimed).close();
      EnvelopeBinding home =
          EnvelopeBinding.of(born.cosigners(), born.walletId(), born.endorsement());
      refused(Token.KEY_SET_CHANGED, () -> open(born.sealed(), TestBirths.PASSCODE, home));
    }
  }

  @Test
  void aServerCanNeitherWeakenNorBlowUpTheStretch() {
    refused(Token.KDF_TOO_WEAK, () -> open(withCosts(8, 3, 1), "x", BINDING));
    refused(Token.KDF_TOO_WEAK, () -> open(withCosts(65536, 1, 1), "x", BINDING));
    refused(Token.KDF_TOO_COSTLY, () -> open(withCosts(4_000_000, 3, 1), "x", BINDING));
    refused(Token.KDF_TOO_COSTLY, () -> open(withCosts(65536, 65535, 1), "x", BINDING));
    refused(Token.KDF_TOO_COSTLY, () -> open(withCosts(65536, 3, 255), "x", BINDING));
    refused(Token.KDF_TOO_WEAK, () -> open(withCosts(0x80000000, 3, 1), "x", BINDING));
  }

  private static SealedUserKey withCosts(int memory, int passes, int lanes) {
    byte[] bytes = BORN.sealed().bytes();
    for (int i = 0; i < 4; i++) {
      bytes[6 + i] = (byte) (memory >>> (24 - 8 * i));
    }
    bytes[10] = (byte) (passes >>> 8);
    bytes[11] = (byte) passes;
    bytes[12] = (byte) lanes;
    return resummed(bytes);
  }

  @Test
  void laterVersionsAreNamedAsSuch() {
    for (int at : new int[] {4, 5}) {
      byte[] later = BORN.sealed().bytes();
      later[at] = 2;
      refused(Token.ENVELOPE_VERSION, () -> resummed(later));
    }
  }

  @Test
  void sealingTwiceSharesNoSaltNonceOrKey() {
    try (UserSeed seed = UserSeed.fresh(TestEntropy.named("seed"));
        Passcode passcode = Passcode.typed("p".toCharArray())) {
      SealedUserKey one =
          Sealing.begin(seed, passcode, BINDING, Stretch.Params.FLOOR, TestEntropy.named("one"))
              .run();
      SealedUserKey two =
          Sealing.begin(seed, passcode, BINDING, Stretch.Params.FLOOR, TestEntropy.named("two"))
              .run();
      assertThat(Hex.of(one.salt())).isNotEqualTo(Hex.of(two.salt()));
      assertThat(Hex.of(one.nonce())).isNotEqualTo(Hex.of(two.nonce()));
      assertThat(Hex.of(one.ciphertext())).isNotEqualTo(Hex.of(two.ciphertext()));
      assertThat(one.words()).hasSize(4).isNotEqualTo(two.words());
    }
  }

  @Test
  void c1NothingOfTheKeyIsInTheEnvelope() {
    try (UserSeed seed = UserSeed.fresh(TestEntropy.named("seed"));
        Passcode passcode = Passcode.typed("p".toCharArray())) {
      SealedUserKey sealed =
          Sealing.begin(seed, passcode, BINDING, Stretch.Params.FLOOR, TestEntropy.named("e"))
              .run();
      String entropy = Hex.of(seed.exposedEntropy());
      for (int i = 0; i + 8 <= entropy.length(); i += 2) {
        assertThat(Hex.of(sealed.bytes())).doesNotContain(entropy.substring(i, i + 8));
      }
    }
  }

  @Test
  void fitsAQrCode() {
    assertThat(BORN.sealed().text()).hasSize(219).startsWith("trefoil1:");
  }

  private static UserSeed open(SealedUserKey sealed, String typed, EnvelopeBinding binding) {
    try (Passcode passcode = Passcode.typed(typed.toCharArray());
        Opening opening = Opening.begin(sealed, passcode, binding)) {
      return opening.run();
    }
  }

  /** The bytes under a check sum that fits, as a malicious server would make it. */
  private static SealedUserKey resummed(byte[] bytes) {
    byte[] out = bytes.clone();
    System.arraycopy(Hashes.sha256(Arrays.copyOf(out, 153)), 0, out, 153, 4);
    return SealedUserKey.parse(
        "trefoil1:" + Base64.getUrlEncoder().withoutPadding().encodeToString(out));
  }

  private static void refused(Token token, ThrowingCallable action) {
    assertThatThrownBy(action)
        .isInstanceOfSatisfying(
            RefusedException.class, e -> assertThat(e.refusal().token()).isEqualTo(token.token()));
  }
}
