package org.trefoil.core.keys;

import java.util.Arrays;

/** The few scripts that a key set makes. */
public final class Scripts {
  private static final int OP_1 = 0x51;
  private static final int OP_EQUAL = 0x87;
  private static final int OP_HASH160 = 0xa9;
  private static final int OP_CHECKMULTISIG = 0xae;

  private Scripts() {}

  /** {@code m <key>… n OP_CHECKMULTISIG} with compressed keys, sorted (BIP-0067). */
  public static byte[] sortedMultisig(int threshold, byte[]... compressedKeys) {
    byte[][] keys = compressedKeys.clone();
    Arrays.sort(keys, Scripts::compare);
    byte[] script = new byte[3 + 34 * keys.length];
    int at = 0;
    script[at++] = (byte) (OP_1 - 1 + threshold);
    for (byte[] key : keys) {
      script[at++] = 33;
      System.arraycopy(key, 0, script, at, 33);
      at += 33;
    }
    script[at++] = (byte) (OP_1 - 1 + keys.length);
    script[at] = (byte) OP_CHECKMULTISIG;
    return script;
  }

  /** Lexicographic order of unsigned bytes. */
  private static int compare(byte[] a, byte[] b) {
    for (int i = 0; i < a.length; i++) {
      if (a[i] != b[i]) {
        return (a[i] & 255) - (b[i] & 255);
      }
    }
    return 0;
  }

  /** The script of an output that these keys guard, in the wallet's form. */
  public static byte[] scriptPubKey(ScriptType type, byte[] multisig) {
    return switch (type) {
      case P2WSH -> witness(multisig);
      case P2SH_P2WSH -> scriptHash(witness(multisig));
      case P2SH -> scriptHash(multisig);
    };
  }

  /** {@code OP_0 <SHA-256 of script>}: a P2WSH program, and the redeem script of P2SH-P2WSH. */
  public static byte[] witness(byte[] script) {
    byte[] program = new byte[34];
    program[1] = 32;
    System.arraycopy(Hashes.sha256(script), 0, program, 2, 32);
    return program;
  }

  /** {@code OP_HASH160 <hash160 of script> OP_EQUAL}: P2SH (BIP-0016). */
  public static byte[] scriptHash(byte[] script) {
    byte[] out = new byte[23];
    out[0] = (byte) OP_HASH160;
    out[1] = 20;
    System.arraycopy(Hashes.hash160(script), 0, out, 2, 20);
    out[22] = (byte) OP_EQUAL;
    return out;
  }
}
