package org.trefoil.vault.recovery;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.trefoil.core.Refusal;
import org.trefoil.core.Token;
import org.trefoil.core.keys.KeyRole;
import org.trefoil.core.units.Network;
import org.trefoil.custody.bip39.Mnemonic;
import org.trefoil.custody.bip39.Words;
import org.trefoil.custody.keys.AccountKey;
import org.trefoil.custody.keys.BackupSeed;
import org.trefoil.custody.paper.KeyFacts;
import org.trefoil.custody.paper.KeySheets;
import org.trefoil.custody.slip39.ShareSet;
import org.trefoil.vault.browser.SavedFile;
import org.trefoil.vault.screen.Desk;
import org.trefoil.vault.screen.WordsGrid;
import org.trefoil.vault.view.Field;
import org.trefoil.vault.view.Piece;
import org.trefoil.vault.view.QrPicture;

/**
 * A key that was just made: its words for paper, or those of its shares, some of them typed back,
 * and its public half.
 */
final class MadeKeyStep {
  private static final String FILE = "trefoil-backup-key.pdf";

  /** Words asked back of a whole key, and of each share. */
  private static final int ASKED = 4;

  private static final int ASKED_OF_SHARE = 2;

  private final Desk desk;
  private final BackupSeed seed;
  private final @Nullable ShareSet shares;
  private final Network network;
  private final KeyFacts facts;
  private final Runnable back;
  private final Piece saved = Piece.says("good", "").attribute("role", "status").show(false);
  private final List<Asked> asked = new ArrayList<>();
  private @Nullable SavedFile file;

  /** A word that is asked back: of which sheet, and where on it, both counted from 1. */
  private record Asked(int sheet, int position, Field field) {}

  /**
   * Takes {@code seed} and {@code shares} over.
   *
   * @param shares null for a key that is kept whole
   */
  MadeKeyStep(
      Desk desk, BackupSeed seed, @Nullable ShareSet shares, Network network, Runnable back) {
    this.desk = desk;
    this.seed = seed;
    this.shares = shares;
    this.network = network;
    this.back = back;
    try (AccountKey key = seed.account(network)) {
      facts = new KeyFacts(KeyRole.BACKUP, key.cosignerKey().expression(), "");
    }
  }

  /** The words of each sheet, the caller's to wipe. */
  private char[][][] sheets() {
    ShareSet set = shares;
    if (set == null) {
      try (Mnemonic words = seed.mnemonic()) {
        return new char[][][] {words.words()};
      }
    }
    char[][][] sheets = new char[set.count()][][];
    for (int i = 0; i < sheets.length; i++) {
      sheets[i] = set.words(i + 1);
    }
    return sheets;
  }

  private static void wipe(char[][][] sheets) {
    for (char[][] words : sheets) {
      WordsGrid.wipe(words);
    }
  }

  void show() {
    Piece lists = Piece.of("div");
    char[][][] sheets = sheets();
    for (int i = 0; i < sheets.length; i++) {
      Piece list = Piece.of("ol", "key-words");
      for (char[] word : sheets[i]) {
        list.add(Piece.of("li").text(new String(word)));
      }
      if (shares != null) {
        lists.add(Piece.of("h2").text("Sheet A" + (i + 1)));
      }
      lists.add(list.testId(shares == null ? "made-words" : "made-share-" + (i + 1)));
    }
    wipe(sheets);
    ShareSet set = shares;
    desk.show(
        Desk.heading("Write these words on paper"),
        Piece.says(
            "warn",
            set == null
                ? "They are the key, and this page forgets them. Whoever reads them holds it: write by"
                    + " hand, in this order, take no picture."
                : "Each list is one share, for a paper and a place of its own. Any "
                    + set.threshold()
                    + " of the "
                    + set.count()
                    + " make the key. This page forgets them: write in this order, take no"
                    + " picture."),
        lists,
        saved,
        actions("They are on paper", "words-written", this::ask)
            .add(
                Piece.button("Print it instead (PDF)", "made-pdf", desk.safely(this::save))
                    .looks("quiet")));
  }

  private void save() {
    char[][][] sheets = sheets();
    ShareSet set = shares;
    byte[] pdf =
        set == null
            ? KeySheets.ofWords(facts, network, sheets[0])
            : KeySheets.ofShares(facts, network, set.threshold(), sheets);
    wipe(sheets);
    forgetFile();
    SavedFile fresh = new SavedFile(pdf, "application/pdf", FILE);
    Arrays.fill(pdf, (byte) 0);
    file = fresh;
    fresh.save();
    saved
        .text("Saved as " + FILE + ". Print it, then delete the file: it holds the key.")
        .show(true);
  }

  private Piece actions(String title, String testId, Runnable action) {
    return Piece.of("div", "actions")
        .add(
            Piece.button(title, testId, desk.safely(action)),
            Piece.button("Throw this key away", "made-back", desk.safely(this::leave))
                .looks("quiet"));
  }

  private void ask() {
    forgetFile();
    asked.clear();
    Piece grid = Piece.of("div", "papers");
    char[][][] sheets = sheets();
    int each = shares == null ? ASKED : ASKED_OF_SHARE;
    byte[] random = desk.entropy().bytes(sheets.length * each);
    for (int i = 0; i < random.length; i++) {
      int sheet = i / each + 1;
      int part = sheets[sheet - 1].length / each;
      int position = part * (i % each) + (random[i] & 255) % part + 1;
      String label = "Word " + position + (shares == null ? "" : " of sheet A" + sheet);
      Field field = new Field("check-word-" + (i + 1), label);
      field.onEnter(desk.safely(this::check));
      asked.add(new Asked(sheet, position, field));
      grid.add(field.box());
    }
    wipe(sheets);
    desk.show(
        Desk.heading("Read them back from your paper"),
        Piece.says("soft", "The first four letters are enough."),
        grid,
        actions("Check the words", "check-submit", this::check)
            .add(
                Piece.button("Show the words again", "words-again", desk.safely(this::show))
                    .looks("quiet")));
    asked.get(0).field().input().focus();
  }

  private void check() {
    char[][][] sheets = sheets();
    boolean all = true;
    for (Asked each : asked) {
      char[] typed = each.field().text().toCharArray();
      all = all && value(typed) == value(sheets[each.sheet() - 1][each.position() - 1]);
      Arrays.fill(typed, '\0');
      if (!all) {
        Refusal why = Refusal.of(Token.WORD_WRONG, "position", "" + each.position());
        desk.outbox().refused(why);
        each.field().refuse(why);
        break;
      }
    }
    wipe(sheets);
    if (all) {
      done();
    }
  }

  private int value(char[] word) {
    return shares == null ? Words.value(word) : ShareSet.value(word);
  }

  private void done() {
    close();
    desk.show(
        Desk.heading("Your key is made"),
        Piece.says(
            "soft",
            "This is its public half, and no secret. Where the wallet is made, choose “I bring my"
                + " own cold key” and give this. You will be asked to sign a text: come back here"
                + " for that, with your paper."),
        new CopyText("cold-key", "Public key with its origin", facts.expression()).box(),
        QrPicture.of(facts.expression(), "QR code of the public key").testId("cold-key-qr"),
        Piece.of("div", "actions")
            .add(Piece.button("Done", "made-done", desk.safely(back)).looks("quiet")));
  }

  private void leave() {
    close();
    back.run();
  }

  private void close() {
    forgetFile();
    seed.close();
    if (shares != null) {
      shares.close();
    }
  }

  private void forgetFile() {
    SavedFile old = file;
    if (old != null) {
      old.close();
      file = null;
      saved.show(false);
    }
  }
}
