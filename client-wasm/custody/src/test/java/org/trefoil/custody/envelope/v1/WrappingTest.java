package org.trefoil.custody.envelope.v1;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Base64;
import java.util.Random;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.trefoil.core.RefusedException;
import org.trefoil.core.Token;
import org.trefoil.core.envelope.EnvelopeBinding;
import org.trefoil.core.envelope.Marks;
import org.trefoil.core.envelope.WrapContext;
import org.trefoil.core.envelope.WrappedKey;
import org.trefoil.core.keys.Hashes;
import org.trefoil.core.units.Network;
import org.trefoil.core.wire.SecondSlot;
import org.trefoil.custody.birth.Born;
import org.trefoil.custody.birth.TestBirths;
import org.trefoil.custody.entropy.TestEntropy;
import org.trefoil.custody.passcode.Passcode;
import org.trefoil.custody.passcode.PrfOutput;
import org.trefoil.custody.passcode.Stretch;

class WrappingTest {
  private static final String SECOND = "marble copper willow tango";
  private static final String PIN = "plum-8314";
  private static final byte[] SALT = TestEntropy.named("salt").bytes(32);
  private static final byte[] CREDENTIAL = TestEntropy.named("credential").bytes(20);
  private static final byte[] PRF = TestEntropy.named("prf").bytes(32);
  private static final byte[] DONE = Hashes.sha256(new byte[] {1});
  private static final Born BORN = TestBirths.here(Network.REGTEST, "wrapping");
  private static final EnvelopeBinding BINDING =
      EnvelopeBinding.of(BORN.cosigners(), BORN.walletId(), BORN.endorsement());
  private static SecondSlot beside;
  private static WrapContext bound;
  private static WrappedKey first;
  private static WrappedKey second;

  @BeforeAll
  static void wrapBoth() {
    try (Opened opened = open(TestBirths.PASSCODE);
        Passcode other = Passcode.typed(SECOND.toCharArray())) {
      beside =
          TwoSlots.second(
                  opened.seed(), other, BORN.sealed(), opened.marker(), TestEntropy.named("second"))
              .run();
    }
    bound = context(BORN, SALT, CREDENTIAL);
    first = wrap(TestBirths.PASSCODE, "first wrap");
    second = wrap(SECOND, "second wrap");
  }

  @AfterAll
  static void close() {
    BORN.close();
  }

  private static WrapContext context(Born born, byte[] salt, byte[] credential) {
    return WrapContext.of(
        born.cosigners(), born.walletId(), born.sealed(), slot(), salt, credential);
  }

  private static byte[] slot() {
    return beside == null ? null : Base64.getDecoder().decode(beside.slot());
  }

  private static Opened open(String typed) {
    try (Passcode passcode = Passcode.typed(typed.toCharArray())) {
      return SlotsOpening.begin(BORN.sealed(), slot(), passcode, BINDING).run();
    }
  }

  private static WrappedKey wrap(String typed, String entropy) {
    try (Passcode passcode = Passcode.typed(typed.toCharArray());
        Passcode pin = Passcode.typed(PIN.toCharArray());
        PrfOutput prf = PrfOutput.of(PRF);
        ProvenStretch key = ProvenStretch.begin(BORN.sealed(), slot(), passcode, BINDING).run()) {
      return Wrapping.wrap(key, pin, prf, bound, Stretch.Params.FLOOR, TestEntropy.named(entropy))
          .run();
    }
  }

  private static Opened unwrap(WrappedKey wrapped, String typed, byte[] output, WrapContext in) {
    try (Passcode pin = Passcode.typed(typed.toCharArray());
        PrfOutput prf = PrfOutput.of(output)) {
      return Wrapping.open(wrapped, pin, prf, in, BORN.sealed(), slot(), BINDING).run();
    }
  }

  private static void refused(Token token, Runnable work) {
    assertThatThrownBy(work::run)
        .isInstanceOfSatisfying(
            RefusedException.class, e -> assertThat(e.refusal().token()).isEqualTo(token.token()));
  }

  @Test
  void passkeyAndPinOpenWhatThePasscodeOpensWithItsMark() {
    Marks marks = Marks.of(beside);
    try (Opened byPasscode = open(TestBirths.PASSCODE);
        Opened opened = unwrap(WrappedKey.parse(first.text()), PIN, PRF, bound)) {
      assertThat(opened.seed().exposedEntropy()).isEqualTo(byPasscode.seed().exposedEntropy());
      assertThat(marks.by(DONE, opened.marker().mark(DONE))).isEqualTo(Marks.By.FIRST);
    }
  }

  @Test
  void madeWithTheSecondPasscodeItOpensThatSlotAndNothingTellsWhich() {
    Marks marks = Marks.of(beside);
    try (Opened opened = unwrap(second, PIN, PRF, bound)) {
      assertThat(marks.by(DONE, opened.marker().mark(DONE))).isEqualTo(Marks.By.SECOND);
    }
    assertThat(second.text()).hasSameSizeAs(first.text());
    assertThat(Arrays.copyOf(second.header(), 13)).isEqualTo(Arrays.copyOf(first.header(), 13));
  }

