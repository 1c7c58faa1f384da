package org.trefoil.core.keys;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Every single mistake in a short text with its checksum is found at its place. Texts of three
 * lengths, because the checksum takes characters by threes.
 */
class DescriptorMistakeTest {
  private static final String EVERY_CHARACTER = DescriptorChecksum.INPUT;
  private static final String OF_CHECKSUMS = DescriptorChecksum.OUTPUT;
  private static final String OF_EACH_CLASS = "07(a{IZ/H~iA s";
  private static final int CHECKSUM = 8;
  private static final String BODY = "wsh([0'/h]tpub)";
  private static final int MARK = BODY.length();

  private final String right = summed(BODY);

  @ParameterizedTest
  @ValueSource(strings = {"s(04H)", "s(00/f{", "ss(0/6H~"})
  void anotherCharacterIsFound(String body) {
    String summed = summed(body);
    for (int at = 0; at < body.length(); at++) {
      for (char other : EVERY_CHARACTER.toCharArray()) {
        if (other != summed.charAt(at)) {
          found(at, replaced(summed, at, other));
        }
      }
    }
  }

  @Test
  void anotherCharacterInTheChecksumIsFound() {
    for (int at = right.length() - CHECKSUM; at < right.length(); at++) {
      for (char other : EVERY_CHARACTER.toCharArray()) {
        if (other != right.charAt(at) && other != '#') {
          found(at, replaced(right, at, other));
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"s(04H)", "s(00/f{", "ss(0/6H~"})
  void twoNeighboursThatChangedPlacesAreFoundByTheFirst(String body) {
    String summed = summed(body);
    for (int at = 0; at + 1 < summed.length(); at++) {
      if (summed.charAt(at) != summed.charAt(at + 1)) {
        String typed = replaced(summed, at, summed.charAt(at + 1));
        found(at, replaced(typed, at + 1, summed.charAt(at)));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"s(04H)", "s(00/f{", "ss(0/6H~"})
  void aCharacterTooManyIsFoundAndOfEqualOnesTheFirst(String body) {
    String summed = summed(body);
    for (int at = 0; at <= body.length(); at++) {
      for (char more : OF_EACH_CLASS.toCharArray()) {
        String typed = summed.substring(0, at) + more + summed.substring(at);
        found(firstAlike(typed, at), typed);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"s(04H)", "s(00/f{", "ss(0/6H~"})
  void aMissingCharacterIsFoundWhereItBelongsAndOfEqualOnesTheFirst(String body) {
    String summed = summed(body);
    for (int at = 0; at < body.length(); at++) {
      found(firstAlike(summed, at), summed.substring(0, at) + summed.substring(at + 1));
    }
  }

  /** The last character's place is one beyond the text: its reader says that the end is missing. */
  @Test
  void aMissingCharacterOfTheChecksumIsFound() {
    for (String body : new String[] {BODY, "sh(1)", "sh(sortedmulti(2,a,b))"}) {
      String summed = summed(body);
      for (int at = body.length() + 1; at < summed.length(); at++) {
        String typed = summed.substring(0, at) + summed.substring(at + 1);
        assertThat(DescriptorMistake.position(typed))
            .as(typed)
            .isBetween(firstAlike(summed, at) + 1, lastAlike(summed, at) + 1);
      }
    }
  }

  @Test
  void aCharacterTooManyInTheChecksumIsFound() {
    for (int at = right.length() - CHECKSUM; at <= right.length(); at++) {
      for (char more : OF_CHECKSUMS.toCharArray()) {
        String typed = right.substring(0, at) + more + right.substring(at);
        assertThat(DescriptorMistake.position(typed))
            .as(typed)
            .isBetween(firstAlike(typed, at) + 1, lastAlike(typed, at) + 1);
      }
    }
  }

  @Test
  void aMarkThatIsMissingIsFoundWhereItBelongs() {
    found(MARK, right.replace("#", ""));
    found(0, summed("").replace("#", ""));
  }

  @Test
  void aMarkThatWasMistypedIsFound() {
    for (char other : EVERY_CHARACTER.toCharArray()) {
      if (other != '#') {
        found(MARK, replaced(right, MARK, other));
      }
    }
  }

  @Test
  void aMarkInThePlaceOfACharacterIsFound() {
    for (int at = 0; at < right.length(); at++) {
      if (at != MARK) {
        found(at, replaced(right, at, '#'));
      }
    }
  }

  @Test
  void aMarkTooManyIsFound() {
    for (int at = 0; at <= right.length(); at++) {
      String typed = right.substring(0, at) + "#" + right.substring(at);
      assertThat(DescriptorMistake.position(typed))
          .as(typed)
          .isBetween(firstAlike(typed, at) + 1, lastAlike(typed, at) + 1);
    }
  }

  @Test
  void aCharacterThatNoDescriptorHasIsNamedFirst() {
    for (int at = 0; at < right.length(); at++) {
      if (at != MARK) {
        found(at, replaced(right, at, '\u00fc'));
      }
    }
    found(2, "ws\u00fc(x\u00fc)#qqqqqqqq");
  }

  @Test
  void whatNoSingleMistakeExplainsHasNoPlace() {
    assertThat(DescriptorMistake.position("hws([0'/h]pub)#" + sum(right))).isZero();
    assertThat(DescriptorMistake.position(right.substring(0, MARK + 7))).isZero();
    assertThat(DescriptorMistake.position(right + "qq")).isZero();
    assertThat(DescriptorMistake.position(right.substring(0, MARK + 1))).isZero();
    assertThat(DescriptorMistake.position(BODY)).isZero();
    assertThat(DescriptorMistake.position("")).isZero();
    assertThat(DescriptorMistake.position("#")).isZero();
  }

  /** Two characters of the checksum are no single mistake, unless they are swapped neighbours. */
  @Test
  void twoWrongCharactersOfTheChecksumHaveNoPlace() {
    for (int one = MARK + 1; one < right.length(); one++) {
      for (int two = one + 1; two < right.length(); two++) {
        String typed = replaced(right, one, next(right.charAt(one), 1));
        typed = replaced(typed, two, next(right.charAt(two), two == one + 1 ? 2 : 1));
        assertThat(DescriptorMistake.position(typed)).as(typed).isZero();
      }
    }
  }

  /** The character whose five bits differ by {@code bits}. */
  private static char next(char c, int bits) {
    return OF_CHECKSUMS.charAt(OF_CHECKSUMS.indexOf(c) ^ bits);
  }

  private static String summed(String body) {
    return body + "#" + DescriptorChecksum.of(body);
  }

  private static String sum(String summed) {
    return summed.substring(summed.length() - CHECKSUM);
  }

  private static String replaced(String text, int at, char other) {
    return text.substring(0, at) + other + text.substring(at + 1);
  }

  private static void found(int at, String typed) {
    assertThat(DescriptorMistake.position(typed)).as(typed).isEqualTo(at + 1);
  }

  private static int firstAlike(String text, int at) {
    int first = at;
    while (first > 0 && text.charAt(first - 1) == text.charAt(at)) {
      first--;
    }
    return first;
  }

  private static int lastAlike(String text, int at) {
    int last = at;
    while (last + 1 < text.length() && text.charAt(last + 1) == text.charAt(at)) {
      last++;
    }
    return last;
  }
}
