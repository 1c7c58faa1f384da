package org.trefoil.custody.slip39;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.trefoil.core.Refusals.refusal;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.trefoil.core.Refusal;
import org.trefoil.core.RefusedException;
import org.trefoil.core.Token;
import org.trefoil.core.VectorFiles;
import org.trefoil.core.keys.Hashes;
import org.trefoil.core.units.Hex;
import org.trefoil.custody.entropy.Entropy;
import org.trefoil.custody.entropy.TestEntropy;
import org.trefoil.custody.keys.BackupSeed;
import org.trefoil.custody.secret.SecretBytes;

class ShareTest {
  private static final byte[] SECRET =
      Hex.parse("8f3c1b7e0099a5d4c2e6f1073b5d7f9011223344556677880a1b2c3d4e5f6071");

  private static List<String> split(int threshold, int count, String name) {
    try (ShareSet set = ShareSet.of(SECRET, threshold, count, TestEntropy.named(name))) {
      List<String> shares = new ArrayList<>();
      for (int i = 1; i <= count; i++) {
        shares.add(ShareVectors.joined(set.words(i)));
      }
      return shares;
    }
  }

  private static String rejoined(List<String> shares) {
    try (SecretBytes secret = Rejoining.secret(typed(shares))) {
      return Hex.of(secret.exposed());
    }
  }

  private static char[][] typed(List<String> shares) {
    return shares.stream().map(String::toCharArray).toArray(char[][]::new);
  }

  @Test
  void theWordListIsTheStandardsFile() {
    StringBuilder file = new StringBuilder();
    Set<String> starts = new HashSet<>();
    for (int i = 0; i < 1024; i++) {
      file.append(ShareWords.word(i)).append('\n');
      starts.add(ShareWords.word(i).substring(0, 4));
    }
    assertThat(Hex.of(Hashes.sha256(file.toString().getBytes(StandardCharsets.US_ASCII))))
        .isEqualTo("bcc4555340332d169718aed8bf31dd9d5248cb7da6e5d355140ef4f1e601eec3");
    assertThat(starts).hasSize(1024);
  }

  @ParameterizedTest
  @CsvSource({"2,2", "2,3", "3,5", "4,4", "5,7", "2,16", "16,16"})
  void enoughSharesMakeTheSecretAgainInAnyOrderAndFewerNever(int threshold, int count) {
    List<String> shares = split(threshold, count, threshold + " of " + count);
    assertThat(shares).allMatch(share -> share.split(" ").length == 33);
    Random random = new Random(39);
    for (int round = 0; round < 6; round++) {
      List<String> picked = new ArrayList<>(shares);
      java.util.Collections.shuffle(picked, random);
      assertThat(rejoined(picked.subList(0, threshold))).isEqualTo(Hex.of(SECRET));
      List<String> fewer = picked.subList(0, threshold - 1);
      Refusal refusal = refusal(Token.SHARES_MISSING, () -> rejoined(fewer));
      assertThat(refusal.data())
          .containsEntry("needed", "" + threshold)
          .containsEntry("given", "" + (threshold - 1));
    }
    assertThat(rejoined(shares)).as("more than needed").isEqualTo(Hex.of(SECRET));
    refusal(Token.SHARES_MISSING, () -> rejoined(List.of()));
  }

  @Test
  void groupsOfSharesAreJoinedToo() {
    int[][] groups = {{1, 1}, {2, 3}, {3, 5}};
    byte[] passphrase = "of the house".getBytes(StandardCharsets.US_ASCII);
    List<Share> all = ShareSet.split(SECRET, passphrase, 1, 2, groups, TestEntropy.named("groups"));
    List<char[]> typed = new ArrayList<>();
    for (Share share : all) {
      StringBuilder text = new StringBuilder();
      for (short word : share.words()) {
        text.append(ShareWords.word(word)).append(' ');
      }
      typed.add(text.toString().toCharArray());
    }
    for (int[] picked :
        new int[][] {{0, 1, 3}, {0, 4, 5, 8}, {1, 2, 4, 6, 7}, {3, 2, 0}, {0, 4, 1, 2}}) {
      char[][] enough = Arrays.stream(picked).mapToObj(typed::get).toArray(char[][]::new);
      try (SecretBytes secret = Rejoining.secret(enough, passphrase)) {
        assertThat(secret.exposed()).isEqualTo(SECRET);
      }
    }
    // Picked; then the last one's group, its given and needed shares, and complete groups.
    int[][][] few = {
      {{0}, {1, 1, 1, 1}},
      {{1, 2}, {2, 2, 2, 1}},
      {{0, 1}, {2, 1, 2, 1}},
      {{1, 2, 4, 5}, {3, 2, 3, 1}},
      {{4, 1}, {2, 1, 2, 0}}
    };
    for (int[][] each : few) {
      char[][] picked = Arrays.stream(each[0]).mapToObj(typed::get).toArray(char[][]::new);
      Refusal refusal =
          refusal(
              Token.SHARES_MISSING_OF_GROUPS, () -> Rejoining.secret(picked, passphrase).close());
      assertThat(refusal.data())
          .containsEntry("group", "" + each[1][0])
          .containsEntry("given", "" + each[1][1])
          .containsEntry("needed", "" + each[1][2])
          .containsEntry("complete", "" + each[1][3])
          .containsEntry("groups", "2");
    }
  }

