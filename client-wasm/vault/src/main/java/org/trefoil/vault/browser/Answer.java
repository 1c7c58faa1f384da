package org.trefoil.vault.browser;

import org.teavm.jso.JSObject;
import org.teavm.jso.JSProperty;

/** What a server answered. */
interface Answer extends JSObject {
  @JSProperty
  int getStatus();

  @JSProperty
  String getText();
}
