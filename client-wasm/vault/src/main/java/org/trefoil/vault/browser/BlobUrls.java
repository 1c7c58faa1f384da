package org.trefoil.vault.browser;

import org.teavm.jso.JSClass;
import org.teavm.jso.JSObject;

/** Addresses of files in memory. */
@JSClass(name = "URL")
abstract class BlobUrls implements JSObject {
  static native String createObjectURL(Blob blob);

  static native void revokeObjectURL(String url);
}
