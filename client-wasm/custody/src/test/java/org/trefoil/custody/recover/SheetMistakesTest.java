package org.trefoil.custody.recover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.trefoil.core.Refusal;
import org.trefoil.core.RefusedException;
import org.trefoil.core.keys.Cosigners;
import org.trefoil.core.keys.EnglishWords;
import org.trefoil.core.keys.KeyRole;
import org.trefoil.core.keys.ScriptType;
import org.trefoil.core.units.Network;
import org.trefoil.custody.bip39.Words;
import org.trefoil.custody.bip39.WordsReading;

/** What people mistype from a sheet: none of it is taken, and they are told where to look. */
class SheetMistakesTest {
  private static final PaperWallet WALLET = new PaperWallet("mistakes", ScriptType.P2WSH);
  private static final Cosigners COSIGNERS = WALLET.cosigners();
  private static final String DESCRIPTOR = COSIGNERS.descriptor();
  private static final String[] WORDS = WALLET.words(KeyRole.BACKUP).split(" ");

  private final Random random = new Random(20261121);

  @Tag("slow")
  @Test
  void aThousandMistypedCharactersAndSwappedWordsAreRefusedAndTheirPlaceNamed() {
    String sealed = WALLET.sealed().text();
    int placed = 0;
    for (int i = 0; i < 380; i++) {
      Mistake mistake = Mistake.in(DESCRIPTOR, i % 4, random);
      placed += named(mistake, refused(() -> DescriptorText.read(mistake.typed, Network.REGTEST)));
    }
    for (int i = 0; i < 100; i++) {
      Mistake mistake = Mistake.in(sealed, i % 4, random);
      placed += named(mistake, refused(() -> SealedKeyText.read(mistake.typed)));
    }
    for (int i = 0; i < 520; i++) {
      placed += i % 12 == 0 ? swappedWords() : mistypedWord();
    }
    assertThat(placed).isEqualTo(1_000);
  }

  private static int named(Mistake mistake, Refusal refusal) {
    assertThat(refusal.token()).as(mistake.typed).matches("(descriptor|envelope)-mistyped");
    int position = Integer.parseInt(refusal.data().get("position"));
    assertThat(position).as(mistake.typed).isBetween(mistake.first, mistake.last);
    assertThat(mistake.typed).contains(refusal.data().get("near"));
    return 1;
  }

  private int swappedWords() {
    int one = random.nextInt(24);
    int two = random.nextInt(24);
    if (WORDS[one].equals(WORDS[two])) {
      return swappedWords();
    }
    String[] words = WORDS.clone();
    words[one] = WORDS[two];
    words[two] = WORDS[one];
    Refusal refusal = refused(words);
    assertThat(refusal.token()).isEqualTo("words-swapped");
    assertThat(refusal.data())
        .containsEntry("first", Integer.toString(Math.min(one, two) + 1))
        .containsEntry("second", Integer.toString(Math.max(one, two) + 1));
    return 1;
  }

  /** One letter is another: mostly no word of the list any more, sometimes another one. */
  private int mistypedWord() {
    int place = random.nextInt(24);
    String word = WORDS[place];
    int at = random.nextInt(word.length());
    char letter = (char) ('a' + random.nextInt(26));
    if (word.charAt(at) == letter || word.length() == 4) {
      // Four letters stand for the word that begins with them: mostly a costly search.
      return mistypedWord();
    }
    String[] words = WORDS.clone();
    words[place] = word.substring(0, at) + letter + word.substring(at + 1);
    Refusal refusal = refused(words);
    String position = Integer.toString(place + 1);
    if (Words.value(words[place].toCharArray()) < 0) {
      assertThat(refusal.token()).isEqualTo("word-unknown");
      assertThat(refusal.data()).containsEntry("position", position);
    } else {
      assertThat(refusal.token()).isEqualTo("words-mistyped");
      assertThat(refusal.data()).containsEntry("position", position);
    }
    return 1;
  }

  @Test
  void anyOtherWordOfTheListInThePlaceOfOneIsFound() {
    for (int place : new int[] {0, 1}) {
      String[] words = WORDS.clone();
      words[place] = EnglishWords.word((EnglishWords.value(words[place]) + 997) % 2048);
      Refusal refusal = refused(words);
      assertThat(refusal.token()).isEqualTo("words-mistyped");
      assertThat(refusal.data()).containsEntry("position", Integer.toString(place + 1));
    }
  }

  @Test
  void whatNoSingleMistakeExplainsIsSaidToo() {
    String two = DESCRIPTOR.replaceFirst("wsh", "hws").replaceFirst("sorted", "sroted");
    assertThat(refused(() -> DescriptorText.read(two, Network.REGTEST)).token())
        .isEqualTo("descriptor-checksum");
    String sealed = WALLET.sealed().text();
    String swapped = sealed.substring(0, 50) + sealed.substring(60) + sealed.substring(50, 60);
    assertThat(refused(() -> SealedKeyText.read(swapped)).token()).isEqualTo("envelope-damaged");
    assertThat(refused(() -> SealedKeyText.read("trefoil2:abc")).token())
        .isEqualTo("envelope-version");
    assertThat(refused(java.util.Arrays.copyOf(WORDS, 23)).token()).isEqualTo("words-count");
  }

  @Test
  void aDescriptorWhoseEndIsMissingIsRefusedAsThatAndNotAsAMistakeInIt() {
    int mark = DESCRIPTOR.indexOf('#');
    for (int length : new int[] {40, mark - 7, mark, mark + 1, mark + 4, mark + 8}) {
      assertThat(
              refused(() -> DescriptorText.read(DESCRIPTOR.substring(0, length), Network.REGTEST))
                  .token())
          .as("the first %s characters", length)
          .isEqualTo("descriptor-cut-off");
    }
  }

