package org.trefoil.vault.browser;

import org.teavm.jso.JSClass;
import org.teavm.jso.JSIndexer;
import org.teavm.jso.JSObject;
import org.teavm.jso.JSProperty;

/** A JavaScript array. */
@JSClass(name = "Array")
class Items<T extends JSObject> implements JSObject {
  Items() {}

  native void push(T item);

  @JSProperty
  native int getLength();

  @JSIndexer
  native T get(int index);
}
