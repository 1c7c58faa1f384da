package org.trefoil.vault.browser;

import org.teavm.jso.JSFunctor;
import org.teavm.jso.JSObject;
import org.teavm.jso.JSProperty;

/** A file as an input gives it; its content comes later. */
interface InputFile extends JSObject {
  @JSProperty
  double getSize();

  Promised arrayBuffer();

  /** A buffer to come. */
  interface Promised extends JSObject {
    void then(Settled came, Settled failed);
  }

  /** Hears how it went. */
  @JSFunctor
  interface Settled extends JSObject {
    void with(JSObject value);
  }
}
