package org.trefoil.server.chain.script;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.trefoil.core.psbt.Signatures;

/** {@code m <compressed key>… n OP_CHECKMULTISIG}, read from its bytes. */
record Multisig(int threshold, List<byte[]> keys) {
  private static final int KEY_BYTES = 33;

  /** The script, or null when it is of another form. */
  static @Nullable Multisig read(byte[] script) {
    int count = (script.length - 3) / (KEY_BYTES + 1);
    if (count < 1 || count > 15 || script.length != 3 + count * (KEY_BYTES + 1)) {
      return null;
    }
    int threshold = script[0] - 0x50;
    boolean framed =
        script[script.length - 2] == 0x50 + count && (script[script.length - 1] & 0xff) == 0xae;
    if (!framed || threshold < 1 || threshold > count) {
      return null;
    }
    List<byte[]> keys = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int at = 1 + i * (KEY_BYTES + 1);
      if (script[at] != KEY_BYTES || (script[at + 1] != 2 && script[at + 1] != 3)) {
        return null;
      }
      keys.add(Arrays.copyOfRange(script, at + 1, at + 1 + KEY_BYTES));
    }
    return new Multisig(threshold, keys);
  }

  /** Whether the items are the empty dummy and exactly the needed signatures, in key order. */
  boolean signedBy(List<byte[]> items, byte[] hash) {
    if (items.size() != threshold + 1 || items.get(0).length != 0) {
      return false;
    }
    int key = 0;
    for (byte[] signature : items.subList(1, items.size())) {
      while (key < keys.size() && !Signatures.right(signature, hash, keys.get(key))) {
        key++;
      }
      if (key++ >= keys.size()) {
        return false;
      }
    }
    return true;
  }
}
