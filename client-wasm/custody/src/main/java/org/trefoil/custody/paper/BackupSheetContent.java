package org.trefoil.custody.paper;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Everything the sheets print; holds the backup key's words, or those of its shares, until it is
 * closed.
 *
 * <p>Secret: the words are copied in as characters and wiped by {@link #close()}. With a cold key
 * there are none, and sheet A prints the key's xpub instead.
 */
public final class BackupSheetContent implements AutoCloseable {
  private final WalletFacts wallet;
  private final SealedKeyFacts sealed;
  private final BackupForm form;
  private final char[][][] secrets;

  private BackupSheetContent(
      WalletFacts wallet, SealedKeyFacts sealed, BackupForm form, char[][][] secrets) {
    this.wallet = wallet;
    this.sealed = sealed;
    this.form = form;
    this.secrets = new char[secrets.length][][];
    for (int i = 0; i < secrets.length; i++) {
      this.secrets[i] = new char[secrets[i].length][];
      for (int k = 0; k < secrets[i].length; k++) {
        this.secrets[i][k] = secrets[i][k].clone();
      }
    }
  }

  /** Sheets for a backup key that was made here: sheet A prints its words (copied), in order. */
  public static BackupSheetContent withWords(
      WalletFacts wallet, SealedKeyFacts sealed, char[][] words) {
    return new BackupSheetContent(wallet, sealed, BackupForm.WORDS, new char[][][] {words});
  }

  /**
   * Sheets for a backup key that was split: in sheet A's place one for each share, with its words
   * (copied), in order.
   *
   * @param threshold how many shares make the key again
   */
  public static BackupSheetContent withShares(
      WalletFacts wallet, SealedKeyFacts sealed, int threshold, char[][][] shares) {
    BackupForm form = BackupForm.shares(threshold, shares.length);
    return new BackupSheetContent(wallet, sealed, form, shares);
  }

  /** Sheets for a backup key that stays on a device of the person's own. */
  public static BackupSheetContent withColdKey(WalletFacts wallet, SealedKeyFacts sealed) {
    return new BackupSheetContent(wallet, sealed, BackupForm.COLD, new char[0][][]);
  }

  WalletFacts wallet() {
    return wallet;
  }

  SealedKeyFacts sealed() {
    return sealed;
  }

  BackupForm form() {
    return form;
  }

  /** The words themselves, not a copy; null with a cold key, and where the key was split. */
  char @Nullable [][] words() {
    return form.kind() == BackupForm.Kind.WORDS ? secrets[0] : null;
  }

  /** The words of a share, counted from 1: themselves, not a copy. */
  char[][] share(int number) {
    return secrets[number - 1];
  }

  @Override
  public void close() {
    for (char[][] words : secrets) {
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
