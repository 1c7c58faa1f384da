package org.trefoil.vault.recovery;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.trefoil.core.Refusal;
import org.trefoil.core.RefusedException;
import org.trefoil.core.Token;
import org.trefoil.core.units.Network;
import org.trefoil.custody.paper.PrintedSheets;
import org.trefoil.custody.paper.PrintedTexts;
import org.trefoil.custody.scan.GreyPicture;
import org.trefoil.custody.scan.QrReader;
import org.trefoil.vault.browser.PickedFile;
import org.trefoil.vault.screen.Desk;
import org.trefoil.vault.view.Piece;
import org.trefoil.vault.view.SecretField;

/** Takes sheets as files, pictures, or before a camera, and says what texts are on them. */
final class PaperDrop {
  private final Desk desk;
  private final BiConsumer<List<char[]>, @Nullable Network> texts;
  private final FileBox files;
  private final Lens lens;
  private final SecretField password =
      new SecretField("file-password", "Password of the file", "current-password");
  private final Piece box;
  private byte @Nullable [] locked;

  /**
   * Draws nothing yet.
   *
   * @param texts gets what was read, to be copied: it is wiped afterwards; and the network, where a
   *     file names it
   */
  PaperDrop(Desk desk, BiConsumer<List<char[]>, @Nullable Network> texts) {
    this.desk = desk;
    this.texts = texts;
    files =
        new FileBox(
            "paper-file",
            "The backup file (PDF), or pictures of the sheets",
            ".pdf,image/*",
            desk,
            this::picked);
    lens = new Lens(desk, this::tell, () -> files.refuse(Refusal.of(Token.CAMERA_REFUSED)));
    password.onEnter(desk.safely(this::unlock));
    password.below(
        Piece.of("div", "actions")
            .add(Piece.button("Open the file", "file-unlock", desk.safely(this::unlock))));
    password.show(false);
    box = Piece.of("div").add(files.with(lens.button()).box(), password.box(), lens.video());
  }

  Piece box() {
    return box;
  }

  /** Turns the camera off. */
  void close() {
    lens.close();
    forgetFile();
  }

  private boolean tell(List<String> found) {
    List<char[]> copies = new ArrayList<>();
    for (String text : found) {
      copies.add(text.toCharArray());
    }
    texts.accept(copies, null);
    return true;
  }

  private void picked(PickedFile file, byte[] bytes) {
    if (startsLikePdf(bytes)) {
      forgetFile();
      pdf(bytes, null);
      return;
    }
    PickedFile.picture(
        file,
        picture -> desk.safely(() -> scanned(picture)).run(),
        desk.safely(() -> files.refuse(Refusal.of(Token.PICTURE_UNREADABLE))));
  }

  private static boolean startsLikePdf(byte[] bytes) {
    return bytes.length > 4
        && bytes[0] == '%'
        && bytes[1] == 'P'
        && bytes[2] == 'D'
        && bytes[3] == 'F';
  }

  private void scanned(GreyPicture picture) {
    List<String> found = QrReader.read(picture);
    if (found.isEmpty()) {
      files.refuse(Refusal.of(Token.NO_CODE_FOUND));
    } else {
      tell(found);
    }
  }

  private void pdf(byte[] bytes, char @Nullable [] typed) {
    try (PrintedTexts printed = PrintedSheets.read(bytes, typed)) {
      Arrays.fill(bytes, (byte) 0);
      forgetFile();
      texts.accept(printed.texts(), printed.network());
    } catch (RefusedException e) {
      boolean asks =
          e.refusal().is(Token.PDF_PASSWORD_NEEDED) || e.refusal().is(Token.PDF_PASSWORD_WRONG);
      if (!asks) {
        forgetFile();
        files.refuse(e.refusal());
        return;
      }
      locked = bytes;
      password.show(true);
      if (typed == null) {
        password.input().focus();
      } else {
        password.refuse(e.refusal());
      }
    }
  }

  private void unlock() {
    byte[] bytes = locked;
    if (bytes == null || password.isEmpty()) {
      return;
    }
    char[] typed = password.take();
    try {
      pdf(bytes, typed);
    } finally {
      Arrays.fill(typed, '\0');
    }
  }

  private void forgetFile() {
    byte[] bytes = locked;
    if (bytes != null) {
      Arrays.fill(bytes, (byte) 0);
      locked = null;
    }
    password.set("");
    password.calm();
    password.show(false);
  }
}
