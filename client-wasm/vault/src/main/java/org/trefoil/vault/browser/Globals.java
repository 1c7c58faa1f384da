package org.trefoil.vault.browser;

import org.teavm.jso.JSObject;
import org.teavm.jso.JSProperty;
import org.teavm.jso.JSTopLevel;

/** The globals that the loader's table names; every other one is unknown to the vault. */
public abstract class Globals implements JSObject {
  @JSTopLevel
  @JSProperty("document")
  public static native Document document();

  @JSTopLevel
  @JSProperty("crypto")
  static native Crypto crypto();

  @JSTopLevel
  @JSProperty("performance")
  public static native Performance performance();

  /** Our end of the port that the page handed over. */
  @JSTopLevel
  @JSProperty("vaultPort")
  public static native MessagePort port();

  /**
   * SHA-256 of the recovery.html of this release, 64 hexadecimal digits; empty inside that file.
   */
  @JSTopLevel
  @JSProperty("recoveryDigest")
  public static native String recoveryDigest();

  /**
   * SHA-256 of the launcher.html of this release, 64 hexadecimal digits; empty in recovery.html,
   * which was made before it.
   */
  @JSTopLevel
  @JSProperty("launcherDigest")
  public static native String launcherDigest();

  /** Whether the browser lets this page ask for a camera; known in recovery.html only. */
  @JSTopLevel
  @JSProperty("hasCamera")
  static native boolean hasCamera();

  @JSTopLevel
  static native Later<MediaStream> openCamera();

  @JSTopLevel
  static native Later<Bitmap> createImageBitmap(PickedFile file);

  /**
   * The address of the server that recovery.html may ask since it was loaded, and no other; empty
   * while it has no network, as always when keys are typed into it.
   */
  @JSTopLevel
  @JSProperty("lookUp")
  public static native String lookUp();

  @JSTopLevel
  static native Later<Answer> ask(String url, String body, String authorization);

  @JSTopLevel
  static native String takeNote();

  @JSTopLevel
  static native void reload(String note, String fragment);

  /** Width of the frame in CSS pixels. */
  @JSTopLevel
  static native int vaultWidth();

  /** Pixels of the screen to one of CSS: what person, device and the page around zoom together. */
  @JSTopLevel
  static native double pixelRatio();

  @JSTopLevel
  public static native int setTimeout(Task task, int millis);
}
