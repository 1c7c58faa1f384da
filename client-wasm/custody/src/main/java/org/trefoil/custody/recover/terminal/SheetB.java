package org.trefoil.custody.recover.terminal;

import java.util.Arrays;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.trefoil.core.RefusedException;
import org.trefoil.core.descriptor.Descriptors;
import org.trefoil.core.envelope.SealedUserKey;
import org.trefoil.core.keys.Cosigners;
import org.trefoil.core.keys.KeyRole;
import org.trefoil.core.units.Network;
import org.trefoil.custody.bip39.Mnemonic;
import org.trefoil.custody.envelope.v1.Opening;
import org.trefoil.custody.keys.AccountKey;
import org.trefoil.custody.keys.UserSeed;
import org.trefoil.custody.passcode.Passcode;

/**
 * The conversation that opens sheet B. Whatever is refused is asked again; the end of the input
 * ends it. With the descriptor it shows words only when they are the descriptor's user key.
 */
public final class SheetB {
  private static final int PER_LINE = 6;

  private final Terminal terminal;

  public SheetB(Terminal terminal) {
    this.terminal = terminal;
  }

  /** Whether it came to the words. */
  public boolean open() {
    terminal.say("Opens the sealed user key of sheet B. Use a computer that you trust, offline.");
    SealedUserKey sealed = asked("Sealed key (trefoil1:...): ", SealedUserKey::parse);
    if (sealed == null) {
      return false;
    }
    terminal.say("Check words, as on the sheet: " + String.join(" ", sealed.words()));
    Network network = asked("Network on the sheet (mainnet, regtest, ...): ", Network::of);
    if (network == null) {
      return false;
    }
    Cosigners cosigners =
        asked("Descriptor on the sheet: ", text -> Descriptors.ofWallet(text, network));
    if (cosigners == null) {
      return false;
    }
    try (UserSeed seed = unsealed(sealed)) {
      return seed != null && shown(seed, cosigners);
    }
  }

  private <T> @Nullable T asked(String question, Function<String, T> read) {
    while (true) {
      String typed = terminal.ask(question);
      if (typed == null) {
        return null;
      }
      try {
        return read.apply(typed.strip());
      } catch (RefusedException e) {
        terminal.say(sentence(e));
      } catch (IllegalArgumentException e) {
        terminal.say("Not a network: mainnet, testnet, signet or regtest.");
      }
    }
  }

  private @Nullable UserSeed unsealed(SealedUserKey sealed) {
    while (true) {
      char[] typed = terminal.askHidden("Passcode (not shown): ");
      if (typed == null) {
        return null;
      }
      try (Passcode passcode = Passcode.typed(typed);
          Opening opening = Opening.begin(sealed, passcode, sealed.claimed())) {
        return opening.run();
      } catch (RefusedException e) {
        terminal.say(sentence(e));
      } finally {
        Arrays.fill(typed, '\0');
      }
    }
  }

  private boolean shown(UserSeed seed, Cosigners cosigners) {
    try (AccountKey account = seed.account(cosigners.network());
        Mnemonic words = seed.mnemonic()) {
      if (!account.cosignerKey().equals(cosigners.key(KeyRole.USER))) {
        terminal.say("The descriptor names another user key: is it from the same sheet B?");
        return false;
      }
      terminal.say("");
      terminal.say("The user key's 24 words. Whoever reads them holds this key: clear the screen,");
      terminal.say("and send everything to a new wallet, since they have left the paper now.");
      terminal.say("");
      for (int i = 1; i <= words.count(); i += PER_LINE) {
        StringBuilder line = new StringBuilder();
        for (int k = i; k < i + PER_LINE; k++) {
          line.append(k == i ? "" : " ").append(words.word(k));
        }
        terminal.say(line.toString());
      }
      terminal.say("");
      terminal.say("Path: " + account.cosignerKey().origin().path());
      terminal.say("Descriptor: " + cosigners.descriptor());
      terminal.say("First address: " + cosigners.address(Cosigners.RECEIVE, 0));
      terminal.say("It must be the one on the sheet. Steps 3 and 4 there say how to spend.");
      return true;
    }
  }

  private static String sentence(RefusedException e) {
    return switch (e.refusal().token()) {
      case "envelope-damaged" -> "Not a whole sealed key: compare it with the sheet.";
      case "envelope-version" -> "Sealed by a later Trefoil: take the program of that version.";
      case "passcode-wrong" -> "That passcode does not open it.";
      case "passcode-unsupported-character" ->
          "Character " + e.refusal().data().get("position") + " cannot be in a passcode.";
      case "descriptor-checksum" -> "The descriptor has a mistake, or its end (#...) is missing.";
      default -> "Refused: " + e.refusal().token() + ".";
    };
  }
}
