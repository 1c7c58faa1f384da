package org.trefoil.vault.browser;

import org.teavm.jso.JSObject;
import org.teavm.jso.JSProperty;

/** The frame's document. */
public interface Document extends JSObject {
  Element createElement(String tag);

  Element createElementNS(String namespace, String tag);

  @JSProperty
  Element getBody();

  Selection getSelection();

  /** Copies the selection, where the browser allows it after a click. */
  boolean execCommand(String command);
}
