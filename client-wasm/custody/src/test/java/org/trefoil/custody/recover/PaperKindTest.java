package org.trefoil.custody.recover;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import org.junit.jupiter.api.Test;

class PaperKindTest {
  private static PaperKind kind(String text) {
    return PaperKind.of(text.toCharArray());
  }

  private static String words(int count) {
    return String.join(" ", Collections.nCopies(count, "zoo"));
  }

  @Test
  void twelveToTwentyFourWordsAreAKeyAndUpToFiftyNineAShare() {
    assertThat(kind(words(11))).isEqualTo(PaperKind.OTHER);
    assertThat(kind(words(12))).isEqualTo(PaperKind.WORDS);
    assertThat(kind(words(24))).isEqualTo(PaperKind.WORDS);
    assertThat(kind(words(25))).isEqualTo(PaperKind.SHARE);
    assertThat(kind(words(59))).isEqualTo(PaperKind.SHARE);
    assertThat(kind(words(60))).isEqualTo(PaperKind.OTHER);
  }

  @Test
  void wordsAreOfLettersWithAnyBlanksBetweenThem() {
    assertThat(kind(("azAZ \t\n").repeat(12))).isEqualTo(PaperKind.WORDS);
    for (String stranger : new String[] {"`", "{", "@", "[", "7", "-"}) {
      assertThat(kind(words(11) + " zo" + stranger + "o")).as(stranger).isEqualTo(PaperKind.OTHER);
    }
  }

  @Test
  void blanksAroundATextAreNoPartOfIt() {
    assertThat(kind(" \n wsh(…")).isEqualTo(PaperKind.DESCRIPTOR);
    assertThat(kind(" \tsh(…")).isEqualTo(PaperKind.DESCRIPTOR);
    assertThat(kind(" trefoil1:ab")).isEqualTo(PaperKind.SEALED_KEY);
    assertThat(kind("trefoil")).as("no version and no colon").isEqualTo(PaperKind.OTHER);
    assertThat(kind("\tUR:CRYPTO-PSBT/")).isEqualTo(PaperKind.PSBT);
    assertThat(kind(" ")).isEqualTo(PaperKind.OTHER);
  }
}
