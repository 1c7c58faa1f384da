package org.trefoil.vault.recovery;

import java.util.Arrays;
import java.util.List;
import org.trefoil.core.Refusal;
import org.trefoil.core.RefusedException;
import org.trefoil.core.Token;
import org.trefoil.core.keys.SignedMessage;
import org.trefoil.core.units.Network;
import org.trefoil.custody.bip39.Mnemonic;
import org.trefoil.custody.keys.AccountKey;
import org.trefoil.custody.keys.BackupSeed;
import org.trefoil.custody.sign.MessageSigner;
import org.trefoil.vault.screen.Desk;
import org.trefoil.vault.screen.SharesForm;
import org.trefoil.vault.screen.WordsGrid;
import org.trefoil.vault.view.Field;
import org.trefoil.vault.view.Piece;
import org.trefoil.vault.view.QrPicture;

/** Signs the text by which the holder of a cold key shows that it is at hand. */
final class SignTextStep {
  private final Desk desk;
  private final Runnable back;
  private final NetworkChoice network = NetworkChoice.ofAll();
  private final Field message =
      new Field("message", "Text to sign, exactly as the vault shows it", "textarea");
  private final Lens lens;
  private final WordsGrid grid;
  private final SharesForm<BackupSeed> shares;
  private final Piece key = Piece.of("div");
  private final Piece result = Piece.of("div");

  SignTextStep(Desk desk, Runnable back) {
    this.desk = desk;
    this.back = back;
    grid = new WordsGrid(desk, desk.safely(this::sign));
    shares =
        new SharesForm<>(desk, desk.safely(this::addShare), BackupSeed::ofShares, this::joined);
    lens = new Lens(desk, this::filmed, () -> message.refuse(Refusal.of(Token.CAMERA_REFUSED)));
  }

  void show() {
    desk.show(
        Desk.heading("Sign a text with a key on paper"),
        Piece.says("soft", "It moves no money. Use a computer that you trust, without a network."),
        network.box(),
        message.box(),
        Piece.of("div", "actions").add(lens.button()),
        lens.video(),
        key,
        result);
    askWords();
    message.input().focus();
  }

  private void askWords() {
    shares.close();
    key.hold(
        Piece.of("h2").text("The key's 24 words"),
        grid.box(),
        Piece.of("div", "actions")
            .add(
                Piece.button("Sign the text", "message-sign", desk.safely(this::sign)),
                Piece.button(
                        "It is on sheets A1, A2 …", "message-shares", desk.safely(this::askShares))
                    .looks("quiet"),
                Piece.button("Back", "message-back", desk.safely(this::leave)).looks("quiet")));
  }

  private void askShares() {
    grid.clear();
    key.hold(
        shares.box(),
        Piece.of("div", "actions")
            .add(
                Piece.button("Add this share", "shares-submit", desk.safely(this::addShare)),
                Piece.button("It is 24 words", "shares-back", desk.safely(this::askWords))
                    .looks("quiet")));
    shares.focus();
  }

  private void addShare() {
    if (isPlain()) {
      shares.submit();
    }
  }

  private void joined(BackupSeed seed) {
    Network wallet = network.chosen();
    try (seed) {
      if (wallet != null) {
        sign(seed, wallet);
      }
    }
    askWords();
  }

  private boolean filmed(List<String> texts) {
    message.set(texts.get(0));
    return true;
  }

  private void sign() {
    lens.close();
    result.hold();
    Network wallet = network.chosen();
    if (wallet == null || !isPlain()) {
      return;
    }
    char[] typed = grid.text();
    try (Mnemonic words = Mnemonic.parse(typed);
        BackupSeed seed = BackupSeed.ofWords(words)) {
      sign(seed, wallet);
    } catch (RefusedException e) {
      grid.refuse(e.refusal());
    } finally {
      Arrays.fill(typed, '\0');
    }
  }

  /** Whether the text is one that every program signs alike; says so where it is not. */
  private boolean isPlain() {
    boolean plain = SignedMessage.isPlain(message.text());
    if (!plain) {
      Refusal why = Refusal.of(Token.MESSAGE_NOT_PLAIN);
      desk.outbox().refused(why);
      message.refuse(why);
    }
    return plain;
  }

  private void sign(BackupSeed seed, Network wallet) {
    try (AccountKey account = seed.account(wallet)) {
      signed(MessageSigner.sign(account, message.text()), account.cosignerKey().expression());
    }
  }

  private void signed(String signature, String expression) {
    grid.clear();
    result.hold(
        Piece.of("p", "good").attribute("role", "status").text("Signed by the key below."),
        Piece.of("p", "mono").testId("message-key").text(expression),
        new CopyText("signature", "Signature", signature).box(),
        QrPicture.of(signature, "QR code of the signature").testId("signature-qr"));
  }

  private void leave() {
    lens.close();
    shares.close();
    grid.clear();
    back.run();
  }
}
