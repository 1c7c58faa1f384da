package org.trefoil.vault.browser;

import org.teavm.jso.JSClass;
import org.teavm.jso.JSIndexer;
import org.teavm.jso.JSObject;

/** A JavaScript object with a few named values. */
@JSClass(name = "Object")
class Options implements JSObject {
  Options() {}

  @JSIndexer
  native void put(String name, String value);

  @JSIndexer
  native void put(String name, boolean value);

  @JSIndexer
  native void put(String name, int value);

  @JSIndexer
  native void put(String name, JSObject value);
}
