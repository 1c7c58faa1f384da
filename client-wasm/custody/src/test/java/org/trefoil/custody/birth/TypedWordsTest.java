package org.trefoil.custody.birth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.trefoil.core.Refusals.refusal;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.trefoil.core.Token;
import org.trefoil.core.keys.KeyRole;
import org.trefoil.core.units.Network;
import org.trefoil.custody.bip39.Mnemonic;
import org.trefoil.custody.bip39.WordsReading;
import org.trefoil.custody.birth.PaperQuestion.Sheet;
import org.trefoil.custody.birth.PaperQuestion.Source;
import org.trefoil.custody.entropy.TestEntropy;
import org.trefoil.custody.keys.AccountKey;
import org.trefoil.custody.keys.UserSeed;

/** Words typed from paper: which are asked back, and whose keys they make. */
class TypedWordsTest {
  private static final Network NETWORK = Network.TESTNET;

  private static char[][] userWords(String name) {
    try (UserSeed seed = UserSeed.fresh(TestEntropy.named(name));
        Mnemonic words = seed.mnemonic()) {
      return words.words();
    }
  }

  private static char[][] backupWords(Born born) {
    try (Mnemonic words = born.backupWords()) {
      return words.words();
    }
  }

  private static void swapFirstTwo(char[][] words) {
    char[] first = words[0];
    words[0] = words[1];
    words[1] = first;
  }

  @Test
  void theUserKeysWordsMakeItsSeedAndTwoThatAreSwappedAreNamed() {
    try (Born born = QuickBirths.here(NETWORK, "typed")) {
      char[][] words = userWords("typed");
      try (UserSeed seed = PaperWords.user(born.cosigners(), words).run();
          AccountKey account = seed.account(NETWORK)) {
        assertThat(account.cosignerKey()).isEqualTo(born.cosigners().key(KeyRole.USER));
      }
      swapFirstTwo(words);
      assertThat(
              refusal(Token.WORDS_SWAPPED, () -> PaperWords.user(born.cosigners(), words).run())
                  .data())
          .containsEntry("first", "1")
          .containsEntry("second", "2");
    }
  }

  @Test
  void theBackupKeysWordsMakeItsAccountAndTwoThatAreSwappedAreNamed() {
    try (Born born = QuickBirths.here(NETWORK, "typed")) {
      char[][] words = backupWords(born);
      try (AccountKey account = PaperWords.backup(born.cosigners(), words).run()) {
        assertThat(account.cosignerKey()).isEqualTo(born.cosigners().key(KeyRole.BACKUP));
        assertThat(account.sign(new byte[32])).hasSize(64);
      }
      swapFirstTwo(words);
      refusal(Token.WORDS_SWAPPED, () -> PaperWords.backup(born.cosigners(), words).run());
    }
  }

  @Test
  void rightWordsOfAnotherKeyOpenNothingAtOnce() {
    try (Born born = QuickBirths.here(NETWORK, "typed")) {
      // Each asks for one key and is given the other's words.
      try (WordsReading<?> user = PaperWords.user(born.cosigners(), backupWords(born));
          WordsReading<?> backup = PaperWords.backup(born.cosigners(), userWords("typed"))) {
        for (WordsReading<?> each : List.of(user, backup)) {
          assertThat(each.step()).isTrue();
          assertThatThrownBy(each::finish).isInstanceOf(IllegalStateException.class);
        }
      }
    }
  }

  @Test
  void aKeyOfThisWalletHasTwentyFourWords() {
    try (Born born = QuickBirths.here(NETWORK, "typed");
        Mnemonic twelve = Mnemonic.of(new byte[16])) {
      char[][] few = twelve.words();
      char[][] one = Arrays.copyOf(backupWords(born), 23);
      for (char[][] words : List.of(few, one)) {
        refusal(Token.WORDS_COUNT, () -> PaperWords.backup(born.cosigners(), words));
        refusal(Token.WORDS_COUNT, () -> PaperWords.user(born.cosigners(), words));
      }
    }
  }

