package org.trefoil.core.units;

import java.nio.charset.StandardCharsets;

/** Text as bytes in UTF-8. */
public final class Utf8 {
  private Utf8() {}

  public static byte[] of(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
