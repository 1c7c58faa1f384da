package org.trefoil.vault.browser;

import org.teavm.jso.JSObject;
import org.teavm.jso.JSProperty;

/** What a drop onto an element brings. */
interface Dropped extends JSObject {
  @JSProperty
  Items<PickedFile> getFiles();
}