  @Test
  void rightWordsOfAnotherWalletAreNotTakenForAMistake() {
    PaperWallet other = new PaperWallet("other", ScriptType.P2WSH);
    assertThat(refused(other.words(KeyRole.USER).split(" ")).token()).isEqualTo("paper-other-key");
  }

  @Test
  void blanksAndLineBreaksAreNoMistakes() {
    String broken = DESCRIPTOR.substring(0, 70) + "\n  " + DESCRIPTOR.substring(70) + "\r\n";
    assertThat(DescriptorText.read(broken, Network.REGTEST)).isEqualTo(COSIGNERS);
    assertThat(DescriptorText.networks(broken))
        .containsExactly(Network.TESTNET, Network.SIGNET, Network.REGTEST);
  }

  @Test
  void whatStandsAroundAMistakeIsShownUpToBothEndsOfTheText() {
    assertThat(near("vsh" + DESCRIPTOR.substring(3))).isEqualTo("1: vsh(sorte");
    int end = DESCRIPTOR.length();
    char last = DESCRIPTOR.charAt(end - 1) == 'q' ? 'p' : 'q';
    assertThat(near(DESCRIPTOR.substring(0, end - 1) + last))
        .isEqualTo(end + ": " + DESCRIPTOR.substring(end - 9, end - 1) + last);
    String bent = DESCRIPTOR.substring(0, 39) + "_" + DESCRIPTOR.substring(40);
    assertThat(near(bent)).isEqualTo("40: " + bent.substring(31, 48));
    String sealed = WALLET.sealed().text();
    char other = sealed.charAt(39) == 'z' ? 'y' : 'z';
    String mistyped = sealed.substring(0, 39) + other + sealed.substring(40);
    assertThat(near(mistyped)).isEqualTo("40: " + mistyped.substring(31, 48));
    assertThat(SealedKeyText.read(" " + sealed + "\n").text()).isEqualTo(sealed);
  }

  private static String near(String typed) {
    Refusal refusal =
        refused(
            () -> {
              if (typed.startsWith("trefoil")) {
                SealedKeyText.read(typed);
              } else {
                DescriptorText.read(typed, Network.REGTEST);
              }
            });
    return refusal.data().get("position") + ": " + refusal.data().get("near");
  }

  @Test
  void aTextThatIsNoBeginningOfADescriptorIsNotCalledCutOff() {
    assertThat(refused(() -> DescriptorText.read("wsh(", Network.REGTEST)).token())
        .isEqualTo("descriptor-cut-off");
    assertThat(refused(() -> DescriptorText.read("sh(wsh(", Network.REGTEST)).token())
        .isEqualTo("descriptor-cut-off");
    assertThat(refused(() -> DescriptorText.read("tr(", Network.REGTEST)).token())
        .isNotEqualTo("descriptor-cut-off");
  }

  @Test
  void theNetworksOfADescriptorAreThoseThatItsKeysAreSpeltFor() {
    assertThat(DescriptorText.networks("wsh([aa/48'/0']xpub6")).containsExactly(Network.MAINNET);
    assertThat(DescriptorText.networks("]xpub")).containsExactly(Network.MAINNET);
    assertThat(DescriptorText.networks("]tpub")).hasSize(3).doesNotContain(Network.MAINNET);
    assertThat(DescriptorText.networks("wsh(xpub")).isEmpty();
  }

  @Test
  void aTextOfTheMostCharactersIsReadAndOneMoreIsNot() {
    assertThat(Compact.of("a b\u00a0\n c", 3)).isEqualTo("abc");
    assertThat(refused(() -> Compact.of("a b\u00a0\n c", 2)).data()).containsEntry("limit", "2");
  }

  private static Refusal refused(String[] words) {
    return refused(
        () -> {
          char[] text = String.join(" ", words).toCharArray();
          try (WordsReading<OpenedKey> reading = OpenedKey.reading(text, COSIGNERS)) {
            reading.run().close();
          }
        });
  }

  private static Refusal refused(Runnable read) {
    RefusedException e = catchThrowableOfType(RefusedException.class, read::run);
    assertThat(e).isNotNull();
    return e.refusal();
  }

  /**
   * A text with one mistake in it. Where equal characters stand together, a missing or additional
   * one of them is at all of their places.
   */
  private record Mistake(String typed, int first, int last) {
    private static final String TYPED =
        "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ()[],'/*<>;#_-";

    static Mistake in(String text, int kind, Random random) {
      int at = random.nextInt(text.length() - 1);
      char c = TYPED.charAt(random.nextInt(TYPED.length()));
      String before = text.substring(0, at);
      String after = text.substring(at + 1);
      switch (kind) {
        case 0:
          return c == text.charAt(at)
              ? in(text, kind, random)
              : new Mistake(before + c + after, at + 1, at + 1);
        case 1:
          char next = text.charAt(at + 1);
          return next == text.charAt(at)
              ? in(text, kind, random)
              : new Mistake(
                  before + next + text.charAt(at) + text.substring(at + 2), at + 1, at + 1);
        case 2:
          return run(before + after, text, at);
        default:
          String longer = before + c + text.charAt(at) + after;
          return run(longer, longer, at);
      }
    }

    private static Mistake run(String typed, String longer, int at) {
      int first = at;
      int last = at;
      while (first > 0 && longer.charAt(first - 1) == longer.charAt(at)) {
        first--;
      }
      while (last + 1 < longer.length() && longer.charAt(last + 1) == longer.charAt(at)) {
        last++;
      }
      return new Mistake(typed, first + 1, last + 1);
    }
  }
}
