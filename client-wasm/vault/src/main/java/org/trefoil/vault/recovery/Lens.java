package org.trefoil.vault.recovery;

import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.trefoil.custody.scan.GreyPicture;
import org.trefoil.custody.scan.QrReader;
import org.trefoil.vault.browser.Camera;
import org.trefoil.vault.screen.Desk;
import org.trefoil.vault.view.Piece;

/** A camera that looks for codes until it has seen enough. */
final class Lens {
  private final Desk desk;
  private final Predicate<List<String>> enough;
  private final Runnable refused;
  private final Piece video =
      Piece.of("video")
          .attribute("muted", "")
          .attribute("autoplay", "")
          .attribute("playsinline", "")
          .show(false);
  private final Piece button;
  private @Nullable Camera camera;

  /**
   * Is off at first.
   *
   * @param enough gets what the codes in sight say, and tells whether to stop looking
   * @param refused when there is no camera to be had
   */
  Lens(Desk desk, Predicate<List<String>> enough, Runnable refused) {
    this.desk = desk;
    this.enough = enough;
    this.refused = refused;
    button = Piece.button("Use the camera", "camera", desk.safely(this::toggle)).looks("quiet");
    button.show(Camera.isThere());
  }

  /** Turns it on and off. */
  Piece button() {
    return button;
  }

  /** What it sees. */
  Piece video() {
    return video;
  }

  void close() {
    Camera on = camera;
    if (on != null) {
      on.close();
      camera = null;
    }
    video.show(false);
    button.text("Use the camera");
  }

  private void toggle() {
    if (camera != null) {
      close();
      return;
    }
    video.show(true);
    button.text("Camera off");
    camera =
        Camera.open(
            video.element(),
            picture -> desk.safely(() -> looked(picture)).run(),
            desk.safely(
                () -> {
                  close();
                  refused.run();
                }));
  }

  private void looked(GreyPicture picture) {
    List<String> found = QrReader.read(picture);
    if (!found.isEmpty() && camera != null && enough.test(found)) {
      close();
    }
  }
}
