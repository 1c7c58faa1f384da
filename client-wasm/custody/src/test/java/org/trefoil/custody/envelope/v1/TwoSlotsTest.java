package org.trefoil.custody.envelope.v1;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Base64;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.trefoil.core.Refusal;
import org.trefoil.core.RefusedException;
import org.trefoil.core.Token;
import org.trefoil.core.envelope.EnvelopeBinding;
import org.trefoil.core.envelope.Marks;
import org.trefoil.core.keys.Hashes;
import org.trefoil.core.units.Network;
import org.trefoil.core.wire.SecondSlot;
import org.trefoil.custody.birth.Born;
import org.trefoil.custody.birth.TestBirths;
import org.trefoil.custody.entropy.TestEntropy;
import org.trefoil.custody.keys.UserSeed;
import org.trefoil.custody.passcode.Passcode;
import org.trefoil.custody.passcode.Stretch;
import org.trefoil.custody.passcode.StretchedKey;

class TwoSlotsTest {
  private static final String SECOND = "marble copper willow tango";
  private static final byte[] DONE = Hashes.sha256(new byte[] {1});
  private static final Born BORN = TestBirths.here(Network.REGTEST, "two slots");
  private static final EnvelopeBinding BINDING =
      EnvelopeBinding.of(BORN.cosigners(), BORN.walletId(), BORN.endorsement());
  private static SecondSlot set;

  @BeforeAll
  static void setSecond() {
    try (Opened opened = open(TestBirths.PASSCODE, BORN.secondSlot());
        Passcode second = Passcode.typed(SECOND.toCharArray())) {
      set =
          TwoSlots.second(
                  opened.seed(),
                  second,
                  BORN.sealed(),
                  opened.marker(),
                  TestEntropy.named("second"))
              .run();
    }
  }

  @AfterAll
  static void close() {
    BORN.close();
  }

  private static byte[] slot(SecondSlot beside) {
    return Base64.getDecoder().decode(beside.slot());
  }

  private static SlotsOpening begin(String typed, SecondSlot beside) {
    try (Passcode passcode = Passcode.typed(typed.toCharArray())) {
      return SlotsOpening.begin(BORN.sealed(), slot(beside), passcode, BINDING);
    }
  }

  private static Opened open(String typed, SecondSlot beside) {
    return begin(typed, beside).run();
  }

  @Test
  void bothPasscodesOpenTheSameKeyAndLeaveDifferentMarks() {
    Marks marks = Marks.of(set);
    try (Opened first = open(TestBirths.PASSCODE, set);
        Opened second = open(SECOND, set)) {
      assertThat(second.seed().exposedEntropy()).isEqualTo(first.seed().exposedEntropy());
      assertThat(marks.by(DONE, first.marker().mark(DONE))).isEqualTo(Marks.By.FIRST);
      assertThat(marks.by(DONE, second.marker().mark(DONE))).isEqualTo(Marks.By.SECOND);
      byte[] other = Hashes.sha256(new byte[] {2});
      assertThat(marks.by(other, first.marker().mark(DONE))).isEqualTo(Marks.By.NEITHER);
      assertThat(second.marker().mark(DONE)).hasSameSizeAs(first.marker().mark(DONE));
    }
    assertThat(set.first()).isEqualTo(BORN.secondSlot().first());
  }

  @Test
  void aWrongPasscodeIsRefusedAsBeforeAndANewWalletHasNoSecondOne() {
    refused(Token.PASSCODE_WRONG, () -> open("not at all this one", set));
    refused(Token.PASSCODE_WRONG, () -> open(SECOND, BORN.secondSlot()));
  }

  @Test
  void bothPasscodesAndAWrongOneTakeTheSameSteps() {
    assertThat(steps(SECOND)).isEqualTo(steps(TestBirths.PASSCODE)).isEqualTo(steps("wrong"));
  }

  private static int steps(String typed) {
    try (SlotsOpening opening = begin(typed, set)) {
      int steps = 1;
      while (opening.step()) {
        steps++;
      }
      return steps;
    }
  }

  @Test
  void theSheetOpensWithTheFirstPasscodeAlone() {
    try (Passcode second = Passcode.typed(SECOND.toCharArray())) {
      refused(
          Token.PASSCODE_WRONG,
          () -> Opening.begin(BORN.sealed(), second, BORN.sealed().claimed()).run());
    }
  }

  @Test
  void aSlotOpensBesideItsOwnEnvelopeOnly() {
    byte[] bent = slot(set);
    bent[40] ^= 1;
    String text = Base64.getEncoder().encodeToString(bent);
    refused(
        Token.PASSCODE_WRONG, () -> open(SECOND, new SecondSlot(text, set.first(), set.second())));
    byte[] shorter = Arrays.copyOf(slot(set), 91);
    String less = Base64.getEncoder().encodeToString(shorter);
    refused(
        Token.ENVELOPE_DAMAGED,
        () -> open(SECOND, new SecondSlot(less, set.first(), set.second())));
  }

  @Test
  void ofAThousandEnvelopesNobodyTellsWhichHaveASecondPasscode() {
    long setBits = 0;
    long closedBits = 0;
    Set<String> seen = new HashSet<>();
    try (Opened opened = open(TestBirths.PASSCODE, set);
        UserSeed seed = UserSeed.fresh(TestEntropy.named("any"));
        Passcode passcode = Passcode.typed(SECOND.toCharArray());
        StretchedKey stretched =
            Stretch.begin(passcode, BORN.sealed().salt(), Stretch.Params.FLOOR).run()) {
      for (int i = 0; i < 1_000; i++) {
        SecondSlot closed = TwoSlots.closed(opened.marker(), TestEntropy.named("closed" + i));
        byte[] nonce = TestEntropy.named("nonce" + i).bytes(12);
        byte[] sealed = Envelope.sealSecond(seed, stretched, BORN.sealed(), nonce);
        Marks.of(closed);
        assertThat(closed.slot()).hasSameSizeAs(set.slot());
        assertThat(closed.second()).hasSameSizeAs(set.second());
        assertThat(sealed).hasSize(slot(closed).length);
        assertThat(seen.add(closed.slot())).isTrue();
        setBits += bits(sealed);
        closedBits += bits(slot(closed));
      }
    }
    // 736,000 fair coins: six standard deviations are 2,574.
    assertThat(setBits).isBetween(368_000L - 2_574, 368_000L + 2_574);
    assertThat(closedBits).isBetween(368_000L - 2_574, 368_000L + 2_574);
  }

  private static int bits(byte[] bytes) {
    int bits = 0;
    for (byte b : bytes) {
      bits += Integer.bitCount(b & 255);
    }
    return bits;
  }

  private static void refused(Token token, Runnable work) {
    assertThatThrownBy(work::run)
        .isInstanceOfSatisfying(
            RefusedException.class, e -> assertThat(e.refusal()).isEqualTo(Refusal.of(token)));
  }
}
