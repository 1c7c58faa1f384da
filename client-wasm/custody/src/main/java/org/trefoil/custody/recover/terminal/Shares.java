package org.trefoil.custody.recover.terminal;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.trefoil.core.RefusedException;
import org.trefoil.core.Token;
import org.trefoil.core.keys.Cosigners;
import org.trefoil.custody.bip39.Mnemonic;
import org.trefoil.custody.keys.BackupSeed;
import org.trefoil.custody.recover.OpenedKey;

/** Asks for the shares of a split backup key, sheet after sheet, until they make it again. */
final class Shares {
  private final Conversation talk;

  Shares(Conversation talk) {
    this.talk = talk;
  }

  /**
   * {@code trefoil-recover.jar shares}: shows the backup key's 24 words, once they are known to be
   * the wallet's. Whether it came to that.
   */
  boolean show() {
    talk.say("Joins the shares of sheets A1, A2 ... Use a computer that you trust, offline.");
    try (Sheets sheets = new Sheets(talk)) {
      Cosigners cosigners = sheets.wallet();
      if (cosigners == null) {
        return false;
      }
      try (BackupSeed seed = seed()) {
        if (seed == null) {
          return false;
        }
        try (Mnemonic words = seed.mnemonic();
            OpenedKey key = OpenedKey.of(words, cosigners)) {
          talk.say("");
          talk.say(
              "The " + key.role().id() + " key's 24 words. Whoever reads them holds this key:");
          talk.say("clear the screen, and send everything to a new wallet afterwards.");
          WordLines.say(talk, words);
          talk.say("Path: " + key.cosignerKey().origin().path());
          return true;
        } catch (RefusedException e) {
          talk.say(e);
          return false;
        }
      }
    }
  }

  /** The seed that the shares make; null at the end of the input. */
  @Nullable BackupSeed seed() {
    List<char[]> shares = new ArrayList<>();
    try {
      while (true) {
        String question = "All words of share " + (shares.size() + 1) + " (not shown): ";
        char[] share = talk.hidden(question, char[]::clone);
        if (share == null) {
          return null;
        }
        shares.add(share);
        BackupSeed seed = joined(shares);
        if (seed != null) {
          return seed;
        }
      }
    } finally {
      for (char[] share : shares) {
        Arrays.fill(share, '\0');
      }
    }
  }

  /** Null when another share is needed, or the last one has to be typed again. */
  private @Nullable BackupSeed joined(List<char[]> shares) {
    try {
      return BackupSeed.ofShares(shares.toArray(new char[0][]));
    } catch (RefusedException e) {
      talk.say(e);
      if (!e.refusal().is(Token.SHARES_MISSING)) {
        Arrays.fill(shares.remove(shares.size() - 1), '\0');
      }
      return null;
    }
  }
}
