package org.trefoil.core.address;

/** Output scripts whose addresses are base58: P2PKH and P2SH (BIP-0016). */
public final class Base58Scripts {
  private Base58Scripts() {}

  /** {@code OP_DUP OP_HASH160 <hash> OP_EQUALVERIFY OP_CHECKSIG}: the hash160 of one key. */
  public static byte[] p2pkh(byte[] hash) {
    byte[] script = new byte[25];
    script[0] = 0x76;
    script[1] = (byte) 0xa9;
    script[2] = 20;
    System.arraycopy(hash, 0, script, 3, 20);
    script[23] = (byte) 0x88;
    script[24] = (byte) 0xac;
    return script;
  }

  static byte[] p2sh(byte[] hash) {
    byte[] script = new byte[23];
    script[0] = (byte) 0xa9;
    script[1] = 20;
    System.arraycopy(hash, 0, script, 2, 20);
    script[22] = (byte) 0x87;
    return script;
  }

  static boolean isP2pkh(byte[] s) {
    return s.length == 25
        && s[0] == 0x76
        && s[1] == (byte) 0xa9
        && s[2] == 20
        && s[23] == (byte) 0x88
        && s[24] == (byte) 0xac;
  }

  static boolean isP2sh(byte[] s) {
    return s.length == 23 && s[0] == (byte) 0xa9 && s[1] == 20 && s[22] == (byte) 0x87;
  }
}
