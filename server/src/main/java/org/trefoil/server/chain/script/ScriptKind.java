package org.trefoil.server.chain.script;

/** The forms of output script that are relayed here; every other one is not standard. */
public enum ScriptKind {
  P2PKH,
  P2SH,
  P2WPKH,
  P2WSH,
  P2TR,
  NULL_DATA,
  OTHER;

  private static final int MAX_NULL_DATA = 83;

  public static ScriptKind of(byte[] s) {
    int n = s.length;
    if (n == 25 && at(s, 0, 0x76, 0xa9, 20) && at(s, 23, 0x88, 0xac)) {
      return P2PKH;
    }
    if (n == 23 && at(s, 0, 0xa9, 20) && at(s, 22, 0x87)) {
      return P2SH;
    }
    if (n == 22 && at(s, 0, 0, 20)) {
      return P2WPKH;
    }
    if (n == 34 && at(s, 0, 0, 32)) {
      return P2WSH;
    }
    if (n == 34 && at(s, 0, 0x51, 32)) {
      return P2TR;
    }
    if (n > 0 && n <= MAX_NULL_DATA && at(s, 0, 0x6a) && Pushes.onlyPushes(s, 1)) {
      return NULL_DATA;
    }
    return OTHER;
  }

  /** Whether a witness spends it. */
  public boolean segwit() {
    return this == P2WPKH || this == P2WSH || this == P2TR;
  }

  private static boolean at(byte[] script, int from, int... expected) {
    for (int i = 0; i < expected.length; i++) {
      if ((script[from + i] & 0xff) != expected[i]) {
        return false;
      }
    }
    return true;
  }
}
