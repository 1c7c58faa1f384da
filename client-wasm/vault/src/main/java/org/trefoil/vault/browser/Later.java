package org.trefoil.vault.browser;

import org.teavm.jso.JSFunctor;
import org.teavm.jso.JSObject;

/** Something that the browser will have later, or not at all. */
interface Later<T extends JSObject> extends JSObject {
  void then(Got<T> got, Failed failed);

  /** Takes it. */
  @JSFunctor
  interface Got<T extends JSObject> extends JSObject {
    void got(T value);
  }

  /** Hears that it will not come; why is the browser's own affair. */
  @JSFunctor
  interface Failed extends JSObject {
    void failed(JSObject why);
  }
}
