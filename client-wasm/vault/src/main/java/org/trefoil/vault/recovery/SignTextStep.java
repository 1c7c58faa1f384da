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
  private final Piece result = Piece.of("div");

  SignTextStep(Desk desk, Runnable back) {
    this.desk = desk;
    this.back = back;
    grid = new WordsGrid(desk, desk.safely(this::sign));
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
        Piece.of("h2").text("The key's 24 words"),
        grid.box(),
        result,
        Piece.of("div", "actions")
            .add(
                Piece.button("Sign the text", "message-sign", desk.safely(this::sign)),
                Piece.button("Back", "message-back", desk.safely(this::leave)).looks("quiet")));
    message.input().focus();
  }

  private boolean filmed(List<String> texts) {
    message.set(texts.get(0));
    return true;
  }

  private void sign() {
    lens.close();
    result.hold();
    String text = message.text();
    if (!SignedMessage.isPlain(text)) {
      Refusal why = Refusal.of(Token.MESSAGE_NOT_PLAIN);
      desk.outbox().refused(why);
      message.refuse(why);
      return;
    }
    Network wallet = network.chosen();
    if (wallet == null) {
      return;
    }
    char[] typed = grid.text();
    try (Mnemonic words = Mnemonic.parse(typed);
        BackupSeed seed = BackupSeed.ofWords(words);
        AccountKey key = seed.account(wallet)) {
      signed(MessageSigner.sign(key, text), key.cosignerKey().expression());
    } catch (RefusedException e) {
      grid.refuse(e.refusal());
    } finally {
      Arrays.fill(typed, '\0');
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
    grid.clear();
    back.run();
  }
}
