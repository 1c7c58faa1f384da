package org.trefoil.vault.browser;

import org.teavm.jso.JSObject;
import org.teavm.jso.JSProperty;

/** A JavaScript string, looked at without making a Java String of it. */
public interface Text extends JSObject {
  @JSProperty
  int getLength();

  int charCodeAt(int index);

  /** In a Unicode normal form, for example {@code NFC}. */
  Text normalize(String form);
}
