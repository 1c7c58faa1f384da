package org.trefoil.vault.browser;

import org.teavm.jso.JSObject;
import org.teavm.jso.JSProperty;

/** Where pictures are drawn to be looked at. */
interface Canvas extends JSObject {
  void drawImage(JSObject picture, int x, int y, int width, int height);

  Pixels getImageData(int x, int y, int width, int height);

  /** Red, green, blue and opacity of each pixel. */
  interface Pixels extends JSObject {
    @JSProperty
    Bytes getData();
  }

  /** A view of bytes. */
  interface Bytes extends JSObject {
    @JSProperty
    JSObject getBuffer();
  }
}
