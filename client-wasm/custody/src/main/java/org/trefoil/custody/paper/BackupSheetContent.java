package org.trefoil.custody.paper;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Everything the two sheets print; holds the backup key's words until it is closed.
 *
 * <p>Secret: the words are copied in as characters and wiped by {@link #close()}. With a cold key
 * there are none, and sheet A prints the key's xpub instead.
 */
public final class BackupSheetContent implements AutoCloseable {
  private final WalletFacts wallet;
  private final SealedKeyFacts sealed;
  private final char @Nullable [][] words;

  private BackupSheetContent(WalletFacts wallet, SealedKeyFacts sealed, char @Nullable [][] words) {
    this.wallet = wallet;
    this.sealed = sealed;
    this.words = words;
  }

  /** Sheets for a backup key that was made here: sheet A prints its words (copied), in order. */
  public static BackupSheetContent withWords(
      WalletFacts wallet, SealedKeyFacts sealed, char[][] words) {
    char[][] copy = new char[words.length][];
    for (int i = 0; i < words.length; i++) {
      copy[i] = words[i].clone();
    }
    return new BackupSheetContent(wallet, sealed, copy);
  }

  /** Sheets for a backup key that stays on a device of the person's own. */
  public static BackupSheetContent withColdKey(WalletFacts wallet, SealedKeyFacts sealed) {
    return new BackupSheetContent(wallet, sealed, null);
  }

  WalletFacts wallet() {
    return wallet;
  }

  SealedKeyFacts sealed() {
    return sealed;
  }

  /** The words themselves, not a copy; null with a cold key. */
  char @Nullable [][] words() {
    return words;
  }

  @Override
  public void close() {
    if (words != null) {
      for (char[] word : words) {
        Arrays.fill(word, '\0');
      }
    }
  }

  @Override
  public String toString() {
    return "BackupSheetContent[redacted]";
  }
}
