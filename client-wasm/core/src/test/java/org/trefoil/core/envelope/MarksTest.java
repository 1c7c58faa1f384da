package org.trefoil.core.envelope;

import static org.assertj.core.api.Assertions.assertThat;
import static org.trefoil.core.Refusals.refusal;
import static org.trefoil.core.envelope.SampleEnvelope.bytes;
import static org.trefoil.core.envelope.SampleEnvelope.changed;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.Base64;
import org.bitcoinj.base.Sha256Hash;
import org.bitcoinj.crypto.ECKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.trefoil.core.Token;
import org.trefoil.core.wire.SecondSlot;

/** By which of two passcodes something was done is told by its mark; signed here by bitcoinj. */
class MarksTest {
  private static final ECKey FIRST = ECKey.fromPrivate(BigInteger.valueOf(11));
  private static final ECKey SECOND = ECKey.fromPrivate(BigInteger.valueOf(12));
  private static final ECKey THIRD = ECKey.fromPrivate(BigInteger.valueOf(13));
  private static final byte[] DONE = bytes(1, 32);

  private final Marks marks =
      Marks.of(beside(new byte[Marks.SLOT_LENGTH], FIRST.getPubKey(), SECOND.getPubKey()));

  private static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }

  private static SecondSlot beside(byte[] slot, byte[] first, byte[] second) {
    return new SecondSlot(base64(slot), base64(first), base64(second));
  }

  private static byte[] mark(ECKey key, byte[] done) {
    ECKey.ECDSASignature signature = key.sign(Sha256Hash.wrap(Marks.digest(done)));
    byte[] mark = new byte[64];
    copy(signature.r, mark, 0);
    copy(signature.s, mark, 32);
    return mark;
  }

  private static void copy(BigInteger number, byte[] into, int at) {
    for (int i = 0; i < 32; i++) {
      into[at + i] = number.shiftRight(8 * (31 - i)).byteValue();
    }
  }

  @Test
  void itIsToldWhoseMarkItIs() {
    assertThat(marks.by(DONE, base64(mark(FIRST, DONE)))).isEqualTo(Marks.By.FIRST);
    assertThat(marks.by(DONE, base64(mark(SECOND, DONE)))).isEqualTo(Marks.By.SECOND);
    assertThat(marks.by(DONE, base64(mark(THIRD, DONE)))).isEqualTo(Marks.By.NEITHER);
  }

  @Test
  void aMarkOfSomethingElseOrAnAlteredOneIsNobodys() {
    assertThat(marks.by(DONE, base64(mark(FIRST, changed(DONE, 31))))).isEqualTo(Marks.By.NEITHER);
    byte[] mark = mark(FIRST, DONE);
    for (int at : new int[] {0, 31, 32, 63}) {
      assertThat(marks.by(DONE, base64(changed(mark, at)))).isEqualTo(Marks.By.NEITHER);
    }
    for (int length : new int[] {0, 63, 65}) {
      assertThat(marks.by(DONE, base64(Arrays.copyOf(mark, length)))).isEqualTo(Marks.By.NEITHER);
    }
    refusal(Token.WRONG_VALUE, () -> marks.by(DONE, "no base64!"));
  }

  @ParameterizedTest
  @CsvSource({
    "91,33,33,slot",
    "93,33,33,slot",
    "92,32,33,first",
    "92,34,33,first",
    "92,33,65,second"
  })
  void whatCannotBeASlotAndKeysIsRefused(int slot, int first, int second, String field) {
    SecondSlot wrong = beside(new byte[slot], key(first), key(second));
    assertThat(refusal(Token.WRONG_VALUE, () -> Marks.of(wrong)).data())
        .containsEntry("field", field);
  }

  private static byte[] key(int length) {
    byte[] key = new byte[length];
    key[0] = 2;
    return key;
  }

  @Test
  void aKeyBeginsWithTwoOrThree() {
    for (int first : new int[] {0, 1, 4}) {
      byte[] key = key(33);
      key[0] = (byte) first;
      SecondSlot wrong = beside(new byte[92], key, key(33));
      refusal(Token.WRONG_VALUE, () -> Marks.of(wrong));
    }
    byte[] odd = key(33);
    odd[0] = 3;
    assertThat(Marks.of(beside(new byte[92], odd, key(33)))).isNotNull();
  }

  @Test
  void aCheckOfAPasscodeIsOfOneWalletAndOneMoment() {
    byte[] checked = Marks.checked("wallet", "now");
    assertThat(checked).hasSize(32).isNotEqualTo(Marks.checked("wallet", "later"));
    assertThat(checked).isNotEqualTo(Marks.checked("walle", "tnow"));
  }
}
