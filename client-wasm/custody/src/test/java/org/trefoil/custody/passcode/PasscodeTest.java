package org.trefoil.custody.passcode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
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
}
