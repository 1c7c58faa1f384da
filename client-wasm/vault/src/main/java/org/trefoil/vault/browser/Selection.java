package org.trefoil.vault.browser;

import org.teavm.jso.JSObject;

/** What is selected on the screen. */
public interface Selection extends JSObject {
  void selectAllChildren(Element element);
}
