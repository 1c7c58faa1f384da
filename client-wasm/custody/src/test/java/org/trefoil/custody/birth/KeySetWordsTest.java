package org.trefoil.custody.birth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.trefoil.core.Refusal;
import org.trefoil.core.RefusedException;
import org.trefoil.core.Token;
import org.trefoil.core.keys.Cosigners;
import org.trefoil.core.units.Network;

class KeySetWordsTest {
  @Test
  void theWordsOfThePaperAreTakenAndEveryOtherIsNamedByItsPosition() {
    try (Born born = QuickBirths.here(Network.REGTEST, "words");
        Born other = QuickBirths.here(Network.REGTEST, "other words")) {
      Cosigners keys = born.cosigners();
      List<String> words = keys.words();
      KeySetWords.check(keys, String.join(" ", words));
      KeySetWords.check(keys, "  " + String.join("\n\t", words).toUpperCase(Locale.ROOT));
      assertThat(wrong(keys, "")).isEqualTo("1");
      assertThat(wrong(keys, words.get(0) + " " + words.get(1) + " " + words.get(2)))
          .isEqualTo("4");
      assertThat(wrong(keys, String.join(" ", words) + " more")).isEqualTo("5");
      for (int i = 0; i < 4; i++) {
        String[] bent = words.toArray(String[]::new);
        bent[i] = bent[i].equals("zoo") ? "abandon" : "zoo";
        assertThat(wrong(keys, String.join(" ", bent))).isEqualTo(Integer.toString(i + 1));
      }
      assertThat(wrong(keys, String.join(" ", other.cosigners().words()))).isNotEmpty();
    }
  }

  private static String wrong(Cosigners keys, String typed) {
    Refusal refusal =
        catchThrowableOfType(RefusedException.class, () -> KeySetWords.check(keys, typed))
            .refusal();
    assertThat(refusal.is(Token.PAPER_WORD_WRONG)).isTrue();
    return refusal.data().get("position");
  }
}
