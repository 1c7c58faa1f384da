package org.trefoil.custody.recover.terminal;

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
import org.trefoil.custody.recover.Papers;

/** Asks for what the sheets say of the wallet: typed, or out of the PDF they were printed from. */
final class Sheets implements AutoCloseable {
  private final Conversation talk;
  private final Papers papers = new Papers();

  Sheets(Conversation talk) {
    this.talk = talk;
  }

  /** The wallet, agreed to; null when the person stops. */
  @Nullable Cosigners wallet() {
    Cosigners cosigners = null;
    while (cosigners == null) {
      String text = descriptor();
      if (text == null) {
        return null;
      }
      try {
        Network network = network(text);
        if (network == null) {
          return null;
        }
        Cosigners read = DescriptorText.read(text, network);
        cosigners = took(read.descriptor(), network) ? read : null;
      } catch (RefusedException e) {
        talk.say(e);
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
      if (readPdf(typed) && papers.descriptor() != null) {
        return papers.descriptor();
      }
    }
  }

  static boolean isPdf(String typed) {
    return typed.length() > 4 && typed.substring(typed.length() - 4).equalsIgnoreCase(".pdf");
  }

  /** Reads a PDF and keeps what it says; false, said, when it cannot be read. */
  boolean readPdf(String path) {
    byte[] pdf = talk.file(path);
    if (pdf == null) {
      return false;
    }
    try (PrintedTexts texts = opened(pdf)) {
      return texts != null && took(texts.texts(), texts.network());
    } finally {
      Arrays.fill(pdf, (byte) 0);
    }
  }

  private @Nullable PrintedTexts opened(byte[] pdf) {
    try {
      return PrintedSheets.read(pdf, null);
    } catch (RefusedException e) {
      if (!e.refusal().is(Token.PDF_PASSWORD_NEEDED)) {
        talk.say(e);
        return null;
      }
      return talk.hidden(
          "Password of the PDF (not shown): ", typed -> PrintedSheets.read(pdf, typed));
    }
  }

  private boolean took(String descriptor, Network network) {
    return took(List.of(descriptor.toCharArray()), network);
  }

  /** Keeps what was read; where it is another wallet's, the person says which one it is. */
  private boolean took(List<char[]> texts, @Nullable Network network) {
    try {
      papers.take(texts, network);
      return true;
    } catch (RefusedException e) {
      talk.say(e);
      if (!e.refusal().is(Token.SHEETS_OF_TWO_WALLETS)) {
        return false;
      }
    }
    if (talk.agreed("Type yes to go on with what was read now, else it is left out: ")) {
      papers.takeAside();
      return true;
    }
    papers.dropAside();
    return false;
  }

  /** The sealed user key that was read; null where none was. */
  @Nullable String sealed() {
    return papers.sealed();
  }

  /** The descriptor that was read; null where none was. */
  @Nullable String printedDescriptor() {
    return papers.descriptor();
  }

  boolean hasWords() {
    return papers.hasWords();
  }

  /** The words that were read, the caller's to wipe; null where there are none. */
  char @Nullable [] takeWords() {
    return papers.takeWords();
  }

  /** The shares that were read, the caller's to wipe. */
  List<char[]> takeShares() {
    return papers.takeShares();
  }

  /** The network of this descriptor, asked for where nothing tells; null when the person stops. */
  @Nullable Network network(String text) {
    List<Network> networks = DescriptorText.networks(text);
    Network named = papers.network();
    if (named != null && networks.contains(named)) {
      talk.say("Network, as the PDF names it: " + named.id());
      return named;
    }
    if (networks.size() <= 1) {
      return networks.isEmpty() ? Network.MAINNET : networks.get(0);
    }
    while (true) {
      String typed = talk.ask("Network on the sheet (testnet, signet, or regtest for practice): ");
      if (typed == null) {
        return null;
      }
      for (Network network : networks) {
        if (network.id().equals(typed)) {
          return network;
        }
      }
      talk.say("Type the one that the sheet names under Network: testnet, signet or regtest.");
    }
  }

  @Override
  public void close() {
    papers.close();
  }

  @Override
  public String toString() {
    return "Sheets[redacted]";
  }
}
