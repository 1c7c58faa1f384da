package org.trefoil.custody.bip39;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.trefoil.core.Refusals.refusal;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.trefoil.core.Token;
import org.trefoil.core.keys.EnglishWords;
import org.trefoil.custody.entropy.TestEntropy;

/** Which words are tried when those that were typed make no key, and what is said of them. */
class WordsReadingTest {
  private static final String[] RIGHT = words("right");

  private static String[] words(String name) {
    try (Mnemonic made = Mnemonic.of(TestEntropy.named(name).bytes(16))) {
      return MnemonicVectors.joined(made).split(" ");
    }
  }

  /** A key is the words that made it. */
  private static final class Asked implements WordsReading.Wanted<String> {
    private final String wanted;
    private final List<String> asked = new ArrayList<>();
    private final List<String> closed = new ArrayList<>();

    Asked(String... wanted) {
      this.wanted = String.join(" ", wanted);
    }

    @Override
    public @Nullable String key(Mnemonic words) {
      asked.add(MnemonicVectors.joined(words));
      return asked.get(asked.size() - 1).equals(wanted) ? wanted : null;
    }

    @Override
    public void close(String key) {
      closed.add(key);
    }

    WordsReading<String> reading(String... typed) {
      return WordsReading.begin(String.join(" ", typed).toCharArray(), this);
    }
  }

  @Test
  void rightWordsMakeTheirKeyAtOnceAndItIsTheCallersToClose() {
    Asked wanted = new Asked(RIGHT);
    try (WordsReading<String> reading = wanted.reading(RIGHT)) {
      assertThat(reading.percent()).isZero();
      assertThatThrownBy(reading::finish).isInstanceOf(IllegalStateException.class);
      assertThat(reading.step()).isFalse();
      assertThat(reading.percent()).isEqualTo(100);
      assertThat(reading.finish()).isEqualTo(String.join(" ", RIGHT));
      assertThat(reading).hasToString("WordsReading[redacted]");
    }
    assertThat(wanted.asked).hasSize(1);
    assertThat(wanted.closed).isEmpty();
  }

  @Test
  void aKeyThatNobodyTookIsClosed() {
    Asked wanted = new Asked(RIGHT);
    try (WordsReading<String> reading = wanted.reading(RIGHT)) {
      reading.step();
    }
    assertThat(wanted.closed).containsExactly(wanted.wanted);
  }

  @Test
  void everyTwoWordsThatWereSwappedAreNamed() {
    for (int first = 0; first < 12; first++) {
      for (int second = first + 1; second < 12; second++) {
        String[] typed = RIGHT.clone();
        typed[first] = RIGHT[second];
        typed[second] = RIGHT[first];
        Asked wanted = new Asked(RIGHT);
        assertThat(refusal(Token.WORDS_SWAPPED, () -> wanted.reading(typed).run()).data())
            .isEqualTo(Map.of("first", "" + (first + 1), "second", "" + (second + 1)));
        assertThat(wanted.closed).containsExactly(wanted.wanted);
      }
    }
  }

  @Test
  void aWordInThePlaceOfAnotherIsNamedWhereverItStands() {
    for (int place = 0; place < 12; place++) {
      String[] typed = RIGHT.clone();
      int value = EnglishWords.value(RIGHT[place]);
      typed[place] = EnglishWords.word((value + 997) % 2048);
      assertThat(refusal(Token.WORDS_MISTYPED, () -> new Asked(RIGHT).reading(typed).run()).data())
          .isEqualTo(Map.of("position", "" + (place + 1)));
    }
  }

  /** So that a likely mistake is found soon, and none is missed or tried twice. */
  @Test
  void themselvesThenSwapsThenNearWordsThenAllOthersAreTriedOnceEach() {
    Asked wanted = new Asked("none of these");
    int percent = 0;
    int steps = 0;
    try (WordsReading<String> reading = wanted.reading(RIGHT)) {
      boolean more = true;
      while (more) {
        int before = wanted.asked.size();
        more = reading.step();
        steps++;
        assertThat(wanted.asked.size() - before).as("costly ones a slice").isLessThanOrEqualTo(1);
        assertThat(reading.percent()).isBetween(percent, 100);
        percent = reading.percent();
      }
      assertThat(percent).isEqualTo(100);
      refusal(Token.PAPER_OTHER_KEY, reading::finish);
    }
    // Of 49,000 tries one in sixteen is costly; cheap ones by themselves would take a hundred.
    assertThat(steps).isBetween(wanted.asked.size(), wanted.asked.size() + 100);
    assertThat(wanted.asked.get(0)).isEqualTo(String.join(" ", RIGHT));
    assertThat(wanted.asked).doesNotHaveDuplicates();
    assertThat(new HashSet<>(wanted.asked)).isEqualTo(singleMistakes());
    List<Integer> ranks = wanted.asked.stream().map(WordsReadingTest::rank).toList();
    assertThat(ranks).isSorted().contains(0, 1, 2, 3);
  }

  /** All that fits the words' checksum and is RIGHT but for one mistake. */
  private static Set<String> singleMistakes() {
    Set<String> all = new HashSet<>();
    short[] right = Mnemonic.values(String.join(" ", RIGHT).toCharArray());
    for (int place = 0; place < 12; place++) {
      for (int word = 0; word < 2048; word++) {
        short[] other = right.clone();
        other[place] = (short) word;
        fitting(other, all);
      }
      for (int second = 0; second < place; second++) {
        short[] other = right.clone();
        other[place] = right[second];
        other[second] = right[place];
        fitting(other, all);
      }
    }
    return all;
  }

  private static void fitting(short[] values, Set<String> all) {
    try (Mnemonic words = Mnemonic.fitting(values)) {
      if (words != null) {
        all.add(MnemonicVectors.joined(words));
      }
    }
  }

  /** 0 for no change, 1 for a swap, 2 for a word of which two letters differ at most, 3. */
  private static int rank(String asked) {
    String[] words = asked.split(" ");
    List<Integer> changed = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      if (!words[i].equals(RIGHT[i])) {
        changed.add(i);
      }
    }
    if (changed.size() != 1) {
      return changed.isEmpty() ? 0 : 1;
    }
    String a = words[changed.get(0)];
    String b = RIGHT[changed.get(0)];
    int same = 0;
    for (int i = 0; i < Math.min(a.length(), b.length()); i++) {
      same += a.charAt(i) == b.charAt(i) ? 1 : 0;
    }
    return Math.max(a.length(), b.length()) - same <= 2 ? 2 : 3;
  }

  @Test
  void wordsThatNoSingleMistakeExplainsAreSaidToFailTheirChecksum() {
    String[] typed = RIGHT.clone();
    typed[0] = typed[0].equals("zoo") ? "zone" : "zoo";
    while (Mnemonic.fitting(Mnemonic.values(String.join(" ", typed).toCharArray())) != null) {
      typed[1] = EnglishWords.word((EnglishWords.value(typed[1]) + 1) % 2048);
    }
    char[][] each = new char[12][];
    for (int i = 0; i < 12; i++) {
      each[i] = typed[i].toCharArray();
    }
    refusal(Token.WORDS_CHECKSUM, () -> WordsReading.begin(each, new Asked("none of these")).run());
  }
}
