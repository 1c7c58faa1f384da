package org.trefoil.core.envelope;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One mistyped character is found wherever it is. */
class SealedKeyMistakeTest {
  private static final String TEXT = SampleEnvelope.sealed().text();

  private static char other(char c) {
    return c == 'x' ? 'y' : 'x';
  }

  /** The first and last of the prefix, and of what follows. */
  @ParameterizedTest
  @ValueSource(ints = {0, 4, 8, 9, 10, 113, 217, 218})
  void anotherCharacterIsFound(int at) {
    String typed = TEXT.substring(0, at) + other(TEXT.charAt(at)) + TEXT.substring(at + 1);
    assertThat(SealedKeyMistake.position(typed)).isEqualTo(at + 1);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 4, 8, 9, 10, 113, 217, 218})
  void aMissingOneIsFoundWhereItBelongs(int at) {
    String typed = TEXT.substring(0, at) + TEXT.substring(at + 1);
    assertThat(SealedKeyMistake.position(typed)).isBetween(firstOfRun(at), at + 1);
  }

  /** Of equal neighbours any may be the one that is missing. */
  private static int firstOfRun(int at) {
    int first = at;
    while (first > 0 && TEXT.charAt(first - 1) == TEXT.charAt(at)) {
      first--;
    }
    return first + 1;
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 4, 8, 9, 10, 113, 218, 219})
  void oneTooManyIsFound(int at) {
    String typed = TEXT.substring(0, at) + '-' + TEXT.substring(at);
    int found = SealedKeyMistake.position(typed);
    assertThat(typed.substring(0, found - 1) + typed.substring(found)).isEqualTo(TEXT);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 4, 7, 9, 10, 113, 217})
  void twoThatAreSwappedAreFound(int at) {
    assertThat(TEXT.charAt(at)).as("another sample is needed").isNotEqualTo(TEXT.charAt(at + 1));
    String typed =
        TEXT.substring(0, at) + TEXT.charAt(at + 1) + TEXT.charAt(at) + TEXT.substring(at + 2);
    assertThat(SealedKeyMistake.position(typed)).isEqualTo(at + 1);
  }

  /** A character that the text never has is where it stands, whatever else is wrong. */
  @Test
  void oneThatNoTextHasIsPointedAt() {
    String typed = TEXT.substring(0, 50) + '*' + TEXT.substring(51);
    assertThat(SealedKeyMistake.position(typed)).isEqualTo(51);
    String two = typed.substring(0, 60) + '+' + typed.substring(61);
    assertThat(SealedKeyMistake.position(two)).isEqualTo(51);
  }

  @Test
  void whatNoOneMistakeExplainsIsNotGuessedAt() {
    String two =
        TEXT.substring(0, 50)
            + other(TEXT.charAt(50))
            + TEXT.substring(51, 100)
            + other(TEXT.charAt(100))
            + TEXT.substring(101);
    assertThat(SealedKeyMistake.position(two)).isZero();
    assertThat(SealedKeyMistake.position(TEXT.substring(0, 200))).isZero();
    assertThat(SealedKeyMistake.position(TEXT + "AA")).isZero();
    assertThat(SealedKeyMistake.position("")).isZero();
    assertThat(SealedKeyMistake.position("something else altogether")).isZero();
  }
}
