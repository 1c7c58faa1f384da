package org.trefoil.custody.recover.terminal;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.trefoil.core.RefusedException;
import org.trefoil.core.envelope.SealedUserKey;
import org.trefoil.core.keys.Cosigners;
import org.trefoil.core.keys.KeyRole;
import org.trefoil.custody.bip39.Mnemonic;
import org.trefoil.custody.bip39.WordsReading;
import org.trefoil.custody.keys.BackupSeed;
import org.trefoil.custody.passcode.Passcode;
import org.trefoil.custody.recover.OpenedKey;
import org.trefoil.custody.recover.SealedKeyOpening;
import org.trefoil.custody.recover.SealedKeyText;

/** Asks for keys, one after the other, until there are enough or the person has no more. */
final class Keys implements AutoCloseable {
  private final Conversation talk;
  private final Sheets sheets;
  private final Cosigners cosigners;
  private final List<OpenedKey> opened = new ArrayList<>();

  Keys(Conversation talk, Sheets sheets, Cosigners cosigners) {
    this.talk = talk;
    this.sheets = sheets;
    this.cosigners = cosigners;
  }

  /** Opens up to this many keys that have not signed yet; fewer when the person stops. */
  List<OpenedKey> open(int needed, List<KeyRole> signed) {
    while (opened.size() < needed) {
      String which =
          talk.ask(
              "Key "
                  + (opened.size() + 1)
                  + " of "
                  + needed
                  + ": words (24 of any of the keys), sealed (sheet B and passcode), shares (sheets"
                  + " A1, A2 ...), or none: ");
      if (which == null || which.equals("none")) {
        break;
      }
      OpenedKey key =
          switch (which) {
            case "words" -> words();
            case "sealed" -> sealed();
            case "shares" -> shares();
            default -> null;
          };
      if (key != null) {
        take(key, signed);
      }
    }
    return opened;
  }

  private void take(OpenedKey key, List<KeyRole> signed) {
    List<KeyRole> have = new ArrayList<>(signed);
    for (OpenedKey other : opened) {
      have.add(other.role());
    }
    if (have.contains(key.role())) {
      talk.say("The " + key.role().id() + " key is there already: another one is needed.");
      key.close();
    } else {
      talk.say("That is the " + key.role().id() + " key.");
      opened.add(key);
    }
  }

  private @Nullable OpenedKey words() {
    boolean taken = sheets.hasWords() && talk.agreed("Take the words out of the PDF? (yes) ");
    char[] printed = taken ? sheets.takeWords() : null;
    if (printed != null) {
      try {
        return fromWords(printed);
      } catch (RefusedException e) {
        talk.say(e);
      } finally {
        Arrays.fill(printed, '\0');
      }
    }
    return talk.hidden("24 words with blanks between them (not shown): ", this::fromWords);
  }

  private OpenedKey fromWords(char[] words) {
    try (WordsReading<OpenedKey> reading = OpenedKey.reading(words, cosigners)) {
      return reading.run();
    }
  }

  private @Nullable OpenedKey shares() {
    try (BackupSeed seed = new Shares(talk).seed(sheets.takeShares())) {
      if (seed == null) {
        return null;
      }
      try (Mnemonic words = seed.mnemonic()) {
        return OpenedKey.of(words, cosigners);
      }
    } catch (RefusedException e) {
      talk.say(e);
      return null;
    }
  }

  /** The sealed key out of a PDF, or as it is typed; null at the end of the input. */
  private @Nullable SealedUserKey envelope() {
    String printed = sheets.sealed();
    while (printed == null) {
      String typed = talk.ask("Sealed key (trefoil1:...), or the path of sheet B's PDF: ");
      if (typed == null) {
        return null;
      }
      if (Sheets.isPdf(typed)) {
        sheets.readPdf(typed);
        printed = sheets.sealed();
        continue;
      }
      try {
        return SealedKeyText.read(typed);
      } catch (RefusedException e) {
        talk.say(e);
      }
    }
    return SealedKeyText.read(printed);
  }

  private @Nullable OpenedKey sealed() {
    SealedUserKey sealed = envelope();
    if (sealed == null) {
      return null;
    }
    talk.say("Check words, as on sheet B: " + String.join(" ", sealed.words()));
    return talk.hidden(
        "Passcode (not shown): ",
        typed -> {
          try (Passcode passcode = Passcode.typed(typed);
              SealedKeyOpening opening = SealedKeyOpening.begin(sealed, passcode, cosigners)) {
            return opening.run();
          }
        });
  }

  @Override
  public void close() {
    for (OpenedKey key : opened) {
      key.close();
    }
  }

  @Override
  public String toString() {
    return "Keys[redacted]";
  }
}
