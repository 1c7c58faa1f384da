package org.trefoil.custody.envelope.v1;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.trefoil.core.Refusals.refusal;

import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.trefoil.core.Token;
import org.trefoil.core.VectorFiles;
import org.trefoil.core.descriptor.Descriptors;
import org.trefoil.core.envelope.EnvelopeBinding;
import org.trefoil.core.envelope.Marks;
import org.trefoil.core.envelope.SealedUserKey;
import org.trefoil.core.envelope.WrapContext;
import org.trefoil.core.envelope.WrappedKey;
import org.trefoil.core.keys.Cosigners;
import org.trefoil.core.keys.Hashes;
import org.trefoil.core.keys.KeyRole;
import org.trefoil.core.units.Hex;
import org.trefoil.core.units.Network;
import org.trefoil.core.vectors.Outcome;
import org.trefoil.core.wire.SecondSlot;
import org.trefoil.custody.entropy.Entropy;
import org.trefoil.custody.entropy.EntropyMissing;
import org.trefoil.custody.entropy.TestEntropy;
import org.trefoil.custody.keys.UserSeed;
import org.trefoil.custody.passcode.Passcode;
import org.trefoil.custody.passcode.PrfOutput;
import org.trefoil.custody.passcode.Stretch;
import org.trefoil.custody.passcode.StretchedKey;
import org.trefoil.custody.secret.SecretBytes;
import org.trefoil.custody.slices.SlicedWork;

/**
 * What is made of a passcode once it is stretched, on the envelope and the wrapped key of the
 * vectors. Argon2id has run before, once for all tests: so they are quick enough for e2e/mutate.
 */
class KnownStretchTest {
  private static final String[] VECTOR =
      Outcome.columns(VectorFiles.text("wrapped-key-v1/wrapped.txt"), 16).get(0);
  private static final SealedUserKey SEALED = SealedUserKey.parse(VECTOR[4]);
  private static final EnvelopeBinding BINDING = SEALED.claimed();
  private static final Stretch.Params PARAMS =
      new Stretch.Params(SEALED.memoryKiB(), SEALED.iterations(), SEALED.parallelism());
  private static final byte[] PIN_SALT = Hex.parse(VECTOR[12].substring(0, 32));
  private static final byte[] PIN_NONCE = Hex.parse(VECTOR[12].substring(32));
  private static final Stretch.Params PIN_PARAMS =
      new Stretch.Params(Integer.parseInt(VECTOR[10]), Integer.parseInt(VECTOR[11]), 1);
  private static final byte[] DONE = Hashes.sha256(new byte[] {1});

  private static final StretchedKey FIRST = stretched(VECTOR[5], SEALED.salt(), PARAMS);
  private static final StretchedKey SECOND = stretched("another one", SEALED.salt(), PARAMS);
  private static final StretchedKey WRONG = stretched("not this one", SEALED.salt(), PARAMS);
  private static final StretchedKey PIN = stretched(VECTOR[9], PIN_SALT, PIN_PARAMS);

  private static StretchedKey stretched(String typed, byte[] salt, Stretch.Params params) {
    try (Passcode passcode = typed(typed)) {
      return Stretch.begin(passcode, salt, params).run();
    }
  }

  private static Passcode typed(String text) {
    return Passcode.typed(text.toCharArray());
  }

  private static UserSeed sheet(StretchedKey key) {
    return KnownStretch.of(Opening.begin(SEALED, typed("x"), BINDING), key);
  }

  private static Opened open(byte @Nullable [] second, StretchedKey key) {
    return KnownStretch.of(SlotsOpening.begin(SEALED, second, typed("x"), BINDING), key);
  }

  private static byte[] slot(SecondSlot beside) {
    return Base64.getDecoder().decode(beside.slot());
  }

