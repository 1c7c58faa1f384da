package org.trefoil.custody.recover.terminal;

import org.trefoil.custody.bip39.Mnemonic;

/** Shows the words of a key, six a line. */
final class WordLines {
  private static final int PER_LINE = 6;

  private WordLines() {}

  static void say(Conversation talk, char[][] words) {
    talk.say("");
    for (int i = 0; i < words.length; i += PER_LINE) {
      StringBuilder line = new StringBuilder();
      for (int k = i; k < Math.min(words.length, i + PER_LINE); k++) {
        line.append(k == i ? "" : " ").append(words[k]);
      }
      talk.say(line.toString());
    }
    talk.say("");
  }

  static void say(Conversation talk, Mnemonic words) {
    talk.say("");
    for (int i = 1; i <= words.count(); i += PER_LINE) {
      StringBuilder line = new StringBuilder();
      for (int k = i; k < i + PER_LINE; k++) {
        line.append(k == i ? "" : " ").append(words.word(k));
      }
      talk.say(line.toString());
    }
    talk.say("");
  }
}
