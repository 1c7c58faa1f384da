package org.trefoil.custody.recover.terminal;

import java.util.Arrays;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.trefoil.core.RefusedException;
import org.trefoil.core.keys.KeyRole;
import org.trefoil.core.units.Network;
import org.trefoil.custody.bip39.Mnemonic;
import org.trefoil.custody.entropy.Entropy;
import org.trefoil.custody.keys.AccountKey;
import org.trefoil.custody.keys.BackupSeed;
import org.trefoil.custody.paper.KeyFacts;
import org.trefoil.custody.paper.KeySheets;
import org.trefoil.custody.secret.SecretBytes;
import org.trefoil.custody.slip39.ShareSet;

/** Puts a key that was just made on paper, as words or as shares, and has it typed back. */
final class MadeKey {
  private final Conversation talk;
  private final Entropy machine;
  private final Network network;

  MadeKey(Conversation talk, Entropy machine, Network network) {
    this.talk = talk;
    this.machine = machine;
    this.network = network;
  }

  /** Whether it is on paper, and was read back. */
  boolean kept(BackupSeed seed) {
    while (true) {
      String form = talk.ask("Keep it as words (on one paper), or as shares (on several)? ");
      if (form == null) {
        return false;
      }
      switch (form) {
        case "words" -> {
          return words(seed);
        }
        case "shares" -> {
          return shares(seed);
        }
        default -> talk.say("Type words or shares.");
      }
    }
  }

  private boolean words(BackupSeed seed) {
    try (Mnemonic words = seed.mnemonic()) {
      talk.say("The key's 24 words. Write them on paper now; this program keeps nothing.");
      WordLines.say(talk, words);
      char[][] copy = words.words();
      try {
        printed(KeySheets.ofWords(facts(seed), network, copy));
      } finally {
        wipe(copy);
      }
      return typedBack("All 24 words, from the paper (not shown): ", t -> same(t, words));
    }
  }

  private boolean shares(BackupSeed seed) {
    try (ShareSet set = split(seed)) {
      if (set == null) {
        return false;
      }
      char[][][] shares = new char[set.count()][][];
      for (int i = 0; i < shares.length; i++) {
        shares[i] = set.words(i + 1);
      }
      try {
        return shares(seed, set.threshold(), shares);
      } finally {
        for (char[][] words : shares) {
          wipe(words);
        }
      }
    }
  }

  private boolean shares(BackupSeed seed, int threshold, char[][][] shares) {
    talk.say(
        "The shares, any "
            + threshold
            + " of which make the key. Write each on a paper of its own:");
    for (int i = 0; i < shares.length; i++) {
      talk.say("Sheet A" + (i + 1) + ":");
      WordLines.say(talk, shares[i]);
    }
    printed(KeySheets.ofShares(facts(seed), network, threshold, shares));
    for (int i = 0; i < shares.length; i++) {
      char[][] words = shares[i];
      String question = "All words of sheet A" + (i + 1) + ", from the paper (not shown): ";
      if (!typedBack(question, typed -> same(typed, words))) {
        return false;
      }
    }
    return true;
  }

  /** Null at the end of the input. */
  private @Nullable ShareSet split(BackupSeed seed) {
    while (true) {
      Integer count = number("How many sheets (2 to 16)? ");
      Integer threshold = count == null ? null : number("How many of them make the key? ");
      if (count == null || threshold == null) {
        return null;
      }
      try {
        return seed.split(threshold, count, machine);
      } catch (RefusedException e) {
        talk.say(e);
      }
    }
  }

  private @Nullable Integer number(String question) {
    while (true) {
      String typed = talk.ask(question);
      if (typed == null) {
        return null;
      }
      try {
        return Integer.valueOf(typed);
      } catch (NumberFormatException e) {
        talk.say("Type a number.");
      }
    }
  }

  /** Offers sheets to print, and wipes them. */
  private void printed(byte[] pdf) {
    while (true) {
      String path = talk.ask("Name of a PDF to print it from (with the secret in it), or Enter: ");
      if (path == null || path.isEmpty() || talk.written(path, pdf.clone())) {
        Arrays.fill(pdf, (byte) 0);
        return;
      }
    }
  }

  private KeyFacts facts(BackupSeed seed) {
    try (AccountKey key = seed.account(network)) {
      return new KeyFacts(KeyRole.BACKUP, key.cosignerKey().expression(), "");
    }
  }

  private boolean typedBack(String question, Predicate<char[]> right) {
    while (true) {
      Boolean same = talk.hidden(question, right::test);
      if (same == null) {
        return false;
      }
      if (same) {
        return true;
      }
      talk.say("That is not what was shown. Look at the paper again.");
    }
  }

  private static boolean same(char[] typed, Mnemonic words) {
    try (Mnemonic read = Mnemonic.parse(typed);
        SecretBytes one = read.entropy();
        SecretBytes other = words.entropy()) {
      return one.equalsInConstantTime(other);
    }
  }

  /** Whether these are the words of a share, in order; four letters of each are enough. */
  private static boolean same(char[] typed, char[][] words) {
    int at = 0;
    boolean same = true;
    for (char[] word : words) {
      while (at < typed.length && typed[at] <= ' ') {
        at++;
      }
      int from = at;
      while (at < typed.length && typed[at] > ' ') {
        at++;
      }
      char[] one = Arrays.copyOfRange(typed, from, at);
      same &= one.length > 0 && ShareSet.value(one) == ShareSet.value(word);
      Arrays.fill(one, '\0');
    }
    while (at < typed.length && typed[at] <= ' ') {
      at++;
    }
    return same && at == typed.length;
  }

  private static void wipe(char[][] words) {
    for (char[] word : words) {
      Arrays.fill(word, '\0');
    }
  }
}
