package org.trefoil.custody.entropy;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.trefoil.core.Refusals.refusal;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.trefoil.core.Token;
import org.trefoil.core.keys.TaggedHash;
import org.trefoil.core.units.Hex;
import org.trefoil.custody.entropy.ThrownEntropy.Thrown;

class ThrownEntropyTest {
  private static char[] thrown(Thrown kind, int count, long seed) {
    Random random = new Random(seed);
    char[] row = new char[count];
    for (int i = 0; i < count; i++) {
      row[i] = (char) (kind == Thrown.DICE ? '1' + random.nextInt(6) : '0' + random.nextInt(2));
    }
    return row;
  }

  private static String key(char[] typed, Thrown kind, String machine) {
    return Hex.of(ThrownEntropy.mixed(typed, kind, TestEntropy.named(machine)).bytes(32));
  }

  @ParameterizedTest
  @EnumSource(Thrown.class)
  void neitherThrowsNorMachineAloneDecide(Thrown kind) {
    char[] row = thrown(kind, kind.least(), 1);
    String both = key(row, kind, "machine");
    assertThat(key(row, kind, "machine")).isEqualTo(both);
    assertThat(key(row, kind, "another machine")).isNotEqualTo(both);
    assertThat(both).isNotEqualTo(Hex.of(TestEntropy.named("machine").bytes(32)));
    for (int at : new int[] {0, row.length / 2, row.length - 1}) {
      char[] other = row.clone();
      other[at] = other[at] == '1' ? (kind == Thrown.DICE ? '2' : '0') : '1';
      assertThat(key(other, kind, "machine")).isNotEqualTo(both);
    }
    assertThat(key(thrown(kind, kind.least() + 1, 1), kind, "machine")).isNotEqualTo(both);
  }

  @Test
  void blanksAreForTheEye() {
    char[] row = thrown(Thrown.DICE, 100, 2);
    StringBuilder spaced = new StringBuilder();
    for (int i = 0; i < row.length; i++) {
      spaced.append(row[i]).append(i % 5 == 4 ? ", \n" : "");
    }
    char[] typed = spaced.toString().toCharArray();
    assertThat(ThrownEntropy.count(typed)).isEqualTo(100);
    assertThat(key(typed, Thrown.DICE, "m")).isEqualTo(key(row, Thrown.DICE, "m"));
  }

  @Test
  void theSameFiguresAsDiceAndCoinsAreDifferentThrows() {
    String row = "1".repeat(130) + "0".repeat(130);
    refusal(Token.THROWS_CHARACTER, () -> key(row.toCharArray(), Thrown.DICE, "m"));
    char[] ones = thrown(Thrown.COINS, 256, 3);
    assertThat(key(ones, Thrown.COINS, "m")).hasSize(64);
  }

  @Test
  void whatWasNotThrownIsRefused() {
    char[] few = thrown(Thrown.DICE, 99, 4);
    assertThat(refusal(Token.THROWS_MISSING, () -> key(few, Thrown.DICE, "m")).data())
        .containsEntry("needed", "100")
        .containsEntry("given", "99");
    char[] seven = thrown(Thrown.DICE, 100, 5);
    seven[41] = '7';
    assertThat(refusal(Token.THROWS_CHARACTER, () -> key(seven, Thrown.DICE, "m")).data())
        .containsEntry("position", "42")
        .containsEntry("faces", "123456");
    refusal(Token.THROWS_LOPSIDED, () -> key("6".repeat(120).toCharArray(), Thrown.DICE, "m"));
    refusal(
        Token.THROWS_LOPSIDED,
        () -> key(("1".repeat(200) + "0".repeat(60)).toCharArray(), Thrown.COINS, "m"));
  }

  @ParameterizedTest
  @EnumSource(Thrown.class)
  void theThrowsAreHashedInOrderUnderWhatWasThrown(Thrown kind) {
    char[] row = thrown(kind, kind.least(), 8);
    byte[] faces = new byte[row.length];
    for (int i = 0; i < row.length; i++) {
      faces[i] = (byte) (row[i] - (kind == Thrown.DICE ? '1' : '0'));
    }
    byte[] name = (kind == Thrown.DICE ? "DICE" : "COINS").getBytes(US_ASCII);
    byte[] hash = TaggedHash.of("trefoil/throws/1", name, new byte[] {0}, faces);
    assertThat(key(row, kind, "m"))
        .isEqualTo(Hex.of(Entropy.mixed(TestEntropy.named("m"), hash).bytes(32)));
  }

  /** Half of a die's throws, three quarters of a coin's: one more was never thrown. */
  @ParameterizedTest
  @CsvSource({"DICE, 50, 100", "DICE, 51, 103", "COINS, 192, 256", "COINS, 193, 258"})
  void aFaceMayBeSeenOftenButNotOneThrowOftener(Thrown kind, int most, int throwsInAll) {
    String others = kind == Thrown.DICE ? "23456" : "1";
    String rest = others.repeat(100).substring(0, throwsInAll - most - 1);
    String face = kind == Thrown.DICE ? "1" : "0";
    String row = rest + face.repeat(most);
    assertThat(key((row + others.charAt(0)).toCharArray(), kind, "m")).hasSize(64);
    refusal(Token.THROWS_LOPSIDED, () -> key((row + face).toCharArray(), kind, "m"));
  }

  @Test
  void twoThousandThrowsAreReadAndNoMore() {
    char[] row = thrown(Thrown.DICE, 2_000, 7);
    String all = key(row, Thrown.DICE, "m");
    assertThat(key((new String(row) + "6x6").toCharArray(), Thrown.DICE, "m")).isEqualTo(all);
    row[1_999] = row[1_999] == '6' ? '5' : '6';
    assertThat(key(row, Thrown.DICE, "m")).isNotEqualTo(all);
  }

  @Test
  void blanksAndCommasAreNoThrowsAndAllElseIs() {
    assertThat(ThrownEntropy.count(" \t\r\n\u00a0,".toCharArray())).isZero();
    assertThat(ThrownEntropy.count("!-7\u3000".toCharArray())).isEqualTo(4);
    assertThat(Thrown.DICE.least()).isEqualTo(100);
    assertThat(Thrown.COINS.least()).isEqualTo(256);
  }

  @Test
  void c9AMachineWithoutEntropyMakesNoKeyWhateverWasThrown() {
    char[] row = thrown(Thrown.DICE, 100, 6);
    assertThatThrownBy(() -> ThrownEntropy.mixed(row, Thrown.DICE, n -> new byte[n]).bytes(32))
        .isInstanceOf(EntropyMissing.class);
  }
}
