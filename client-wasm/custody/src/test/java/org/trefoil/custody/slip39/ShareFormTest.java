package org.trefoil.custody.slip39;

import static org.assertj.core.api.Assertions.assertThat;
import static org.trefoil.core.Refusals.refusal;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.trefoil.core.RefusedException;
import org.trefoil.core.Token;
import org.trefoil.core.VectorFiles;
import org.trefoil.custody.entropy.TestEntropy;
import org.trefoil.custody.secret.SecretBytes;

/** Shares as the standard writes them: lengths, words, check sum. */
class ShareFormTest {
  private static final byte[] SECRET = TestEntropy.named("secret").bytes(32);

  private static ShareSet split(byte[] secret) {
    return ShareSet.of(secret, 2, 3, TestEntropy.named("form"));
  }

  private static char[] text(ShareSet set, int share) {
    return ShareVectors.joined(set.words(share)).toCharArray();
  }

  @Test
  void theStandardsSharesAreReadAndOursAreWrittenAlikeEverywhere() {
    assertThat(ShareVectors.slip39(VectorFiles.text("slip-0039/vectors.txt")).failures()).isEmpty();
    assertThat(ShareVectors.splits(VectorFiles.text("slip-0039/splits.txt")).failures()).isEmpty();
  }

  @Test
  void secretsOfEveryPaddingThatHaveRoomComeBackAndLongerOnesAreRefused() {
    for (int length : new int[] {16, 18, 20, 22, 24, 32, 62, 64, 66}) {
      byte[] secret = TestEntropy.named("of " + length).bytes(length);
      try (ShareSet set = split(secret)) {
        char[][] two = {text(set, 1), text(set, 3)};
        assertThat(set.length()).isEqualTo(7 + (8 * length + 9) / 10);
        if (length <= 64) {
          try (SecretBytes again = Rejoining.secret(two)) {
            assertThat(again.exposed()).isEqualTo(secret);
          }
        } else {
          refusal(Token.SHARE_LENGTH, () -> Rejoining.secret(two));
        }
      }
    }
  }

  @Test
  void theCheckSumCatchesEveryMistakeInUpToThreeWords() {
    try (ShareSet set = split(SECRET)) {
      String[] good = new String(text(set, 1)).split(" ");
      Random random = new Random(3);
      int unexplained = 0;
      for (int round = 0; round < 300; round++) {
        String[] words = good.clone();
        for (int wrong = 0; wrong <= round % 3; wrong++) {
          int at = random.nextInt(words.length);
          int value = ShareSet.value(good[at].toCharArray());
          words[at] = ShareSet.listed((value + 1 + random.nextInt(1_023)) % 1_024);
        }
        char[] typed = String.join(" ", words).toCharArray();
        try {
          Share.parse(typed, 4);
          throw new AssertionError("a mistake was taken");
        } catch (RefusedException e) {
          assertThat(e.refusal().token()).isIn("share-mistyped", "share-swapped", "share-checksum");
          assertThat(e.refusal().data()).containsEntry("share", "4");
          unexplained += e.refusal().is(Token.SHARE_CHECKSUM) ? 1 : 0;
        }
      }
      assertThat(unexplained).isGreaterThan(150);
    }
  }

  @Test
  void eachWordOfAShareCanBeAskedFor() {
    try (ShareSet set = split(SECRET)) {
      assertThat(set.threshold()).isEqualTo(2);
      assertThat(set.count()).isEqualTo(3);
      for (int share = 1; share <= 3; share++) {
        List<String> words = new ArrayList<>();
        for (int position = 1; position <= set.length(); position++) {
          words.add(ShareSet.listed(set.value(share, position)));
        }
        assertThat(String.join(" ", words)).isEqualTo(new String(text(set, share)));
      }
    }
  }

  @Test
  void aWordIsKnownWholeOrByFourLettersInAnyCaseAndNotOtherwise() {
    for (int i = 0; i < ShareSet.LIST; i++) {
      String word = ShareSet.listed(i);
      for (String typed : new String[] {word, word.substring(0, 4)}) {
        assertThat(ShareSet.value(typed.toCharArray())).isEqualTo(i);
        assertThat(ShareSet.value((" \n" + typed.toUpperCase(Locale.ROOT) + "\t ").toCharArray()))
            .isEqualTo(i);
      }
      assertThat(ShareSet.value(word.substring(0, 3).toCharArray())).isEqualTo(-1);
      assertThat(ShareSet.value((word + "s").toCharArray())).isEqualTo(-1);
    }
    for (String no : new String[] {"", " ", "\t\n", "acad emic", "@cademic", "[ero", "zer"}) {
      assertThat(ShareSet.value(no.toCharArray())).as(no).isEqualTo(-1);
    }
  }

  @Test
  void aShareNeverPrintsItself() {
    try (ShareSet set = split(SECRET);
        Share share = Share.parse(text(set, 1), 1)) {
      assertThat(share).hasToString("Share[redacted]");
    }
  }
}
