package org.trefoil.vault.browser;

import java.util.function.IntConsumer;
import org.teavm.jso.JSClass;
import org.teavm.jso.JSFunctor;
import org.teavm.jso.JSObject;

/** Tells how high the document's content is, whenever that changes. */
public final class HeightWatch {
  private HeightWatch() {}

  public static void start(IntConsumer tell) {
    Element body = Globals.document().getBody();
    int[] last = {-1};
    new ResizeObserver(
            () -> {
              int height = body.getScrollHeight();
              if (height != last[0]) {
                last[0] = height;
                tell.accept(height);
              }
            })
        .observe(body);
  }

  @JSFunctor
  interface Resized extends JSObject {
    void resized();
  }

  @JSClass
  static class ResizeObserver implements JSObject {
    ResizeObserver(Resized resized) {}

    native void observe(Element element);
  }
}