  @Test
  void ofSheetAWholeFourWordsAreAskedOfAColdOneTwoOfTheKeySet() {
    try (Born here = QuickBirths.here(NETWORK, "asked");
        Born cold = QuickBirths.cold(NETWORK, "asked")) {
      assertThat(asked(here.paperCheck()))
          .containsExactly(
              "A BACKUP_WORDS",
              "A BACKUP_WORDS",
              "A BACKUP_WORDS",
              "A BACKUP_WORDS",
              "B ENVELOPE_WORDS");
      assertThat(asked(cold.paperCheck()))
          .containsExactly(
              "A KEY_SET_WORDS", "A KEY_SET_WORDS", "B ENVELOPE_WORDS", "B ENVELOPE_WORDS");
    }
  }

  private static List<String> asked(PaperCheck check) {
    List<String> asked = new ArrayList<>();
    for (PaperQuestion question : check.questions()) {
      assertThat(question.share()).isZero();
      asked.add(question.sheetName() + " " + question.source());
    }
    return asked;
  }

  @ParameterizedTest
  @CsvSource({"2,2,2", "3,3,2", "2,4,1", "2,16,1"})
  void ofFewSharesTwoWordsAreAskedEachOfMoreOneAndNoneOfThoseThatAreAlikeInAll(
      int threshold, int count, int each) {
    try (Born born = QuickBirths.split(NETWORK, "shares asked", threshold, count)) {
      int[] words = new int[count + 1];
      for (PaperQuestion question : born.paperCheck().questions()) {
        boolean share = question.sheet() == Sheet.A;
        assertThat(question.source()).isEqualTo(share ? Source.SHARE_WORDS : Source.ENVELOPE_WORDS);
        assertThat(question.sheetName()).isEqualTo(share ? "A" + question.share() : "B");
        words[question.share()]++;
        if (share) {
          // 33 words, of which the first four name the set and the place in it.
          assertThat(question.position()).isBetween(5, 33);
        }
      }
      assertThat(words[0]).isEqualTo(1);
      assertThat(Arrays.copyOfRange(words, 1, count + 1)).containsOnly(each);
    }
  }

  @Test
  void oneAnswerTooFewIsTheLastQuestionsWrongWordAndOneTooManyIsNotRead() {
    try (Born born = QuickBirths.here(NETWORK, "answers")) {
      PaperCheck check = born.paperCheck();
      char[][] right = BirthTest.answers(check, born);
      PaperQuestion last = check.questions().get(right.length - 1);
      assertThat(
              refusal(
                      Token.PAPER_WORD_WRONG,
                      () -> check.answer(Arrays.copyOf(right, right.length - 1)))
                  .data())
          .containsEntry("sheet", "B")
          .containsEntry("position", Integer.toString(last.position()));
      char[][] more = Arrays.copyOf(right, right.length + 1);
      more[right.length] = "zoo".toCharArray();
      assertThat(check.answer(more).by()).isEqualTo(KeyRole.BACKUP);
    }
  }

  @Test
  void positionsAreDrawnFromBytesThatFavourNone() {
    // Below 240, the largest multiple of 24: 239 is the last position, 0 and 24 are the first.
    byte[] read = new byte[32];
    byte[] drawn = {(byte) 240, (byte) 255, (byte) 239, 0, 24, 5};
    System.arraycopy(drawn, 0, read, 0, drawn.length);
    assertThat(PaperCheck.positions(3, 24, TestEntropy.reads(read))).containsExactly(1, 6, 24);
    // Where a read is not enough, another is made.
    assertThat(PaperCheck.positions(2, 24, TestEntropy.reads(new byte[32], drawn)))
        .containsExactly(1, 24);
    assertThat(PaperCheck.positions(4, 4, TestEntropy.named("all"))).containsExactly(1, 2, 3, 4);
    // All 256 bytes serve for four positions.
    byte[] last = new byte[32];
    Arrays.fill(last, (byte) 255);
    assertThat(PaperCheck.positions(1, 4, TestEntropy.reads(last))).containsExactly(4);
    assertThat(PaperCheck.positions(0, 4, TestEntropy.reads())).isEmpty();
  }
}
