package org.trefoil.custody.passcode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.trefoil.core.RefusedException;

class PasscodeTest {
  @ParameterizedTest
  @ValueSource(strings = {"", "plain", " spaces kept ", "Grüße Łódź", "日本語", "𝔘 and ✓", "ЖЗИ"})
  void keepsExactlyTheBytesTyped(String text) {
    try (Passcode passcode = Passcode.typed(text.toCharArray())) {
      assertThat(passcode.exposedUtf8()).isEqualTo(text.getBytes(StandardCharsets.UTF_8));
    }
  }

  @Test
  void everyAcceptedTextOfTheLatinGreekAndCyrillicScriptsIsInFormC() {
    Random random = new Random(39);
    int accepted = 0;
    for (int i = 0; i < 50_000; i++) {
      StringBuilder text = new StringBuilder();
      for (int k = 0; k < 6; k++) {
        text.append((char) (0x20 + random.nextInt(0x500)));
      }
      String typed = Normalizer.normalize(text, Normalizer.Form.NFC);
      try (Passcode passcode = Passcode.typed(typed.toCharArray())) {
        accepted++;
        assertThat(passcode.exposedUtf8()).isEqualTo(typed.getBytes(StandardCharsets.UTF_8));
      } catch (RefusedException e) {
        assertThat(e.refusal().token()).isEqualTo("passcode-unsupported-character");
      }
    }
    assertThat(accepted).isGreaterThan(10_000);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"e\u0301", "a\u0308bc", "tab\there", "\u1112\u1161", "half\ud800", "\udc00"})
  void whatHasTwoSpellingsIsRefusedNotGuessedAt(String text) {
    assertThatThrownBy(() -> Passcode.typed(text.toCharArray()))
        .isInstanceOfSatisfying(
            RefusedException.class,
            e -> {
              assertThat(e.refusal().token()).isEqualTo("passcode-unsupported-character");
              assertThat(e.refusal().data()).containsKey("position");
            });
  }

  @Test
  void aNovelIsTooLarge() {
    assertThatThrownBy(() -> Passcode.typed(new char[Passcode.MOST_CHARS + 1]))
        .isInstanceOf(RefusedException.class)
        .hasMessage("too-large");
  }

  @Test
  void comparesByContent() {
    try (Passcode a = Passcode.typed("alpha".toCharArray());
        Passcode b = Passcode.typed("alpha".toCharArray());
        Passcode c = Passcode.typed("alphb".toCharArray());
        Passcode d = Passcode.typed("alpha ".toCharArray())) {
      assertThat(a.equalsInConstantTime(b)).isTrue();
      assertThat(a.equalsInConstantTime(c)).isFalse();
      assertThat(a.equalsInConstantTime(d)).isFalse();
      assertThat(a.toString()).isEqualTo("Passcode[redacted]");
    }
  }

  /** The ranges whose characters have another spelling, or none that a person types. */
  @ParameterizedTest
  @CsvSource({
    "0000,001f",
    "007f,009f",
    "0300,036f",
    "1100,11ff",
    "1ab0,1aff",
    "1dc0,1dff",
    "20d0,20ff"
  })
  void aRangeIsRefusedFromItsFirstToItsLastAndNoFurther(String first, String last) {
    int from = Integer.parseInt(first, 16);
    int to = Integer.parseInt(last, 16);
    for (int c : new int[] {from, to}) {
      refusedAt(3, "ab" + (char) c);
      accepted(Passcode.foreign(("ab" + (char) c).toCharArray()), "ab" + (char) c);
    }
    for (int c : from == 0 ? new int[] {to + 1} : new int[] {from - 1, to + 1}) {
      accepted(Passcode.typed(("ab" + (char) c).toCharArray()), "ab" + (char) c);
    }
  }

  private static void accepted(Passcode passcode, String text) {
    try (passcode) {
      assertThat(passcode.exposedUtf8()).isEqualTo(text.getBytes(StandardCharsets.UTF_8));
    }
  }

  private static void refusedAt(int position, String text) {
    assertThatThrownBy(() -> Passcode.typed(text.toCharArray()))
        .isInstanceOfSatisfying(
            RefusedException.class,
            e ->
                assertThat(e.refusal().data())
                    .containsEntry("position", Integer.toString(position)));
  }

  @Test
  void everyLengthOfUtf8IsWrittenAsJavaWritesIt() {
    for (int point : new int[] {0x20, 0x7e, 0xa0, 0x7ff, 0x800, 0xffff, 0x10000, 0x10ffff}) {
      String text = Character.toString(point) + "x" + Character.toString(point);
      accepted(Passcode.foreign(text.toCharArray()), text);
    }
    for (int point : new int[] {0x7f, 0x80, 0x300}) {
      String text = Character.toString(point);
      accepted(Passcode.foreign(text.toCharArray()), text);
    }
  }

  @Test
  void halfAPairIsRefusedWhereItStandsAlsoInAPhraseFromElsewhere() {
    refusedAt(4, "\ud83d\ude00x\ud83d");
    refusedAt(3, "\ud83d\ude00\ud83dx");
    assertThatThrownBy(() -> Passcode.foreign("x\ude00".toCharArray()))
        .isInstanceOf(RefusedException.class)
        .hasMessage("passcode-unsupported-character");
  }

  @Test
  void theLongestIsTakenAndClosedItIsGone() {
    Passcode longest = Passcode.typed("x".repeat(Passcode.MOST_CHARS).toCharArray());
    byte[] live = longest.exposedUtf8();
    assertThat(live).hasSize(Passcode.MOST_CHARS);
    longest.close();
    assertThat(live).containsOnly(0);
  }
}
