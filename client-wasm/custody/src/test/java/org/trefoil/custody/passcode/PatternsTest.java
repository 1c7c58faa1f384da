package org.trefoil.custody.passcode;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What runs, keyboard walks and dates cost a guesser, in sixteenths of a bit. */
class PatternsTest {
  private static final int YEAR = 7 * 16 + 4;
  private static final int DATE = 15 * 16 + 3;

  private static int cost(String text) {
    String around = "#" + text + "#"; // what stands beside a run is no part of it
    return Patterns.cost(around.toCharArray(), 1, 1 + text.length());
  }

  /** Where it begins, which way, and how long it is: from a, A, z, Z, 0, 1 or 9 it is likelier. */
  @ParameterizedTest
  @CsvSource({
    "abc,2",
    "ABC,2",
    "zyx,2",
    "ZYX,2",
    "012,2",
    "123,2",
    "987,2",
    "aaa,2",
    "111,2",
    "abcdefghij,2",
    "bcd,4",
    "mno,4",
    "edcb,4",
    "xxx,4",
    "4321,4",
    "#$%&,4"
  })
  void whatGoesOnByOneIsARun(String run, int start) {
    assertThat(cost(run)).isEqualTo(16 * (start + 1) + Letters.log2(run.length()));
  }

  @ParameterizedTest
  @CsvSource({
    "asd",
    "DSA",
    "qwe",
    "oiu",
    "qwertz",
    "azerty",
    "qaz",
    "1qaz2wsx",
    "!@#$",
    "147258",
    "852",
    "mnb"
  })
  void whatLiesSideBySideOnAKeyboardIsAWalk(String walk) {
    assertThat(cost(walk)).isEqualTo(6 * 16 + Letters.log2(walk.length()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"ab", "qw", "11", "ace", "abd", "abca", "qwr", "iopa", "qwa", "xkq", "1a2"})
  void whatIsTooShortOrBreaksOffIsNeither(String text) {
    assertThat(cost(text)).isEqualTo(-1);
  }

  @ParameterizedTest
  @CsvSource({"1900,true", "2049,true", "1985,true", "1899,false", "2050,false", "0385,false"})
  void fourDigitsMayBeAYear(String text, boolean year) {
    assertThat(cost(text)).isEqualTo(year ? YEAR : -1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "311299",
        "010199",
        "123199",
        "991231",
        "990131",
        "31121987",
        "12311987",
        "01011900",
        "31122049",
        "19871231",
        "19000101",
        "20491231",
        "20480131"
      })
  void sixOrEightDigitsMayBeADay(String text) {
    assertThat(cost(text)).isEqualTo(DATE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "321399",
        "311399",
        "001299",
        "990012",
        "120099",
        "993200",
        "31121899",
        "31122050",
        "18991231",
        "20501231",
        "19871331",
        "19870012",
        "19870100",
        "32121987",
        "13131987",
        "31001987",
        "3112198",
        "311219870",
        "84629"
      })
  void otherNumbersAreNoDay(String text) {
    assertThat(cost(text)).isEqualTo(-1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"1.1.87", "31.12.1987", "31-12-87", "12/31/1987", "1987 12 31", "9-9.99"})
  void twoSeparatorsMakeADayOfFourToEightDigits(String text) {
    assertThat(cost(text)).isEqualTo(DATE + 2 * 16);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1.1.7",
        "31.12",
        "1.2.3.87",
        ".1.187",
        "11.87.",
        "-1.1.87",
        "31.12.19877",
        "1.a.87",
        "1:1:87",
        "31+12+87"
      })
  void otherwiseSeparatedItIsNone(String text) {
    assertThat(cost(text)).isEqualTo(-1);
  }
}
