package org.trefoil.custody.recover;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.trefoil.core.Refusal;
import org.trefoil.core.Token;
import org.trefoil.core.units.Network;

/**
 * What was read off the sheets, of one wallet alone: what another wallet's sheets say is laid aside
 * until the person has said which of the two it is. Secret: with sheet A there are words among it,
 * kept until they are taken.
 *
 * <p>Limit: words alone, and a sealed key alone, do not tell whose they are before they are opened.
 */
public final class Papers implements AutoCloseable {
  private final PaperPile held = new PaperPile();
  private final PaperPile aside = new PaperPile();

  /**
   * Keeps a copy of what a file, a picture or a look of the camera says. Refuses {@code
   * not-of-a-sheet} where nothing of it is of a sheet, and {@code sheets-of-two-wallets} {before,
   * now} where it is another wallet's than what was kept: then it is laid aside.
   *
   * @param network as the file names it; null where it does not
   */
  public void take(List<char[]> texts, @Nullable Network network) {
    try (PaperPile read = new PaperPile()) {
      for (char[] text : texts) {
        read.add(text);
      }
      if (read.isEmpty()) {
        throw Refusal.of(Token.NOT_OF_A_SHEET).exception();
      }
      read.setNetwork(network);
      if (held.isOfOneWalletWith(read)) {
        held.takeOver(read);
        return;
      }
      Refusal mixed =
          Refusal.of(
              Token.SHEETS_OF_TWO_WALLETS,
              "before",
              held.name(read.descriptor() != null),
              "now",
              read.name(held.descriptor() != null));
      if (!aside.isOfOneWalletWith(read)) {
        aside.clear();
      }
      aside.takeOver(read);
      throw mixed.exception();
    }
  }

  /** Goes on with what was laid aside, in place of all that was kept before. */
  public void takeAside() {
    held.clear();
    held.takeOver(aside);
  }

  /** Forgets what was laid aside. */
  public void dropAside() {
    aside.clear();
  }

  /** The descriptor without blanks, not checked yet; null where none was read. */
  public @Nullable String descriptor() {
    return held.descriptor();
  }

  /** The network that a file names; null where none did. */
  public @Nullable Network network() {
    return held.network();
  }

  /** The sealed key's text: ciphertext. */
  public @Nullable String sealed() {
    return held.sealed();
  }

  public boolean hasWords() {
    return held.hasWords();
  }

  /** The words, the caller's to wipe; they are not kept. */
  public char @Nullable [] takeWords() {
    return held.takeWords();
  }

  /** How many shares of a split key were read. */
  public int shares() {
    return held.shares();
  }

  /** The shares, the caller's to wipe; they are not kept. */
  public List<char[]> takeShares() {
    return held.takeShares();
  }

  /** The key set's four words, as both sheets show them; empty while no descriptor can be read. */
  public String keySetWords() {
    return held.keySetWords();
  }

  @Override
  public void close() {
    held.close();
    aside.close();
  }

  @Override
  public String toString() {
    return "Papers[redacted]";
  }
}