  private static SecondSlot second(Opened opened) {
    return KnownStretch.of(
        TwoSlots.second(
            opened.seed(), typed("x"), SEALED, opened.marker(), TestEntropy.named("second slot")),
        SECOND);
  }

  @Test
  void theVectorsSeedIsSealedByteForByteAndOpens() {
    String[] vector = Outcome.columns(VectorFiles.text("envelope-v1/envelopes.txt"), 12).get(0);
    Cosigners cosigners =
        Descriptors.parse(
            vector[3],
            Network.of(vector[1]),
            List.of(KeyRole.USER, KeyRole.BACKUP, KeyRole.SERVER));
    EnvelopeBinding binding = EnvelopeBinding.of(cosigners, vector[2], Hex.parse(vector[4]));
    Stretch.Params params =
        new Stretch.Params(Integer.parseInt(vector[6]), Integer.parseInt(vector[7]), 1);
    byte[] salt = Hex.parse(vector[8].substring(0, 32));
    Entropy entropy = TestEntropy.reads(salt, Hex.parse(vector[8].substring(32)));
    try (UserSeed seed = UserSeed.takingOver(SecretBytes.takingOver(Hex.parse(vector[9])));
        Passcode passcode = typed(vector[5])) {
      Sealing sealing = Sealing.begin(seed, passcode, binding, params, entropy);
      assertThat(sealing.percent()).isZero();
      int steps = 0;
      int most = 0;
      while (sealing.step()) {
        assertThat(sealing.percent()).isBetween(most, 100);
        most = sealing.percent();
        steps++;
      }
      assertThat(most).isGreaterThan(50);
      assertThat(steps).isGreaterThan(1);
      assertThat(sealing.finish().text()).isEqualTo(vector[11]);
      try (UserSeed opened =
          Opening.begin(SealedUserKey.parse(vector[11]), passcode, binding).run()) {
        assertThat(Hex.of(opened.exposedEntropy())).isEqualTo(vector[9]);
      }
    }
  }

  @Test
  void aWorkThatIsClosedGoesNoFurther() {
    Opening opening = Opening.begin(SEALED, typed(VECTOR[5]), BINDING);
    opening.step();
    opening.close();
    assertThatThrownBy(
            () -> {
              while (opening.step()) {
                assertThat(opening.percent()).isLessThan(101);
              }
              opening.finish();
            })
        .isInstanceOf(RuntimeException.class);
  }

  @Test
  void onePasscodeOpensTheSheetAndNoOtherDoes() {
    try (UserSeed seed = sheet(FIRST)) {
      assertThat(seed.exposedEntropy()).hasSize(32);
    }
    refusal(Token.PASSCODE_WRONG, () -> sheet(WRONG).close());
  }

