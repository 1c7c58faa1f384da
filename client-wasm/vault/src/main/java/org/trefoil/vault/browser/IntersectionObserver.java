package org.trefoil.vault.browser;

import org.teavm.jso.JSClass;
import org.teavm.jso.JSFunctor;
import org.teavm.jso.JSObject;
import org.teavm.jso.JSProperty;

/** Tells how much of an element is on the screen, whenever that changes. */
@JSClass
class IntersectionObserver implements JSObject {
  IntersectionObserver(Looked looked, Options options) {}

  native void observe(Element element);

  /** Whether the browser also tells what covers, fades or distorts. */
  @JSProperty("trackVisibility")
  native boolean isTrackVisibility();

  @JSFunctor
  interface Looked extends JSObject {
    /** The last entry is the newest. */
    void looked(Items<Entry> entries);
  }

  interface Entry extends JSObject {
    @JSProperty("isIntersecting")
    boolean isIntersecting();

    @JSProperty("isVisible")
    boolean isVisible();

    @JSProperty
    Rect getIntersectionRect();

    @JSProperty
    Rect getBoundingClientRect();
  }

  interface Rect extends JSObject {
    @JSProperty
    double getHeight();
  }

  /** Parts of an element, 0 to 1, at each of which it is told anew. */
  @JSClass(name = "Array")
  static class Thresholds implements JSObject {
    Thresholds() {}

    native void push(double part);
  }
}
