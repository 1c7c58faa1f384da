package org.trefoil.vault.browser;

import org.teavm.jso.JSClass;
import org.teavm.jso.JSObject;

/** A file that lives in the browser's memory. */
@JSClass
class Blob implements JSObject {
  Blob(Items<Int8Array> parts, Options options) {}
}
