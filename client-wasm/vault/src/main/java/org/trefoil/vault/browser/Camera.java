package org.trefoil.vault.browser;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.trefoil.custody.scan.GreyPicture;

/** A camera that shows what it sees in a video element, until it is closed. */
public final class Camera implements AutoCloseable {
  /** Between two looks, in milliseconds. */
  private static final int PAUSE = 150;

  private final Element video;
  private final Consumer<GreyPicture> seen;
  private @Nullable MediaStream stream;
  private boolean closed;

  private Camera(Element video, Consumer<GreyPicture> seen) {
    this.video = video;
    this.seen = seen;
  }

  /** Whether the browser lets this page ask for one. */
  public static boolean isThere() {
    return Globals.hasCamera();
  }

  /**
   * Asks for the camera and shows it in {@code video}.
   *
   * @param seen gets picture after picture
   * @param refused when the person or the browser says no
   */
  public static Camera open(Element video, Consumer<GreyPicture> seen, Runnable refused) {
    Camera camera = new Camera(video, seen);
    Globals.openCamera().then(camera::started, why -> refused.run());
    return camera;
  }

  private void started(MediaStream opened) {
    stream = opened;
    if (closed) {
      close();
    } else {
      video.setStream(opened);
      Globals.setTimeout(this::look, PAUSE);
    }
  }

  private void look() {
    if (closed) {
      return;
    }
    int width = video.getVideoWidth();
    if (width > 0) {
      seen.accept(Eye.look(video, width, video.getVideoHeight()));
    }
    Globals.setTimeout(this::look, PAUSE);
  }

  @Override
  public void close() {
    closed = true;
    MediaStream on = stream;
    if (on != null) {
      stream = null;
      video.setStream(null);
      for (int i = 0; i < on.getTracks().getLength(); i++) {
        on.getTracks().get(i).stop();
      }
    }
  }
}
