package org.trefoil.custody.bip39;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.trefoil.core.Refusals.refusal;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.trefoil.core.RefusedException;
import org.trefoil.core.Token;
import org.trefoil.core.keys.EnglishWords;
import org.trefoil.core.units.Hex;
import org.trefoil.custody.entropy.Entropy;
import org.trefoil.custody.entropy.TestEntropy;
import org.trefoil.custody.secret.SecretBytes;

class MnemonicTest {
  private static final String GOOD =
      "abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon about";

  @Test
  void everyEntropySurvivesTheWayToWordsAndBack() {
    Entropy entropy = TestEntropy.named("words");
    for (int i = 0; i < 2_000; i++) {
      byte[] bytes = entropy.bytes(16 + 4 * (i % 5));
      try (Mnemonic made = Mnemonic.of(bytes);
          Mnemonic read = Mnemonic.parse(made.words());
          SecretBytes back = read.entropy()) {
        assertThat(Hex.of(back.exposed())).isEqualTo(Hex.of(bytes));
        assertThat(made.count()).isEqualTo(bytes.length * 3 / 4);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "  ABANDON Abandon abandon abandon\nabandon abandon abandon\tabandon abandon abandon"
            + " abandon about ",
        "aban aban aban aban aban aban aban aban aban aban aban abou"
      })
  void wordsAreReadAsPeopleTypeThem(String typed) {
    try (Mnemonic read = Mnemonic.parse(typed.toCharArray());
        SecretBytes entropy = read.entropy()) {
      assertThat(Hex.of(entropy.exposed())).isEqualTo("00".repeat(16));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "words-count,count,abandon abandon",
    "words-count,count,''",
    "word-unknown,position,abandon abandonn abandon",
    "word-unknown,position,zzzz",
    "word-unknown,position,abandon aba abandon",
    "words-checksum,,"
        + "abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon"
        + " abandon"
  })
  void mistakesAreNamed(String token, String name, String typed) {
    assertThatThrownBy(() -> Mnemonic.parse(typed.toCharArray()))
        .isInstanceOfSatisfying(
            RefusedException.class,
            e -> {
              assertThat(e.refusal().token()).isEqualTo(token);
              if (name != null) {
                assertThat(e.refusal().data()).containsKey(name);
              }
            });
  }

  @Test
  void anUnknownWordIsNamedByItsPosition() {
    String typed = GOOD.replaceFirst("abandon abandon abandon", "abandon abandon bitcoin");
    assertThatThrownBy(() -> Mnemonic.parse(typed.toCharArray()))
        .isInstanceOfSatisfying(
            RefusedException.class,
            e -> assertThat(e.refusal().data()).containsEntry("position", "3"));
  }

  @Test
  void entropyIsSixteenToThirtyTwoBytesInFours() {
    for (int length = 0; length <= 40; length++) {
      byte[] bytes = new byte[length];
      if (length >= 16 && length <= 32 && length % 4 == 0) {
        assertThat(Mnemonic.of(bytes).count()).isEqualTo(length * 3 / 4);
      } else {
        assertThatThrownBy(() -> Mnemonic.of(bytes)).isInstanceOf(IllegalArgumentException.class);
      }
    }
  }

  @Test
  void twelveToTwentyFourWordsInThreesAreReadHoweverTheyCome() {
    for (int count = 0; count <= 27; count++) {
      String[] words = Collections.nCopies(count, "abandon").toArray(String[]::new);
      char[] text = String.join(" ", words).toCharArray();
      char[][] each = Arrays.stream(words).map(String::toCharArray).toArray(char[][]::new);
      assertThat(Mnemonic.fitting(new short[count])).as("%s", count).isNull();
      Token token = Token.WORDS_COUNT;
      if (count >= 12 && count <= 24 && count % 3 == 0) {
        token = Token.WORDS_CHECKSUM;
        assertThat(Mnemonic.values(text)).isEqualTo(new short[count]);
        assertThat(Mnemonic.values(each)).isEqualTo(new short[count]);
      } else {
        assertThat(refusal(token, () -> Mnemonic.values(text)).data())
            .isEqualTo(Map.of("count", "24"));
        refusal(token, () -> Mnemonic.values(each));
      }
      Token why = token;
      refusal(why, () -> Mnemonic.parse(text));
      refusal(why, () -> Mnemonic.parse(each));
    }
  }

  @Test
  void whatComesAfterTwentyFourWordsIsCountedAndNotRead() {
    String typed = "abandon ".repeat(24) + "zzzz";
    refusal(Token.WORDS_COUNT, () -> Mnemonic.parse(typed.toCharArray()));
    String last = "abandon ".repeat(23) + "zzzz";
    char[][] each = Arrays.stream(last.split(" ")).map(String::toCharArray).toArray(char[][]::new);
    for (ThrowingCallable reading :
        List.<ThrowingCallable>of(
            () -> Mnemonic.parse(last.toCharArray()), () -> Mnemonic.parse(each))) {
      assertThat(refusal(Token.WORD_UNKNOWN, reading).data()).isEqualTo(Map.of("position", "24"));
    }
  }

  @Test
  void theNumbersOfTheWordsAreTheirPlacesInTheList() {
    String typed = "zoo abandon legal zoo zoo zoo zoo zoo zoo zoo zoo zoo";
    char[][] each = Arrays.stream(typed.split(" ")).map(String::toCharArray).toArray(char[][]::new);
    short[] values = Mnemonic.values(typed.toCharArray());
    assertThat(values).startsWith((short) 2047, (short) 0, (short) EnglishWords.value("legal"));
    assertThat(values).hasSize(12).isEqualTo(Mnemonic.values(each));
  }

  /** As every wallet makes it of these words; the vectors of BIP-0039 all have a passphrase. */
  @Test
  void aSeedIsMadeWithoutAPassphrase() {
    try (Mnemonic words = Mnemonic.parse(GOOD.toCharArray());
        SecretBytes seed = words.seed()) {
      assertThat(Hex.of(seed.exposed()))
          .isEqualTo(
              "5eb00bbddcf069084889a8ab9155568165f5c453ccb85e70811aaed6f6da5fc1"
                  + "9a5ac40b389cd370d086206dec8aa6c43daea6690f20ad3d8d48b2d2ce9e38e4");
    }
  }

  @Test
  void anyTwoSwappedWordsFailTheChecksumNearlyAlways() {
    int caught = 0;
    int tried = 0;
    try (Mnemonic made = Mnemonic.of(TestEntropy.named("swap").bytes(32))) {
      for (int i = 0; i < 24; i++) {
        for (int k = i + 1; k < 24; k++) {
          char[][] words = made.words();
          char[] kept = words[i];
          words[i] = words[k];
          words[k] = kept;
          tried++;
          try (Mnemonic read = Mnemonic.parse(words)) {
            assertThat(read.count()).isEqualTo(24);
          } catch (RefusedException e) {
            caught++;
          }
        }
      }
    }
    assertThat(tried - caught).isLessThan(6);
  }

  @Test
  void everyWordOfTheListIsFoundWholeAndByFourLetters() {
    for (int i = 0; i < 2048; i++) {
      String word = EnglishWords.word(i);
      assertThat(Words.value(word.toCharArray())).isEqualTo(i);
      String four = word.substring(0, Math.min(4, word.length()));
      if (word.length() >= 4) {
        assertThat(Words.value(four.toCharArray())).as(four).isGreaterThanOrEqualTo(0);
        assertThat(EnglishWords.word(Words.value(four.toCharArray()))).startsWith(four);
      }
    }
    assertThat(Words.value("act".toCharArray())).isEqualTo(EnglishWords.value("act"));
  }

  @Test
  void nothingIsReadableAfterClosing() {
    Mnemonic mnemonic = Mnemonic.of(new byte[32]);
    mnemonic.close();
    assertThatThrownBy(() -> mnemonic.word(1)).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(mnemonic::entropy).isInstanceOf(IllegalStateException.class);
    assertThat(mnemonic.toString()).isEqualTo("Mnemonic[redacted]");
  }
}
