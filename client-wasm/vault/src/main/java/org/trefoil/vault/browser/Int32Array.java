package org.trefoil.vault.browser;

import org.teavm.jso.JSClass;
import org.teavm.jso.JSIndexer;
import org.teavm.jso.JSObject;

/** Numbers of four bytes on JavaScript's side. */
@JSClass
class Int32Array implements JSObject {
  Int32Array(JSObject buffer) {}

  @JSIndexer
  native int get(int index);
}
