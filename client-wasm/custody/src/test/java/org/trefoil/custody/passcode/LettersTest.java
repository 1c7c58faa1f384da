package org.trefoil.custody.passcode;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What one more character costs a guesser, in sixteenths of a bit. */
class LettersTest {
  @ParameterizedTest
  @CsvSource({
    "48,53", "57,53", "47,80", "58,80", "97,64", "122,64", "65,80", "90,80", "64,80", "91,80",
    "96,80", "123,80", "126,80", "127,80", "128,96", "233,96", "8364,96", "32,16", "45,16", "95,16",
    "46,16", "44,16", "33,16", "35,80"
  })
  void aCharacterThatFollowsNoLetter(int character, int cost) {
    for (char before : new char[] {'7', '#', '@', '[', '`', '{', 'é'}) {
      assertThat(Letters.cost(new char[] {before, (char) character}, 1)).isEqualTo(cost);
    }
    assertThat(Letters.cost(new char[] {(char) character}, 0)).isEqualTo(cost);
  }

  @Test
  void aLetterAfterALetterCostsWhatEnglishMakesOfThePair() {
    int usual = Letters.cost("th".toCharArray(), 1);
    int never = Letters.cost("qz".toCharArray(), 1);
    assertThat(usual).isBetween(12, 40);
    assertThat(never).isBetween(60, 75);
    for (String pair : new String[] {"Th", "th", "zz", "aa", "za", "az"}) {
      int small = Letters.cost(pair.toLowerCase(java.util.Locale.ROOT).toCharArray(), 1);
      assertThat(Letters.cost(pair.toCharArray(), 1)).isEqualTo(small).isBetween(12, 75);
      char[] capital = {pair.charAt(0), Character.toUpperCase(pair.charAt(1))};
      assertThat(Letters.cost(capital, 1)).isEqualTo(small + 16);
    }
  }

  @Test
  void onlyTheTwentySixCapitalsAreMadeSmall() {
    for (char c = 0; c < 300; c++) {
      assertThat(Letters.lower(c)).isEqualTo(c >= 'A' && c <= 'Z' ? (char) (c + 32) : c);
    }
  }

  @Test
  void logarithmsOfPowersOfTwoAreExact() {
    for (int power = 0; power <= 24; power++) {
      assertThat(Letters.log2(1 << power)).isEqualTo(16 * power);
    }
    assertThat(Letters.log2(3)).isEqualTo(25); // 16 * 1.58
  }
}
