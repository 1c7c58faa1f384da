package org.trefoil.vault.browser;

import org.trefoil.custody.entropy.Entropy;

/** {@code crypto.getRandomValues}, and nothing where it is missing: then no key is made. */
public final class BrowserEntropy implements Entropy {
  /** More than this at once and the browser throws. */
  private static final int MOST = 65_536;

  @Override
  public byte[] bytes(int n) {
    byte[] bytes = new byte[n];
    for (int at = 0; at < n; at += MOST) {
      int length = Math.min(MOST, n - at);
      Int8Array part = new Int8Array(length);
      Globals.crypto().getRandomValues(part);
      for (int i = 0; i < length; i++) {
        bytes[at + i] = part.get(i);
        part.set(i, (byte) 0);
      }
    }
    return bytes;
  }
}
