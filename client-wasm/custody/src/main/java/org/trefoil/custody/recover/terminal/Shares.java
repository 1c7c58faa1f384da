package org.trefoil.custody.recover.terminal;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.trefoil.core.RefusedException;
import org.trefoil.core.Token;
import org.trefoil.core.units.Network;
import org.trefoil.custody.bip39.Mnemonic;
import org.trefoil.custody.keys.BackupSeed;
import org.trefoil.custody.recover.DescriptorText;
import org.trefoil.custody.recover.OpenedKey;

/** Asks for the shares of a split backup key, sheet after sheet, until they make it again. */
final class Shares {
  private final Conversation talk;

  Shares(Conversation talk) {
    this.talk = talk;
  }

  /**
   * {@code trefoil-recover.jar shares}: shows the backup key's 24 words, and whose they are where
   * the descriptor is given. Whether it came to that.
   */
  boolean show() {
    talk.say("Joins the shares of sheets A1, A2 ... Use a computer that you trust, offline.");
    try (Sheets sheets = new Sheets(talk)) {
      if (!read(sheets)) {
        return false;
      }
      try (BackupSeed seed = seed(sheets.takeShares())) {
        if (seed == null) {
          return false;
        }
        try (Mnemonic words = seed.mnemonic()) {
          return shown(words, sheets);
        }
      }
    }
  }

  /** Whether the person goes on, with a PDF of the sheets or without. */
  private boolean read(Sheets sheets) {
    while (true) {
      String path = talk.ask("Path of the sheets' PDF, or Enter to type the shares: ");
      if (path == null) {
        return false;
      }
      if (path.isEmpty() || sheets.readPdf(path)) {
        return true;
      }
    }
  }

  private boolean shown(Mnemonic words, Sheets sheets) {
    String descriptor = sheets.printedDescriptor();
    while (true) {
      String text =
          descriptor == null
              ? talk.ask("Descriptor on any sheet, to see that it is this wallet's key, or Enter: ")
              : descriptor;
      if (text == null) {
        return false;
      }
      if (text.isEmpty()) {
        show("A backup key's", words);
        talk.say("Path: m/48'/0'/0'/2' on mainnet, m/48'/1'/0'/2' on a test network.");
        return true;
      }
      Network network = sheets.network(text);
      if (network == null) {
        return false;
      }
      try (OpenedKey key = OpenedKey.of(words, DescriptorText.read(text, network))) {
        show("The " + key.role().id() + " key's", words);
        talk.say("Path: " + key.cosignerKey().origin().path());
        return true;
      } catch (RefusedException e) {
        talk.say(e);
        descriptor = null;
      }
    }
  }

  private void show(String whose, Mnemonic words) {
    talk.say("");
    talk.say(whose + " 24 words. Whoever reads them holds this key:");
    talk.say("clear the screen, and send everything to a new wallet afterwards.");
    WordLines.say(talk, words);
  }

  /**
   * The seed that the shares make; null at the end of the input.
   *
   * @param read shares that are there already, wiped
   */
  @Nullable BackupSeed seed(List<char[]> read) {
    List<char[]> shares = new ArrayList<>();
    try {
      for (int i = 0; i < read.size(); i++) {
        shares.add(read.get(i));
        BackupSeed seed = joined(shares, i + 1 < read.size());
        if (seed != null) {
          return seed;
        }
      }
      while (true) {
        String question = "All words of share " + (shares.size() + 1) + " (not shown): ";
        char[] share = talk.hidden(question, char[]::clone);
        if (share == null) {
          return null;
        }
        shares.add(share);
        BackupSeed seed = joined(shares, false);
        if (seed != null) {
          return seed;
        }
      }
    } finally {
      shares.addAll(read);
      for (char[] share : shares) {
        Arrays.fill(share, '\0');
      }
    }
  }

  /**
   * Null when another share is needed, or the last one has to be typed again.
   *
   * @param more whether another one is at hand, so that nobody needs to be asked for it
   */
  private @Nullable BackupSeed joined(List<char[]> shares, boolean more) {
    try {
      return BackupSeed.ofShares(shares.toArray(new char[0][]));
    } catch (RefusedException e) {
      boolean missing =
          e.refusal().is(Token.SHARES_MISSING) || e.refusal().is(Token.SHARES_MISSING_OF_GROUPS);
      if (!missing || !more) {
        talk.say(e);
      }
      if (!missing) {
        Arrays.fill(shares.remove(shares.size() - 1), '\0');
      }
      return null;
    }
  }
}
