package org.trefoil.custody.birth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.trefoil.core.Refusal;
import org.trefoil.core.RefusedException;
import org.trefoil.core.units.Network;
import org.trefoil.custody.bip39.Mnemonic;
import org.trefoil.custody.bip39.Words;

/** What people mistype into the vault from sheet A, whole or split: none of it is taken. */
class SheetSlipsTest {
  private final Random random = new Random(20261122);

  @Test
  @Tag("slow")
  void aThousandSlipsInTheWordsOfSheetsAreRefusedByTheVaultAndTheirPlaceNamed() {
    int named = 0;
    try (Born whole = QuickBirths.here(Network.REGTEST, "slips");
        Born split = QuickBirths.split(Network.REGTEST, "split slips", 2, 3);
        Mnemonic backup = whole.backupWords()) {
      for (int i = 0; i < 700; i++) {
        named += sheetA(whole, backup.words(), i % 10 == 0);
      }
      for (int i = 0; i < 300; i++) {
        named += shareOf(split, i % 2 == 0);
      }
    }
    assertThat(named).isGreaterThan(998);
  }

  /** A slip in the 24 words; always named, whatever it is. */
  private int sheetA(Born born, char[][] words, boolean swapped) {
    int[] places = swapped ? swap(words) : mistype(words);
    Refusal refusal = refused(() -> PaperWords.backup(born.cosigners(), words).run().close());
    if (swapped) {
      assertThat(refusal.token()).isEqualTo("words-swapped");
      assertThat(refusal.data())
          .containsEntry("first", "" + places[0])
          .containsEntry("second", "" + places[1]);
    } else {
      boolean known = Words.value(words[places[0] - 1]) >= 0;
      assertThat(refusal.token()).isEqualTo(known ? "words-mistyped" : "word-unknown");
      assertThat(refusal.data()).containsEntry("position", "" + places[0]);
    }
    return 1;
  }

  /** A slip in the second of two shares; 0 where more than one slip would explain it. */
  private int shareOf(Born born, boolean swapped) {
    char[][] words = born.backupShares().words(3);
    int[] places = swapped ? swap(words) : mistype(words);
    char[][] typed = {text(born.backupShares().words(1)), text(words)};
    Refusal refusal = refused(() -> PaperWords.backupOfShares(born.cosigners(), typed).close());
    assertThat(refusal.token()).matches("share-(word-unknown|mistyped|swapped|checksum)");
    assertThat(refusal.data()).containsEntry("share", "2");
    boolean two = refusal.token().equals("share-swapped");
    return ("" + places[0]).equals(refusal.data().get(two ? "first" : "position"))
            && (!two || ("" + places[1]).equals(refusal.data().get("second")))
        ? 1
        : 0;
  }

  private int[] swap(char[][] words) {
    int one = random.nextInt(words.length);
    int two = random.nextInt(words.length);
    if (String.valueOf(words[one]).equals(String.valueOf(words[two]))) {
      return swap(words);
    }
    char[] kept = words[one];
    words[one] = words[two];
    words[two] = kept;
    return new int[] {Math.min(one, two) + 1, Math.max(one, two) + 1};
  }

  /** Another letter in one of the first four of a word, which tell it from all others. */
  private int[] mistype(char[][] words) {
    int place = random.nextInt(words.length);
    int at = random.nextInt(Math.min(4, words[place].length));
    char letter = (char) ('a' + random.nextInt(26));
    if (words[place][at] == letter) {
      return mistype(words);
    }
    words[place][at] = letter;
    return new int[] {place + 1};
  }

  private static char[] text(char[][] words) {
    StringBuilder text = new StringBuilder();
    for (char[] word : words) {
      text.append(word).append(' ');
    }
    return text.toString().toCharArray();
  }

  private static Refusal refused(Runnable read) {
    RefusedException e = catchThrowableOfType(RefusedException.class, read::run);
    assertThat(e).isNotNull();
    return e.refusal();
  }
}