  @Test
  void aShareLessThanNeededFitsEverySecretEquallyWell() {
    // Over many splits of one secret a byte of a single share takes every value about equally
    // often: what would tell secrets apart would show here.
    int[] count = new int[256];
    int rounds = 256 * 12;
    Entropy entropy = TestEntropy.named("uniform");
    for (int i = 0; i < rounds; i++) {
      count[SecretSharing.split(2, 3, SECRET, entropy)[1][9] & 255]++;
    }
    // 12 expected each, standard deviation 3.5
    assertThat(Arrays.stream(count).max().getAsInt()).isLessThan(36);
    assertThat(Arrays.stream(count).filter(n -> n == 0).count()).isLessThan(2);
  }

  /** The standard's own vectors of invalid padding, and of more groups needed than there are. */
  @Test
  void whatNoProgramMakesIsRefusedByTheNumberOfItsShare() {
    int refused = 0;
    for (String line : VectorFiles.text("slip-0039/vectors.txt").split("\n")) {
      if (line.contains("invalid padding") || line.contains("greater group threshold")) {
        String share = line.substring(line.lastIndexOf('|') + 1).split(";")[0];
        Refusal refusal = refusal(Token.SHARE_MALFORMED, () -> rejoined(List.of(share)));
        assertThat(refusal.data()).containsEntry("share", "1");
        refused++;
      }
    }
    assertThat(refused).isEqualTo(4);
  }

  @Test
  void sharesOfDifferentSplitsAndRepeatedOnesAreNamed() {
    List<String> one = split(2, 3, "one");
    List<String> two = split(2, 3, "two");
    assertThat(
            refusal(Token.SHARE_OTHER_SET, () -> rejoined(List.of(one.get(0), two.get(1)))).data())
        .containsEntry("share", "2");
    assertThat(
            refusal(Token.SHARE_REPEATED, () -> rejoined(List.of(one.get(1), one.get(1)))).data())
        .containsEntry("share", "2")
        .containsEntry("other", "1");
  }

  @Test
  void soundSharesThatDoNotFitAreRefused() {
    List<Share> shares =
        ShareSet.split(SECRET, new byte[0], 0, 1, new int[][] {{2, 3}}, TestEntropy.named("unfit"));
    shares.get(1).value()[7] ^= 1;
    List<String> texts = new ArrayList<>();
    for (Share share : shares) {
      StringBuilder text = new StringBuilder();
      for (short word : share.words()) {
        text.append(ShareWords.word(word)).append(' ');
      }
      texts.add(text.toString());
    }
    refusal(Token.SHARES_UNFIT, () -> rejoined(texts.subList(0, 2)));
    refusal(Token.SHARES_UNFIT, () -> rejoined(List.of(texts.get(0), texts.get(2), texts.get(1))));
    assertThat(rejoined(List.of(texts.get(0), texts.get(2)))).isEqualTo(Hex.of(SECRET));
  }