  @Test
  void aWrongPasscodeIsNotWrapped() {
    refused(Token.PASSCODE_WRONG, () -> wrap("not at all this one", "wrong"));
  }

  @Test
  void neitherThePinNorThePasskeyIsEnough() {
    refused(Token.PIN_WRONG, () -> unwrap(first, "plum-8315", PRF, bound));
    byte[] other = TestEntropy.named("other passkey").bytes(32);
    refused(Token.PIN_WRONG, () -> unwrap(first, PIN, other, bound));
    for (int bit : new int[] {0, 100, 255}) {
      byte[] bent = PRF.clone();
      bent[bit / 8] ^= (byte) (1 << bit % 8);
      refused(Token.PIN_WRONG, () -> unwrap(first, PIN, bent, bound));
    }
  }

  @Test
  void whatIsNoPrfOutputIsRefused() {
    for (int length : new int[] {0, 31, 33, 64}) {
      refused(Token.PASSKEY_NO_PRF, () -> PrfOutput.of(new byte[length]));
    }
  }

  @Test
  void eachPartOfTheContextIsBound() {
    byte[] bentSalt = SALT.clone();
    bentSalt[31] ^= 1;
    byte[] bentCredential = CREDENTIAL.clone();
    bentCredential[0] ^= 1;
    Born other = TestBirths.here(Network.REGTEST, "another wallet");
    WrapContext otherId =
        WrapContext.of(BORN.cosigners(), "ff".repeat(16), BORN.sealed(), slot(), SALT, CREDENTIAL);
    WrapContext otherEnvelope =
        WrapContext.of(BORN.cosigners(), BORN.walletId(), other.sealed(), slot(), SALT, CREDENTIAL);
    WrapContext otherKey =
        WrapContext.of(other.cosigners(), BORN.walletId(), BORN.sealed(), slot(), SALT, CREDENTIAL);
    byte[] bentSlot = slot();
    bentSlot[0] ^= 1;
    WrapContext otherSlot =
        WrapContext.of(
            BORN.cosigners(), BORN.walletId(), BORN.sealed(), bentSlot, SALT, CREDENTIAL);
    WrapContext noSlot =
        WrapContext.of(BORN.cosigners(), BORN.walletId(), BORN.sealed(), null, SALT, CREDENTIAL);
    for (WrapContext bent :
        new WrapContext[] {
          otherSlot,
          noSlot,
          context(BORN, bentSalt, CREDENTIAL),
          context(BORN, SALT, bentCredential),
          context(BORN, SALT, Arrays.copyOf(CREDENTIAL, 19)),
          otherId,
          otherEnvelope,
          otherKey
        }) {
      assertThat(bent.digest()).isNotEqualTo(bound.digest());
      refused(Token.PIN_WRONG, () -> unwrap(first, PIN, PRF, bent));
    }
    other.close();
  }

  @Test
  @Tag("slow")
  void eachByteOfIt() {
    byte[] whole = Base64.getDecoder().decode(first.text());
    for (int at = 0; at < whole.length; at++) {
      byte[] bent = whole.clone();
      bent[at] ^= 1;
      String text = Base64.getEncoder().encodeToString(bent);
      Token expected =
          at < 4
              ? Token.ENVELOPE_DAMAGED
              : at < 6
                  ? Token.ENVELOPE_VERSION
                  // one KiB or pass more or less is out of range, or an unaffordable detour
                  : null;
      if (expected != null) {
        refused(expected, () -> WrappedKey.parse(text));
      } else if (at >= 13 && at % 4 == 0 || at == whole.length - 1) {
        refused(Token.PIN_WRONG, () -> unwrap(WrappedKey.parse(text), PIN, PRF, bound));
      }
    }
    for (String none :
        new String[] {
          "", "AAAA", "%", Base64.getEncoder().encodeToString(Arrays.copyOf(whole, 88))
        }) {
      refused(Token.ENVELOPE_DAMAGED, () -> WrappedKey.parse(none));
    }
  }

  @Test
  void aServerCanNeitherWeakenNorInflateTheStretchOfThePin() {
    byte[] weak = Base64.getDecoder().decode(first.text());
    weak[11] = 2;
    refused(
        Token.KDF_TOO_WEAK,
        () -> unwrap(WrappedKey.parse(Base64.getEncoder().encodeToString(weak)), PIN, PRF, bound));
    byte[] costly = Base64.getDecoder().decode(first.text());
    costly[10] = 1;
    refused(
        Token.KDF_TOO_COSTLY,
        () ->
            unwrap(WrappedKey.parse(Base64.getEncoder().encodeToString(costly)), PIN, PRF, bound));
  }

