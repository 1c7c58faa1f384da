package org.trefoil.vault.browser;

import org.teavm.jso.JSClass;
import org.teavm.jso.JSIndexer;
import org.teavm.jso.JSObject;
import org.teavm.jso.JSProperty;

/** Bytes on JavaScript's side. */
@JSClass
class Int8Array implements JSObject {
  Int8Array(int length) {}

  /** A view of a buffer. */
  Int8Array(JSObject buffer) {}

  @JSProperty
  native int getLength();

  @JSIndexer
  native byte get(int index);

  @JSIndexer
  native void set(int index, byte value);

  static Int8Array of(byte[] bytes) {
    Int8Array array = new Int8Array(bytes.length);
    for (int i = 0; i < bytes.length; i++) {
      array.set(i, bytes[i]);
    }
    return array;
  }
}
