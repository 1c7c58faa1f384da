package org.trefoil.vault.browser;

import org.teavm.jso.JSObject;
import org.teavm.jso.JSProperty;

/** An event of an element or of the port. */
public interface Event extends JSObject {
  /** The key of a keyboard event. */
  @JSProperty
  String getKey();

  /** Whether the keyboard event belongs to a character that is still being composed. */
  @JSProperty("isComposing")
  boolean isComposing();

  /** Keeps the browser from its own answer to the event. */
  void preventDefault();

  /** What was dropped. */
  @JSProperty
  Dropped getDataTransfer();

  /** The content of a message. */
  @JSProperty
  String getData();
}
