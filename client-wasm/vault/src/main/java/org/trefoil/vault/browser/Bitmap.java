package org.trefoil.vault.browser;

import org.teavm.jso.JSObject;
import org.teavm.jso.JSProperty;

/** A decoded picture. */
interface Bitmap extends JSObject {
  @JSProperty
  int getWidth();

  @JSProperty
  int getHeight();

  void close();
}
