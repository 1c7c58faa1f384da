package org.trefoil.vault.browser;

import org.teavm.jso.JSObject;

/** A clock that only goes forward. */
public interface Performance extends JSObject {
  /** Milliseconds since the frame began. */
  double now();
}