  @Test
  void aThousandSeededMistakesAreRefusedAndTheirPlaceIsNamed() {
    List<String> shares = split(2, 3, "mistakes");
    Random random = new Random(1039);
    int named = 0;
    for (int i = 0; i < 1_000; i++) {
      int share = random.nextInt(2);
      String[] words = shares.get(share).split(" ");
      int at = random.nextInt(words.length);
      int other = (at + 1 + random.nextInt(words.length - 1)) % words.length;
      List<String> places = List.of("" + (at + 1));
      if (i % 3 == 0) { // one letter, mostly no word any more
        int letter = random.nextInt(Math.min(4, words[at].length()));
        char bent = (char) ('a' + (words[at].charAt(letter) - 'a' + 1 + random.nextInt(25)) % 26);
        words[at] = words[at].substring(0, letter) + bent + words[at].substring(letter + 1);
      } else if (i % 3 == 1) { // another word
        String before = words[at];
        while (words[at].equals(before)) {
          words[at] = ShareWords.word(random.nextInt(1024));
        }
      } else { // two swapped
        String kept = words[at];
        words[at] = words[other];
        words[other] = kept;
        if (words[at].equals(words[other])) {
          continue;
        }
        places = List.of("" + (Math.min(at, other) + 1), "" + (Math.max(at, other) + 1));
      }
      List<String> typed = new ArrayList<>(shares.subList(0, 2));
      typed.set(share, String.join(" ", words));
      try {
        rejoined(typed);
        throw new AssertionError("a mistake was taken: " + typed.get(share));
      } catch (RefusedException e) {
        Refusal refusal = e.refusal();
        assertThat(refusal.data()).containsEntry("share", "" + (share + 1));
        if (refusal.is(Token.SHARE_WORD_UNKNOWN)) {
          assertThat(refusal.data()).containsEntry("position", places.get(0));
          named++;
        } else if (refusal.is(Token.SHARE_MISTYPED)) {
          assertThat(refusal.data()).containsEntry("position", places.get(0));
          named++;
        } else if (refusal.is(Token.SHARE_SWAPPED)) {
          assertThat(refusal.data())
              .containsEntry("first", places.get(0))
              .containsEntry("second", places.get(1));
          named++;
        } else {
          assertThat(refusal.is(Token.SHARE_CHECKSUM)).isTrue();
        }
      }
    }
    // What is not named could be more than one thing: a swap explained by another word as well.
    assertThat(named).isGreaterThan(990);
  }

  @Test
  void wordsAreReadAsPeopleTypeThem() {
    List<String> shares = new ArrayList<>(split(2, 3, "typing").subList(0, 2));
    StringBuilder short4 = new StringBuilder("  ");
    for (String word : shares.get(0).split(" ")) {
      short4.append(word.substring(0, 4).toUpperCase(java.util.Locale.ROOT)).append("\n ");
    }
    shares.set(0, short4.toString());
    assertThat(rejoined(shares)).isEqualTo(Hex.of(SECRET));
    String cut = shares.get(1).substring(0, shares.get(1).lastIndexOf(' '));
    assertThat(refusal(Token.SHARE_LENGTH, () -> rejoined(List.of(cut))).data())
        .containsEntry("share", "1")
        .containsEntry("count", "33");
    refusal(Token.SHARE_LENGTH, () -> rejoined(List.of("")));
    refusal(Token.SHARE_LENGTH, () -> rejoined(List.of("academic ".repeat(70))));
  }

  @ParameterizedTest
  @CsvSource({"1,3", "0,0", "4,3", "2,17", "17,17", "-1,2"})
  void whatCannotBeSplitSoIsRefused(int threshold, int count) {
    refusal(
        Token.SPLIT_NUMBERS,
        () -> ShareSet.of(SECRET, threshold, count, TestEntropy.named("numbers")));
  }

  @Test
  void aBackupKeyComesBackWithItsTwentyFourWords() {
    try (BackupSeed seed = BackupSeed.fresh(TestEntropy.named("backup"));
        ShareSet set = seed.split(2, 3, TestEntropy.named("its shares"));
        BackupSeed again =
            BackupSeed.ofShares(
                new char[][] {
                  ShareVectors.joined(set.words(3)).toCharArray(),
                  ShareVectors.joined(set.words(1)).toCharArray()
                })) {
      assertThat(again.mnemonic().words()).isDeepEqualTo(seed.mnemonic().words());
    }
    String sixteen;
    try (ShareSet set = ShareSet.of(new byte[16], 2, 2, TestEntropy.named("short"))) {
      sixteen = ShareVectors.joined(set.words(1)) + ";" + ShareVectors.joined(set.words(2));
    }
    refusal(Token.PAPER_OTHER_KEY, () -> BackupSeed.ofShares(typed(List.of(sixteen.split(";")))));
  }

  @Test
  void brokenEntropySplitsNothingAndClosedSetsHoldNothing() {
    assertThatThrownBy(() -> ShareSet.of(SECRET, 2, 3, n -> new byte[n]))
        .isInstanceOf(org.trefoil.custody.entropy.EntropyMissing.class);
    ShareSet set = ShareSet.of(SECRET, 2, 3, TestEntropy.named("closed"));
    String before = ShareVectors.joined(set.words(2));
    set.close();
    assertThat(ShareVectors.joined(set.words(2)))
        .isNotEqualTo(before)
        .contains("academic academic");
    assertThat(set.toString()).isEqualTo("ShareSet[redacted]");
  }
}