  @Test
  void aSeedThatWasSealedForAnotherKeySetIsRefusedHoweverItIsClaimed() {
    EnvelopeBinding evil = EnvelopeBinding.of(cosigners(), "ff".repeat(16), new byte[] {1, 2, 3});
    refusal(
        Token.KEY_SET_CHANGED,
        () -> KnownStretch.of(Opening.begin(SEALED, typed("x"), evil), FIRST).close());
    byte[] bytes = SEALED.bytes();
    System.arraycopy(evil.digest(), 0, bytes, 41, 32);
    System.arraycopy(Hashes.sha256(Arrays.copyOf(bytes, 153)), 0, bytes, 153, 4);
    SealedUserKey forged =
        SealedUserKey.parse(
            "trefoil1:" + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
    refusal(
        Token.KEY_SET_CHANGED,
        () -> KnownStretch.of(Opening.begin(forged, typed("x"), evil), FIRST).close());
    refusal(
        Token.KEY_SET_CHANGED,
        () -> KnownStretch.of(SlotsOpening.begin(forged, null, typed("x"), evil), FIRST).close());
  }

  @Test
  void aNewWalletHasASecondSlotThatNobodyOpens() {
    try (UserSeed seed = sheet(FIRST)) {
      TwoSlots made =
          KnownStretch.of(
              TwoSlots.sealing(
                  seed,
                  typed("x"),
                  BINDING,
                  PARAMS,
                  TestEntropy.reads(
                      SEALED.salt(),
                      SEALED.nonce(),
                      TestEntropy.named("nobody").bytes(32),
                      new byte[] {9, 9})),
              FIRST);
      assertThat(made.envelope().text()).isEqualTo(SEALED.text());
      assertThat(slot(made.beside())).hasSize(Marks.SLOT_LENGTH).startsWith(9, 9);
      assertThat(made.beside().second()).isNotEqualTo(made.beside().first());
      refusal(Token.PASSCODE_WRONG, () -> open(slot(made.beside()), SECOND).close());
      try (Opened opened = open(slot(made.beside()), FIRST)) {
        assertThat(made.beside().first()).isEqualTo(opened.marker().publicKey());
        assertThat(opened.seed().exposedEntropy()).isEqualTo(seed.exposedEntropy());
      }
    }
  }

  @Test
  void twoPasscodesOpenOneSeedAndLeaveTheirOwnMarks() {
    try (Opened opened = open(null, FIRST)) {
      SecondSlot beside = second(opened);
      Marks marks = Marks.of(beside);
      for (StretchedKey key : new StretchedKey[] {FIRST, SECOND}) {
        try (Opened again = open(slot(beside), key)) {
          assertThat(again.seed().exposedEntropy()).isEqualTo(opened.seed().exposedEntropy());
          assertThat(marks.by(DONE, again.marker().mark(DONE)))
              .isEqualTo(key == FIRST ? Marks.By.FIRST : Marks.By.SECOND);
          assertThat(marks.by(Hashes.sha256(DONE), again.marker().mark(DONE)))
              .isEqualTo(Marks.By.NEITHER);
        }
      }
      refusal(Token.PASSCODE_WRONG, () -> open(slot(beside), WRONG).close());
      refusal(Token.PASSCODE_WRONG, () -> sheet(SECOND).close());
      for (int bent : new int[] {0, 11, 12, 50, 91}) {
        byte[] other = slot(beside);
        other[bent] ^= 1;
        refusal(Token.PASSCODE_WRONG, () -> open(other, SECOND).close());
      }
      for (int length : new int[] {0, 91, 93}) {
        byte[] other = Arrays.copyOf(slot(beside), length);
        refusal(Token.ENVELOPE_DAMAGED, () -> open(other, SECOND).close());
      }
    }
  }

  @Test
  void whatWasOpenedIsWipedWithIt() {
    Opened opened = open(null, FIRST);
    byte[] entropy = opened.seed().exposedEntropy();
    assertThat(opened).hasToString("Opened[redacted]");
    assertThat(opened.marker()).hasToString("Marker[redacted]");
    opened.close();
    assertThat(entropy).isEqualTo(new byte[32]);
    assertThatThrownBy(() -> opened.marker().mark(DONE))
        .hasMessage("secret used after it was wiped");
  }

  private static Cosigners cosigners() {
    return Descriptors.parse(
        VECTOR[3], Network.of(VECTOR[1]), List.of(KeyRole.USER, KeyRole.BACKUP, KeyRole.SERVER));
  }

  private static byte @Nullable [] vectorsSlot() {
    return VECTOR[15].isEmpty() ? null : Hex.parse(VECTOR[15]);
  }

  private static WrapContext context(String credential) {
    return WrapContext.of(
        cosigners(), VECTOR[2], SEALED, vectorsSlot(), Hex.parse(VECTOR[7]), Hex.parse(credential));
  }

  private static ProvenStretch proven(StretchedKey key) {
    return KnownStretch.of(ProvenStretch.begin(SEALED, null, typed("x"), BINDING), key);
  }

  private static Opened unwrap(byte[] output, WrapContext context, StretchedKey pin) {
    WrappedKey wrapped = WrappedKey.parse(VECTOR[14]);
    SlicedWork<Opened> work;
    try (PrfOutput prf = PrfOutput.of(output)) {
      work = Wrapping.open(wrapped, typed("x"), prf, context, SEALED, null, BINDING);
    }
    return KnownStretch.of(work, pin);
  }

  @Test
  void theVectorsWrapComesOutByteForByteAndOpensTheEnvelope() {
    SlicedWork<WrappedKey> work;
    try (ProvenStretch key = proven(FIRST)) {
      try (PrfOutput prf = PrfOutput.of(Hex.parse(VECTOR[8]))) {
        work =
            Wrapping.wrap(
                key,
                typed("x"),
                prf,
                context(VECTOR[6]),
                PIN_PARAMS,
                TestEntropy.reads(PIN_SALT, PIN_NONCE));
      }
      assertThat(KnownStretch.of(work, PIN).text()).isEqualTo(VECTOR[14]);
    }
    try (Opened opened = unwrap(Hex.parse(VECTOR[8]), context(VECTOR[6]), PIN);
        UserSeed seed = sheet(FIRST)) {
      assertThat(opened.seed().exposedEntropy()).isEqualTo(seed.exposedEntropy());
    }
  }

  @Test
  void neitherPinNorPasskeyNorAnotherContextUnwraps() {
    byte[] prf = Hex.parse(VECTOR[8]);
    refusal(Token.PIN_WRONG, () -> unwrap(prf, context(VECTOR[6]), WRONG).close());
    refusal(Token.PIN_WRONG, () -> unwrap(prf, context(VECTOR[6] + "00"), PIN).close());
    byte[] other = prf.clone();
    other[31] ^= 1;
    refusal(Token.PIN_WRONG, () -> unwrap(other, context(VECTOR[6]), PIN).close());
    EnvelopeBinding evil = EnvelopeBinding.of(cosigners(), "ff".repeat(16), new byte[] {1, 2, 3});
    try (PrfOutput output = PrfOutput.of(prf)) {
      refusal(
          Token.KEY_SET_CHANGED,
          () ->
              Wrapping.open(
                  WrappedKey.parse(VECTOR[14]),
                  typed("x"),
                  output,
                  context(VECTOR[6]),
                  SEALED,
                  null,
                  evil));
    }
  }

  @Test
  void onlyAPasscodeThatOpensIsWrappedAndThenWiped() {
    refusal(Token.PASSCODE_WRONG, () -> proven(WRONG).close());
    ProvenStretch key = proven(FIRST);
    assertThat(key).hasToString("ProvenStretch[redacted]");
    byte[] bytes = key.bytes().exposed();
    assertThat(bytes).isNotEqualTo(new byte[32]);
    key.close();
    assertThat(bytes).isEqualTo(new byte[32]);
  }

  @Test
  void aBrokenSourceOfRandomNumbersSealsNothing() {
    Entropy broken = n -> new byte[n];
    try (Opened opened = open(null, FIRST);
        ProvenStretch key = proven(FIRST);
        PrfOutput prf = PrfOutput.of(Hex.parse(VECTOR[8]))) {
      for (Runnable each :
          new Runnable[] {
            () -> Sealing.begin(opened.seed(), typed("x"), BINDING, PARAMS, broken),
            () -> TwoSlots.second(opened.seed(), typed("x"), SEALED, opened.marker(), broken),
            () -> TwoSlots.closed(opened.marker(), broken),
            () -> Wrapping.wrap(key, typed("x"), prf, context(VECTOR[6]), PIN_PARAMS, broken)
          }) {
        assertThatThrownBy(each::run).isInstanceOf(EntropyMissing.class);
      }
    }
  }

  @Test
  void theKnownAnswerForEveryStartComesOut() {
    assertThat(SealingAnswer.comesOut()).isTrue();
  }
}
