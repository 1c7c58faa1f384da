package org.trefoil.custody.birth;

import java.util.List;
import org.trefoil.core.Refusal;
import org.trefoil.core.RefusedException;
import org.trefoil.core.Token;
import org.trefoil.core.keys.Cosigners;
import org.trefoil.core.keys.EnglishWords;
import org.trefoil.custody.bip39.Words;

/**
 * The four words of a key set, typed from the paper: what shows somebody without the passcode that
 * the keys a server names are those on the sheets. 44 bits, stretched; see {@code Cosigners.words}.
 */
public final class KeySetWords {
  private KeySetWords() {}

  /**
   * Refuses {@code paper-word-wrong} with the position of the first word that is not the key set's;
   * case does not count, and the first four letters are enough.
   *
   * @param typed words with blanks between them
   */
  public static void check(Cosigners cosigners, String typed) {
    List<String> words = cosigners.words();
    char[] text = typed.toCharArray();
    int at = 0;
    for (int i = 0; i < words.size(); i++) {
      int from = skip(text, at, true);
      at = skip(text, from, false);
      char[] word = new char[at - from];
      System.arraycopy(text, from, word, 0, word.length);
      if (Words.value(word) != EnglishWords.value(words.get(i))) {
        throw wrong(i + 1);
      }
    }
    if (skip(text, at, true) < text.length) {
      throw wrong(words.size() + 1);
    }
  }

  private static int skip(char[] text, int from, boolean blanks) {
    int at = from;
    while (at < text.length && (text[at] <= ' ') == blanks) {
      at++;
    }
    return at;
  }

  private static RefusedException wrong(int position) {
    return Refusal.of(
            Token.PAPER_WORD_WRONG, "sheet", "A's key set", "position", Integer.toString(position))
        .exception();
  }
}
