package org.trefoil.vault.recovery;

import java.util.List;
import java.util.function.Consumer;
import org.trefoil.core.Refusal;
import org.trefoil.core.RefusedException;
import org.trefoil.core.Token;
import org.trefoil.core.ur.PsbtText;
import org.trefoil.core.ur.UrDecoder;
import org.trefoil.custody.scan.QrReader;
import org.trefoil.vault.browser.PickedFile;
import org.trefoil.vault.screen.Desk;
import org.trefoil.vault.view.Piece;
import org.trefoil.vault.view.Progress;

/**
 * Takes a PSBT as a file, as pictures of its codes, or before a camera: one code, or as many as
 * another device shows in turn.
 */
final class PsbtCodes {
  private static final String SCHEME = "ur:";

  private final Desk desk;
  private final Consumer<byte[]> whole;
  private final FileBox files;
  private final Lens lens;
  private final Progress progress = new Progress("codes-progress");
  private UrDecoder decoder = new UrDecoder();

  /**
   * Draws nothing yet.
   *
   * @param whole gets the bytes of a PSBT, or of a text that is one; what it refuses is said here
   */
  PsbtCodes(Desk desk, Consumer<byte[]> whole) {
    this.desk = desk;
    this.whole = whole;
    files =
        new FileBox(
            "psbt-file", "The PSBT as a file, or pictures of its codes", "", desk, this::picked);
    lens = new Lens(desk, this::seen, () -> files.refuse(Refusal.of(Token.CAMERA_REFUSED)));
  }

  Piece box() {
    return Piece.of("div").add(files.with(lens.button()).box(), lens.video(), progress.box());
  }

  /** Turns the camera off and forgets what is not whole. */
  void close() {
    lens.close();
    progress.end();
    decoder = new UrDecoder();
  }

  private void picked(PickedFile file, byte[] bytes) {
    if (!isPicture(bytes)) {
      safely(() -> whole.accept(bytes));
      return;
    }
    PickedFile.picture(
        file,
        picture -> desk.safely(() -> pictured(QrReader.read(picture))).run(),
        desk.safely(() -> files.refuse(Refusal.of(Token.PICTURE_UNREADABLE))));
  }

  private void pictured(List<String> found) {
    if (found.isEmpty()) {
      files.refuse(Refusal.of(Token.NO_CODE_FOUND));
    } else {
      seen(found);
    }
  }

  /** Neither a PSBT nor a text begins with such a byte; PNG and JPEG do, and GIF and WebP so. */
  private static boolean isPicture(byte[] bytes) {
    return bytes.length > 4
        && (bytes[0] < 0
            || (bytes[0] == 'G' && bytes[1] == 'I' && bytes[2] == 'F' && bytes[3] == '8')
            || (bytes[0] == 'R' && bytes[1] == 'I' && bytes[2] == 'F' && bytes[3] == 'F'));
  }

  /** Whether what the codes said made the PSBT whole, to be taken or refused. */
  private boolean seen(List<String> texts) {
    boolean[] done = new boolean[1];
    for (String text : texts) {
      safely(() -> done[0] |= take(text));
    }
    return done[0];
  }

  private boolean take(String text) {
    byte[] message;
    if (text.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
      part(text);
      message = decoder.message();
    } else {
      message = PsbtText.read(text).serialize();
    }
    if (message == null) {
      progress.begin("Reading the codes: " + decoder.percent() + " %");
      progress.percent(decoder.percent());
      return false;
    }
    close();
    whole.accept(message);
    return true;
  }

  /** Another transaction's code takes the place of the one before. */
  private void part(String text) {
    try {
      decoder.take(text);
    } catch (RefusedException e) {
      if (!"another-message".equals(e.refusal().data().get("reason"))) {
        throw e;
      }
      decoder = new UrDecoder();
      decoder.take(text);
    }
  }

  private void safely(Runnable action) {
    try {
      action.run();
    } catch (RefusedException e) {
      files.refuse(e.refusal());
    }
  }
}
