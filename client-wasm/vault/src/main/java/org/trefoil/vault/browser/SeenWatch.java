package org.trefoil.vault.browser;

import org.teavm.jso.JSClass;
import org.teavm.jso.JSFunctor;
import org.teavm.jso.JSObject;
import org.teavm.jso.JSProperty;

/**
 * Knows whether a person can see an element: on the screen, and where the browser tells it
 * (Chromium's {@code trackVisibility}), not covered, not transparent, not distorted by the page
 * around the frame. Elsewhere only position and size count.
 */
public final class SeenWatch {
  private static final int LEAST_WIDTH = 240;

  private final IntersectionObserver observer;
  private boolean seen;

  /** Begins to watch {@code element}, which must be in the document or get there. */
  public SeenWatch(Element element) {
    Options options = new Options();
    options.put("trackVisibility", true);
    options.put("delay", 100);
    observer = new IntersectionObserver(this::look, options);
    observer.observe(element);
  }

  private void look(Items<Entry> entries) {
    Entry last = entries.get(entries.getLength() - 1);
    seen = observer.isTrackVisibility() ? last.isVisible() : last.isIntersecting();
  }

  /** Whether the element was seen when the browser last looked. */
  public boolean seen() {
    return seen && Globals.vaultWidth() >= LEAST_WIDTH;
  }

  @JSFunctor
  interface Looked extends JSObject {
    void looked(Items<Entry> entries);
  }

  interface Entry extends JSObject {
    @JSProperty("isIntersecting")
    boolean isIntersecting();

    @JSProperty("isVisible")
    boolean isVisible();
  }

  @JSClass
  static class IntersectionObserver implements JSObject {
    IntersectionObserver(Looked looked, Options options) {}

    native void observe(Element element);

    @JSProperty("trackVisibility")
    native boolean isTrackVisibility();
  }
}
