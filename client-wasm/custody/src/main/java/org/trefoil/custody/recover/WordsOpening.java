package org.trefoil.custody.recover;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.trefoil.core.Refusal;
import org.trefoil.core.Token;
import org.trefoil.core.keys.Cosigners;
import org.trefoil.core.keys.EnglishWords;
import org.trefoil.custody.bip39.Mnemonic;
import org.trefoil.custody.keys.AccountKey;
import org.trefoil.custody.secret.SecretBytes;
import org.trefoil.custody.slices.SlicedWork;

/**
 * Opens any of the wallet's keys by its words. When the words are none of the wallet's keys, it
 * looks for the one mistake that would explain it and names its place: two words swapped, or one
 * word in the place of another.
 *
 * <p>Of the 49,000 single mistakes in 24 words one in 256 fits the words' own checksum, and each of
 * those costs 2,048 rounds of HMAC-SHA512 and one multiplication: a second in a browser.
 */
public final class WordsOpening implements SlicedWork<OpenedKey> {
  private static final int LIST = 2048;
  private static final int CHEAP_TRIES = 512;

  private final short[] words;
  private final Cosigners cosigners;
  private final boolean fits;

  /** How far the search is: itself, the swaps, near words, all words. */
  private int next;

  private @Nullable OpenedKey opened;
  private @Nullable String mistake;

  private WordsOpening(short[] words, Cosigners cosigners) {
    this.words = words;
    this.cosigners = cosigners;
    try (Mnemonic whole = Mnemonic.fitting(words)) {
      fits = whole != null;
    }
  }

  /**
   * Begins with one word an entry, in any case, four letters being enough. Refuses {@code
   * words-count} and {@code word-unknown} {position}. The arrays stay the caller's to wipe.
   */
  public static WordsOpening begin(char[][] words, Cosigners cosigners) {
    return new WordsOpening(Mnemonic.values(words), cosigners);
  }

  /** The same with words separated by blanks. */
  public static WordsOpening begin(char[] text, Cosigners cosigners) {
    return new WordsOpening(Mnemonic.values(text), cosigners);
  }

  @Override
  public boolean step() {
    int tries = 0;
    while (next < total() && opened == null && mistake == null) {
      if (tryNext() || ++tries == CHEAP_TRIES) {
        break;
      }
    }
    return next < total() && opened == null && mistake == null;
  }

  @Override
  public int percent() {
    return opened != null || mistake != null ? 100 : (int) (100L * next / total());
  }

  /**
   * The key. Refuses {@code words-mistyped} {positions: {@code 7} or {@code 3, 9}}, {@code
   * paper-other-key} for right words of another wallet, {@code words-checksum} for words that no
   * single mistake explains.
   */
  @Override
  public OpenedKey finish() {
    if (opened != null) {
      OpenedKey key = opened;
      opened = null;
      return key;
    }
    if (mistake != null) {
      throw Refusal.of(Token.WORDS_MISTYPED, "positions", mistake).exception();
    }
    if (next < total()) {
      throw new IllegalStateException("slices left");
    }
    throw Refusal.of(fits ? Token.PAPER_OTHER_KEY : Token.WORDS_CHECKSUM).exception();
  }

  private int swaps() {
    return words.length * (words.length - 1) / 2;
  }

  private int total() {
    return 1 + swaps() + 2 * words.length * LIST;
  }

  /** Tries one more; whether it was a costly one. */
  private boolean tryNext() {
    int number = next++;
    if (number == 0) {
      try (Mnemonic whole = Mnemonic.fitting(words)) {
        opened = whole == null ? null : find(whole);
      }
      return true;
    }
    number--;
    if (number < swaps()) {
      return trySwap(number);
    }
    number -= swaps();
    boolean near = number < words.length * LIST;
    number %= words.length * LIST;
    return tryWord(number / LIST, (short) (number % LIST), near);
  }

  private boolean trySwap(int number) {
    int first = 0;
    int left = number;
    while (left >= words.length - 1 - first) {
      left -= words.length - 1 - first;
      first++;
    }
    int second = first + 1 + left;
    if (words[first] == words[second]) {
      return false;
    }
    short[] other = words.clone();
    other[first] = words[second];
    other[second] = words[first];
    return judge(other, (first + 1) + ", " + (second + 1));
  }

  private boolean tryWord(int place, short word, boolean near) {
    if (word == words[place] || isNear(words[place], word) != near) {
      return false;
    }
    short[] other = words.clone();
    other[place] = word;
    return judge(other, Integer.toString(place + 1));
  }

  /** Tries these words, which are wiped; whether that was costly. */
  private boolean judge(short[] other, String places) {
    boolean costly;
    try (Mnemonic whole = Mnemonic.fitting(other)) {
      costly = whole != null;
      OpenedKey key = whole == null ? null : find(whole);
      if (key != null) {
        key.close();
        mistake = places;
      }
    }
    Arrays.fill(other, (short) 0);
    return costly;
  }

  private @Nullable OpenedKey find(Mnemonic whole) {
    try (SecretBytes seed = whole.seed()) {
      AccountKey account = AccountKey.find(seed, cosigners);
      return account == null ? null : new OpenedKey(account);
    }
  }

  /** Whether two words of the list are taken for each other: few letters differ. */
  private static boolean isNear(short typed, short meant) {
    String a = EnglishWords.word(typed);
    String b = EnglishWords.word(meant);
    int same = 0;
    int shorter = Math.min(a.length(), b.length());
    for (int i = 0; i < shorter; i++) {
      same += a.charAt(i) == b.charAt(i) ? 1 : 0;
    }
    return Math.max(a.length(), b.length()) - same <= 2;
  }

  @Override
  public void close() {
    Arrays.fill(words, (short) 0);
    if (opened != null) {
      opened.close();
    }
  }

  @Override
  public String toString() {
    return "WordsOpening[redacted]";
  }
}
