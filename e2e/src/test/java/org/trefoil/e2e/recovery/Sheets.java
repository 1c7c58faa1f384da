package org.trefoil.e2e.recovery;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.trefoil.core.keys.Cosigners;
import org.trefoil.core.units.Network;
import org.trefoil.custody.bip39.Mnemonic;
import org.trefoil.custody.birth.Born;
import org.trefoil.custody.birth.TestBirths;
import org.trefoil.custody.paper.BackupSheetContent;
import org.trefoil.custody.paper.BackupSheets;
import org.trefoil.custody.paper.SealedKeyFacts;
import org.trefoil.custody.paper.WalletFacts;

/** A wallet as a vault bears it, and its sheets: all that is left when the server is gone. */
record Sheets(Cosigners cosigners, String sealed, List<String> words, Path pdf) {
  static final String PASSCODE = TestBirths.PASSCODE;

  /** Another wallet for another name. */
  static Sheets of(String name) {
    try (Born born = TestBirths.here(Network.REGTEST, name);
        Mnemonic mnemonic = born.backupWords();
        BackupSheetContent content =
            BackupSheetContent.withWords(
                facts(born, name), SealedKeyFacts.of(born.sealed()), mnemonic.words())) {
      Path pdf = printed(content);
      List<String> words = IntStream.rangeClosed(1, 24).mapToObj(mnemonic::word).toList();
      return new Sheets(born.cosigners(), born.sealed().text(), words, pdf);
    }
  }

  /** All the sheets of a wallet whose backup key was split, as one file. */
  static Path split(Born born, int threshold) {
    char[][][] shares = new char[born.backupShares().count()][][];
    for (int i = 0; i < shares.length; i++) {
      shares[i] = born.backupShares().words(i + 1);
    }
    try (BackupSheetContent content =
        BackupSheetContent.withShares(
            facts(born, "Split"), SealedKeyFacts.of(born.sealed()), threshold, shares)) {
      return printed(content);
    }
  }

  private static WalletFacts facts(Born born, String name) {
    return WalletFacts.of(born.cosigners(), name, "2026-11-21", 1, "0".repeat(64));
  }

  private static Path printed(BackupSheetContent content) {
    byte[] bytes = BackupSheets.render(content, null, n -> new byte[n]);
    try {
      return Files.write(Files.createTempFile("trefoil-sheets", ".pdf"), bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      Arrays.fill(bytes, (byte) 0);
    }
  }

  /** What a node's listunspent says of one coin of the wallet. */
  static String listed(String txid, int vout, String address, String amount) {
    return "[{\"txid\":\""
        + txid
        + "\",\"vout\":"
        + vout
        + ",\"address\":\""
        + address
        + "\",\"amount\":"
        + amount
        + ",\"confirmations\":6}]";
  }
}
