package org.trefoil.vault.browser;

import org.teavm.jso.JSIndexer;
import org.teavm.jso.JSObject;
import org.teavm.jso.JSProperty;

/** A camera that is on. */
interface MediaStream extends JSObject {
  Tracks getTracks();

  /** Its tracks. */
  interface Tracks extends JSObject {
    @JSProperty
    int getLength();

    @JSIndexer
    Track get(int index);
  }

  /** One track. */
  interface Track extends JSObject {
    void stop();
  }
}
