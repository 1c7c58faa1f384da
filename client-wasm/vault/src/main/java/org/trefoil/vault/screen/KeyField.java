package org.trefoil.vault.screen;

import java.util.Arrays;
import java.util.List;
import org.trefoil.core.Refusal;
import org.trefoil.core.RefusedException;
import org.trefoil.core.Token;
import org.trefoil.custody.foreign.KeyText;
import org.trefoil.custody.scan.GreyPicture;
import org.trefoil.custody.scan.QrReader;
import org.trefoil.vault.browser.FilePicker;
import org.trefoil.vault.browser.PickedFile;
import org.trefoil.vault.view.Piece;
import org.trefoil.vault.view.SecretField;

/**
 * Takes a private key from elsewhere: typed, pasted, or in a picture of its QR code, which a phone
 * takes with its camera. The frame itself gets no camera: browsers give none to one without an
 * origin.
 */
final class KeyField {
  private final Desk desk;
  private final SecretField field =
      new SecretField("foreign-key", "Private key (WIF, or BIP-0038 with a passphrase)", "off");
  private final Runnable changed;
  private final Piece box;

  /**
   * An empty field.
   *
   * @param changed is run when something else stands there
   * @param submit goes on
   */
  KeyField(Desk desk, Runnable changed, Runnable submit) {
    this.desk = desk;
    this.changed = changed;
    field.onInput(changed);
    field.input().looks("mono");
    field.onEnter(submit);
    Piece input =
        Piece.of("input", "offscreen")
            .attribute("type", "file")
            .attribute("accept", "image/*")
            .attribute("tabindex", "-1")
            .attribute("aria-hidden", "true")
            .testId("foreign-picture");
    FilePicker.choose(input.element(), picked -> desk.safely(() -> read(picked)).run());
    Piece choose =
        Piece.button(
                "Read a picture of its QR code",
                "foreign-picture-choose",
                () -> input.element().click())
            .looks("quiet small");
    box = Piece.of("div").testId("foreign-drop").add(field.box(), input, choose);
    FilePicker.drop(box.element(), picked -> desk.safely(() -> read(picked)).run());
  }

  Piece box() {
    return box;
  }

  SecretField field() {
    return field;
  }

  void refuse(Refusal why) {
    desk.outbox().refused(why);
    field.refuse(why);
    field.mark(why.data().get("position"));
  }

  private void read(PickedFile picked) {
    PickedFile.picture(
        picked,
        picture -> desk.safely(() -> scanned(picture)).run(),
        desk.safely(() -> refuse(Refusal.of(Token.PICTURE_UNREADABLE))));
  }

  private void scanned(GreyPicture picture) {
    List<String> found = QrReader.read(picture);
    if (found.isEmpty()) {
      refuse(Refusal.of(Token.NO_CODE_FOUND));
      return;
    }
    try {
      field.set(KeyText.among(found));
    } catch (RefusedException e) {
      refuse(e.refusal());
      return;
    }
    field.calm();
    changed.run();
    field.input().focus();
  }

  /** What stands there, the caller's to wipe. */
  char[] peek() {
    return field.peek();
  }

  /** Empties it. */
  void clear() {
    char[] gone = field.take();
    Arrays.fill(gone, '\0');
  }
}
