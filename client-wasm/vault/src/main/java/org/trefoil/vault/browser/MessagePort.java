package org.trefoil.vault.browser;

import org.teavm.jso.JSObject;
import org.teavm.jso.JSProperty;

/** One end of the channel to the page. */
public interface MessagePort extends JSObject {
  void postMessage(String text);

  /** Setting it also starts the delivery. */
  @JSProperty
  void setOnmessage(Listener listener);

  void close();
}