  @Test
  void anotherKeySetIsRefusedBeforeAnyWork() {
    Born other = TestBirths.here(Network.REGTEST, "third wallet");
    try (Passcode pin = Passcode.typed(PIN.toCharArray());
        PrfOutput prf = PrfOutput.of(PRF)) {
      refused(
          Token.KEY_SET_CHANGED,
          () -> Wrapping.open(first, pin, prf, bound, other.sealed(), null, BINDING));
    }
    other.close();
  }

  @Test
  void oneGoesThereAndBackAndByOtherHands() throws Exception {
    thereAndBack(1, new Random(30));
  }

  @Test
  @Tag("slow")
  void tenOfASeedGoThereAndBackAndByOtherHands() throws Exception {
    thereAndBack(10, new Random(29));
  }

  private static void thereAndBack(int cases, Random random) throws Exception {
    try (Passcode passcode = Passcode.typed(TestBirths.PASSCODE.toCharArray());
        ProvenStretch key = ProvenStretch.begin(BORN.sealed(), slot(), passcode, BINDING).run()) {
      for (int i = 0; i < cases; i++) {
        byte[] salt = new byte[32];
        byte[] output = new byte[32];
        byte[] credential = new byte[1 + random.nextInt(64)];
        random.nextBytes(salt);
        random.nextBytes(output);
        random.nextBytes(credential);
        char[] typed = Integer.toString(100_000 + random.nextInt(900_000)).toCharArray();
        WrapContext context = context(BORN, salt, credential);
        try (Passcode pin = Passcode.typed(typed);
            PrfOutput prf = PrfOutput.of(output)) {
          WrappedKey wrapped =
              Wrapping.wrap(
                      key, pin, prf, context, Stretch.Params.FLOOR, TestEntropy.named("case" + i))
                  .run();
          assertThat(byOtherHands(wrapped, new String(typed), output, context.digest()))
              .isEqualTo(key.bytes().exposed());
          try (Opened opened =
              Wrapping.open(wrapped, pin, prf, context, BORN.sealed(), slot(), BINDING).run()) {
            assertThat(opened.seed()).isNotNull();
          }
        }
      }
    }
  }

  /**
   * The same with Bouncy Castle's Argon2id and the JDK's HMAC and AES, as the format's page says.
   */
  private static byte[] byOtherHands(WrappedKey wrapped, String pin, byte[] output, byte[] context)
      throws Exception {
    Argon2BytesGenerator argon2 = new Argon2BytesGenerator();
    argon2.init(
        new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
            .withVersion(Argon2Parameters.ARGON2_VERSION_13)
            .withMemoryAsKB(wrapped.memoryKiB())
            .withIterations(wrapped.iterations())
            .withParallelism(wrapped.parallelism())
            .withSalt(wrapped.salt())
            .build());
    byte[] both = new byte[64];
    argon2.generateBytes(pin.getBytes("UTF-8"), both, 0, 32);
    System.arraycopy(output, 0, both, 32, 32);
    byte[] extracted = hmac(wrapped.salt(), both);
    byte[] label = "trefoil/wrapped-key/1".getBytes("US-ASCII");
    byte[] info = Arrays.copyOf(label, label.length + 33);
    System.arraycopy(context, 0, info, label.length, 32);
    info[label.length + 32] = 1;
    Cipher aes = Cipher.getInstance("AES/GCM/NoPadding");
    aes.init(
        Cipher.DECRYPT_MODE,
        new SecretKeySpec(hmac(extracted, info), "AES"),
        new GCMParameterSpec(128, wrapped.nonce()));
    aes.updateAAD(wrapped.header());
    aes.updateAAD(context);
    return aes.doFinal(wrapped.ciphertext());
  }

  private static byte[] hmac(byte[] key, byte[] of) throws Exception {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(key, "HmacSHA256"));
    return mac.doFinal(of);
  }

  @Test
  void bothPasscodesAndAWrongPinTakeTheSameSteps() {
    assertThat(steps(second, PIN)).isEqualTo(steps(first, PIN)).isEqualTo(steps(first, "wrong"));
  }

  private static int steps(WrappedKey wrapped, String typed) {
    try (Passcode pin = Passcode.typed(typed.toCharArray());
        PrfOutput prf = PrfOutput.of(PRF);
        var opening = Wrapping.open(wrapped, pin, prf, bound, BORN.sealed(), slot(), BINDING)) {
      int steps = 1;
      while (opening.step()) {
        steps++;
      }
      return steps;
    }
  }

  @Test
  void nothingPrintsASecret() {
    try (PrfOutput prf = PrfOutput.of(PRF);
        Passcode passcode = Passcode.typed(TestBirths.PASSCODE.toCharArray());
        ProvenStretch key = ProvenStretch.begin(BORN.sealed(), slot(), passcode, BINDING).run()) {
      assertThat(prf).hasToString("PrfOutput[redacted]");
      assertThat(key).hasToString("ProvenStretch[redacted]");
    }
  }
}
