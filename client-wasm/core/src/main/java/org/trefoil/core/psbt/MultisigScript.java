package org.trefoil.core.psbt;

import java.util.ArrayList;
import java.util.List;

/** {@code OP_m <key>… OP_n OP_CHECKMULTISIG}, read back from its bytes. */
final class MultisigScript {
  private static final int CHECKMULTISIG = 0xae;

  private final int threshold;
  private final List<byte[]> keys;

  private MultisigScript(int threshold, List<byte[]> keys) {
    this.threshold = threshold;
    this.keys = keys;
  }

  /** Reads exactly this form over 33- or 65-byte keys, or refuses. */
  static MultisigScript parse(byte[] script) {
    ByteReader in = new ByteReader(script);
    int threshold = number(in);
    List<byte[]> keys = new ArrayList<>();
    while (in.remaining() > 3) {
      int length = in.u8();
      if (length != 33 && length != 65) {
        throw ByteReader.malformed("not-multisig");
      }
      keys.add(in.take(length));
    }
    boolean ends = number(in) == keys.size() && in.u8() == CHECKMULTISIG;
    if (!ends || in.remaining() != 0 || threshold < 1 || threshold > keys.size()) {
      throw ByteReader.malformed("not-multisig");
    }
    return new MultisigScript(threshold, keys);
  }

  private static int number(ByteReader in) {
    int opcode = in.u8();
    if (opcode >= 0x51 && opcode <= 0x60) {
      return opcode - 0x50;
    }
    if (opcode == 1) {
      int value = in.u8();
      if (value > 16 && value <= 20) {
        return value;
      }
    }
    throw ByteReader.malformed("not-multisig");
  }

  int threshold() {
    return threshold;
  }

  /** The keys in the script's order, which is the order signatures must have. */
  List<byte[]> keys() {
    return keys;
  }
}
