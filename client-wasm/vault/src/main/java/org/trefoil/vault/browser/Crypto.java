package org.trefoil.vault.browser;

import org.teavm.jso.JSObject;

/** The browser's source of random values. */
interface Crypto extends JSObject {
  void getRandomValues(Int8Array into);
}
