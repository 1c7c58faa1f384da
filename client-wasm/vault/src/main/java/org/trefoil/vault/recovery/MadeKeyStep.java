package org.trefoil.vault.recovery;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.trefoil.core.Refusal;
import org.trefoil.core.Token;
import org.trefoil.core.units.Network;
import org.trefoil.custody.bip39.Mnemonic;
import org.trefoil.custody.bip39.Words;
import org.trefoil.custody.keys.AccountKey;
import org.trefoil.custody.keys.BackupSeed;
import org.trefoil.vault.screen.Desk;
import org.trefoil.vault.view.Field;
import org.trefoil.vault.view.Piece;
import org.trefoil.vault.view.QrPicture;

/** A key that was just made: its words for paper, some of them typed back, and its public half. */
final class MadeKeyStep {
  /** One word is asked for out of each of so many. */
  private static final int PART = 6;

  private final Desk desk;
  private final BackupSeed seed;
  private final Network network;
  private final Runnable back;
  private final List<Integer> asked = new ArrayList<>();
  private final List<Field> fields = new ArrayList<>();

  /** Takes {@code seed} over. */
  MadeKeyStep(Desk desk, BackupSeed seed, Network network, Runnable back) {
    this.desk = desk;
    this.seed = seed;
    this.network = network;
    this.back = back;
  }

  void show() {
    Piece list = Piece.of("ol", "key-words").testId("made-words");
    try (Mnemonic words = seed.mnemonic()) {
      for (int i = 1; i <= words.count(); i++) {
        list.add(Piece.of("li").text(words.word(i)));
      }
    }
    desk.show(
        Desk.heading("Write these words on paper"),
        Piece.says(
            "warn",
            "They are the key, and this page forgets them. Whoever reads them holds it: write by"
                + " hand, in this order, take no picture."),
        list,
        actions("They are on paper", "words-written", this::ask));
  }

  private Piece actions(String title, String testId, Runnable action) {
    return Piece.of("div", "actions")
        .add(
            Piece.button(title, testId, desk.safely(action)),
            Piece.button("Throw this key away", "made-back", desk.safely(this::leave))
                .looks("quiet"));
  }

  private void ask() {
    asked.clear();
    fields.clear();
    Piece grid = Piece.of("div", "papers");
    byte[] random = desk.entropy().bytes(Mnemonic.MOST_WORDS / PART);
    for (int i = 0; i < random.length; i++) {
      int position = PART * i + (random[i] & 255) % PART + 1;
      asked.add(position);
      Field field = new Field("check-word-" + (i + 1), "Word " + position);
      field.onEnter(desk.safely(this::check));
      fields.add(field);
      grid.add(field.box());
    }
    desk.show(
        Desk.heading("Read them back from your paper"),
        Piece.says("soft", "The first four letters are enough."),
        grid,
        actions("Check the words", "check-submit", this::check)
            .add(
                Piece.button("Show the words again", "words-again", desk.safely(this::show))
                    .looks("quiet")));
    fields.get(0).input().focus();
  }

  private void check() {
    try (Mnemonic words = seed.mnemonic()) {
      for (int i = 0; i < fields.size(); i++) {
        char[] typed = fields.get(i).text().toCharArray();
        char[] right = words.word(asked.get(i)).toCharArray();
        boolean same = Words.value(typed) == Words.value(right);
        Arrays.fill(typed, '\0');
        Arrays.fill(right, '\0');
        if (!same) {
          Refusal why = Refusal.of(Token.WORD_WRONG, "position", "" + asked.get(i));
          desk.outbox().refused(why);
          fields.get(i).refuse(why);
          return;
        }
      }
    }
    done();
  }

  private void done() {
    String expression;
    try (AccountKey key = seed.account(network)) {
      expression = key.cosignerKey().expression();
    }
    seed.close();
    desk.show(
        Desk.heading("Your key is made"),
        Piece.says(
            "soft",
            "This is its public half, and no secret. Where the wallet is made, choose “I bring my"
                + " own cold key” and give this. You will be asked to sign a text: come back here"
                + " for that, with your paper."),
        new CopyText("cold-key", "Public key with its origin", expression).box(),
        QrPicture.of(expression, "QR code of the public key").testId("cold-key-qr"),
        Piece.of("div", "actions")
            .add(Piece.button("Done", "made-done", desk.safely(back)).looks("quiet")));
  }

  private void leave() {
    seed.close();
    back.run();
  }
}
