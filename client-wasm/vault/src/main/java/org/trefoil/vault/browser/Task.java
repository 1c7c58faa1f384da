package org.trefoil.vault.browser;

import org.teavm.jso.JSFunctor;
import org.teavm.jso.JSObject;

/** Something to do later. */
@JSFunctor
public interface Task extends JSObject {
  void run();
}
