package org.trefoil.custody.envelope.v1;

import java.util.Arrays;
import org.bouncycastle.util.encoders.Hex;

/** A known answer of AES-256-GCM, for every start of the vault. */
public final class SealingAnswer {
  private static final String SEALED =
      "cea7403d4d606b6e074ec5d3baf39d18d0d1c8a799996bf0265b98b5d48ab919";

  private SealingAnswer() {}

  /** Whether test case 14 of McGrew and Viega comes out, there and back, and no altered one. */
  public static boolean comesOut() {
    byte[] key = new byte[32];
    byte[] nonce = new byte[12];
    byte[] plain = new byte[16];
    byte[] none = new byte[0];
    byte[] sealed = AesGcm.seal(key, nonce, none, plain);
    boolean right =
        Arrays.equals(sealed, Hex.decode(SEALED))
            && Arrays.equals(AesGcm.open(key, nonce, none, sealed), plain);
    sealed[0] ^= 1;
    return right && AesGcm.open(key, nonce, none, sealed) == null;
  }
}
