package org.trefoil.custody.passcode;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The cheapest way to cut a text, in sixteenths of a bit, and what it is made of. */
class GuessingTest {
  /** Of the hundred most common passwords: log2(100), rounded down. */
  private static final int COMMON = 6 * 16;

  private static final int BIP39 = 11 * 16;
  private static final int CONTEXT = 4 * 16;
  private static final int FAMOUS = 8 * 16;
  private static final int CUT = 12;

  private static Guessing.Estimate estimate(String text, String... context) {
    return Guessing.estimate(text.toCharArray(), List.of(context));
  }

  private static int cost(String text, String... context) {
    return estimate(text, context).cost();
  }

  @ParameterizedTest
  @CsvSource({
    "password,0",
    "Password,1",
    "PASSWORD,1",
    "pASSWORD,2",
    "passworD,2",
    "pAsswOrd,3",
    "PaSsword,3",
    "PASSWOrd,3",
    "drowssap,1",
    "p4ssw0rd,2",
    "pa55word,2",
    "p@$$word,2",
    "P4ssword,3"
  })
  void aWordDressedUpCostsAFewBitsMore(String text, int bits) {
    assertThat(cost("password")).isEqualTo(COMMON);
    assertThat(cost(text)).isEqualTo(COMMON + 16 * bits);
    assertThat(estimate(text).common()).isEqualTo(8);
  }

  @Test
  void aOneMayStandForAnIOrAnL() {
    assertThat(cost("1etmein")).isEqualTo(cost("letmein") + 2 * 16);
    assertThat(cost("letme1n")).isEqualTo(cost("letmein") + 2 * 16);
  }

  @Test
  void wordsAfterOneAnotherAddUpWithTheirCuts() {
    assertThat(cost("abandon")).isEqualTo(BIP39);
    assertThat(cost("abandonzebra")).isEqualTo(2 * BIP39 + CUT);
    assertThat(cost("abandon zebra")).isEqualTo(2 * BIP39 + 16 + 2 * CUT);
    assertThat(cost("passwordabandon")).isEqualTo(COMMON + BIP39 + CUT);
    assertThat(cost("Abandon Zebra")).isEqualTo(cost("abandon zebra") + 2 * 16);
    assertThat(cost("abandonarbez")).isEqualTo(cost("abandonzebra") + 16);
  }

  @Test
  void charactersWithoutAPatternCostEachItsOwn() {
    assertThat(cost("7")).isEqualTo(53);
    assertThat(cost("73#é")).isEqualTo(53 + 53 + 80 + 96);
    assertThat(cost("zebra7#")).isEqualTo(BIP39 + CUT + 53 + 80);
    assertThat(cost("7#zebra")).isEqualTo(BIP39 + CUT + 53 + 80);
  }

  @Test
  void whatIsSaidAgainCostsHowOftenItIsSaid() {
    assertThat(cost("passwordpassword")).isEqualTo(COMMON + 16 + 16);
    assertThat(estimate("passwordpassword").pattern()).isEqualTo(16);
    assertThat(cost("passwordpasswordpassword")).isEqualTo(COMMON + 16 + Letters.log2(3));
    assertThat(cost("é#é#")).isEqualTo(96 + 80 + 16 + 16);
    assertThat(cost("é#é#é#é#")).isEqualTo(96 + 80 + 16 + 32);
    assertThat(cost("7é#é#")).isEqualTo(53 + CUT + 96 + 80 + 16 + 16);
    assertThat(cost("é#é#7")).isEqualTo(96 + 80 + 16 + 16 + CUT + 53);
    assertThat(cost("ééé")).isEqualTo(estimate("ééééé").cost() - Letters.log2(5) + Letters.log2(3));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "correcthorsebatterystaple", "Correct Horse Battery Staple", "correct-horse-battery-staple",
        "maytheforcebewithyou", "In the beginning", "not your keys, not your coins"
      })
  void aPhraseThatEverybodyKnowsIsOneGuessWhateverStandsBetween(String phrase) {
    assertThat(cost(phrase)).isEqualTo(FAMOUS);
    assertThat(estimate(phrase).common()).isEqualTo(phrase.length());
    assertThat(cost("7" + phrase)).isEqualTo(53 + CUT + FAMOUS);
    assertThat(cost(phrase.substring(1))).isGreaterThan(FAMOUS);
  }

  @Test
  void whatIsKnownOfThePersonIsGuessedFirst() {
    assertThat(cost("trefoil")).isEqualTo(CONTEXT);
    assertThat(cost("smithers", "anna.smithers@example.org")).isEqualTo(CONTEXT);
    assertThat(cost("annasmithers", "Anna Smithers")).isEqualTo(CONTEXT);
    assertThat(estimate("7annasmithers", "Anna Smithers").context()).isEqualTo(12);
    assertThat(cost("smithers", "an smithers")).isEqualTo(CONTEXT);
    assertThat(cost("xq#", "xq#")).as("two letters are no word").isEqualTo(cost("xq#"));
    assertThat(cost("xqk", "xqk")).isEqualTo(CONTEXT);
    String long1 = "qx7kzv2mwj9phd3tfb5rgn8c"; // as long as a word is looked up
    assertThat(cost(long1, long1)).isEqualTo(CONTEXT);
    assertThat(cost(long1 + "y", long1 + "y")).isGreaterThan(CONTEXT + CUT);
  }

  @Test
  void onlyTheBeginningOfALongTextIsJudged() {
    String text = "xK9#mQ2$vLw7".repeat(5) + "é4@b";
    assertThat(text).hasSize(Guessing.MOST_JUDGED);
    assertThat(estimate(text + "more and more")).isEqualTo(estimate(text));
    assertThat(estimate(text).judged()).isEqualTo(Guessing.MOST_JUDGED);
    assertThat(estimate("").cost()).isZero();
  }
}
