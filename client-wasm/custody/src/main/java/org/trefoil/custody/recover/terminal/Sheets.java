package org.trefoil.custody.recover.terminal;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.trefoil.core.RefusedException;
import org.trefoil.core.Token;
import org.trefoil.core.keys.Cosigners;
import org.trefoil.core.units.Network;
import org.trefoil.custody.paper.PrintedSheets;
import org.trefoil.custody.paper.PrintedTexts;
import org.trefoil.custody.recover.DescriptorText;
import org.trefoil.custody.recover.FirstAddresses;
import org.trefoil.custody.recover.PaperKind;

/** Asks for what the sheets say of the wallet: typed, or out of the PDF they were printed from. */
final class Sheets implements AutoCloseable {
  private final Conversation talk;
  private final List<PrintedTexts> printed = new ArrayList<>();

  Sheets(Conversation talk) {
    this.talk = talk;
  }

  /** The wallet, agreed to; null when the person stops. */
  @Nullable Cosigners wallet() {
    String text = descriptor();
    Cosigners cosigners = null;
    while (cosigners == null) {
      if (text == null) {
        return null;
      }
      try {
        Network network = network(text);
        if (network == null) {
          return null;
        }
        cosigners = DescriptorText.read(text, network);
      } catch (RefusedException e) {
        talk.say(e);
        text = descriptor();
      }
    }
    talk.say("Key set words: " + String.join(" ", cosigners.words()));
    List<String> first = FirstAddresses.of(cosigners);
    for (int i = 0; i < first.size(); i++) {
      talk.say("Address " + i + ": " + first.get(i));
    }
    if (talk.agreed("Do the words and address 0 stand on the sheet? (yes) ")) {
      return cosigners;
    }
    talk.say("Stopped. Take the descriptor from the sheets of this wallet and begin again.");
    return null;
  }

  private @Nullable String descriptor() {
    while (true) {
      String typed = talk.ask("Descriptor on either sheet, or the path of the sheets' PDF: ");
      if (typed == null || !isPdf(typed)) {
        return typed;
      }
      byte[] pdf = talk.file(typed);
      if (pdf != null) {
        String found = read(pdf);
        Arrays.fill(pdf, (byte) 0);
        if (found != null) {
          return found;
        }
      }
    }
  }

  private static boolean isPdf(String typed) {
    return typed.length() > 4 && typed.substring(typed.length() - 4).equalsIgnoreCase(".pdf");
  }

  /** Reads a PDF and keeps what it says; its descriptor, or null. */
  private @Nullable String read(byte[] pdf) {
    PrintedTexts texts;
    try {
      texts = PrintedSheets.read(pdf, null);
    } catch (RefusedException e) {
      texts =
          e.refusal().is(Token.PDF_PASSWORD_NEEDED)
              ? talk.hidden(
                  "Password of the PDF (not shown): ", typed -> PrintedSheets.read(pdf, typed))
              : null;
      if (texts == null) {
        talk.say(e);
        return null;
      }
    }
    printed.add(texts);
    char[] descriptor = text(PaperKind.DESCRIPTOR);
    return descriptor == null ? null : new String(descriptor);
  }

  /** What a PDF that was read says of this kind; null when none does. */
  char @Nullable [] text(PaperKind kind) {
    for (PrintedTexts texts : printed) {
      for (char[] text : texts.texts()) {
        if (PaperKind.of(text) == kind) {
          return text;
        }
      }
    }
    return null;
  }

  private @Nullable Network network(String text) {
    List<Network> networks = DescriptorText.networks(text);
    if (networks.size() <= 1) {
      return networks.isEmpty() ? Network.MAINNET : networks.get(0);
    }
    while (true) {
      String typed = talk.ask("Network on the sheet (testnet, signet, regtest): ");
      if (typed == null) {
        return null;
      }
      for (Network network : networks) {
        if (network.id().equals(typed)) {
          return network;
        }
      }
      talk.say("Type the one that the sheet names under Network.");
    }
  }

  @Override
  public void close() {
    for (PrintedTexts texts : printed) {
      texts.close();
    }
  }

  @Override
  public String toString() {
    return "Sheets[redacted]";
  }
}
