package org.trefoil.vault.browser;

import org.teavm.jso.JSFunctor;
import org.teavm.jso.JSObject;

/** Hears an event. */
@JSFunctor
public interface Listener extends JSObject {
  void hear(Event event);
}
