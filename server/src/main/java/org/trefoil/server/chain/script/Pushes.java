package org.trefoil.server.chain.script;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads scripts that only push data, each push in its shortest form. */
public final class Pushes {
  private Pushes() {}

  /** The pushed items, or null when the script does anything else or pushes a small number. */
  static @Nullable List<byte[]> read(byte[] script) {
    List<byte[]> items = new ArrayList<>();
    int at = 0;
    while (at < script.length) {
      int op = script[at++] & 0xff;
      int length;
      if (op <= 75) {
        length = op;
      } else if (op == 0x4c && at < script.length) {
        length = script[at++] & 0xff;
        if (length <= 75) {
          return null;
        }
      } else if (op == 0x4d && at + 1 < script.length) {
        length = (script[at] & 0xff) | (script[at + 1] & 0xff) << 8;
        at += 2;
        if (length <= 255) {
          return null;
        }
      } else {
        return null;
      }
      if (length > script.length - at) {
        return null;
      }
      items.add(Arrays.copyOfRange(script, at, at + length));
      at += length;
    }
    return items;
  }

  /** Whether all from {@code from} on is pushes that end with the script. */
  public static boolean onlyPushes(byte[] script, int from) {
    return read(Arrays.copyOfRange(script, from, script.length)) != null;
  }
}
