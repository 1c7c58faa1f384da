package org.trefoil.custody.passcode;

import java.util.Arrays;
import org.bouncycastle.util.encoders.Hex;

/** A known answer of Argon2id, small enough to be asked for at every start of the vault. */
public final class StretchAnswer {
  private static final String TAG =
      "0d640df58d78766c08c037a34a8b53c9d01ef0452d75b65eb52520e96b01e659";

  private StretchAnswer() {}

  /** Whether RFC 9106's test vector for Argon2id (section 5.3) comes out here. */
  public static boolean comesOut() {
    Stretch.Params params = new Stretch.Params(32, 3, 4);
    byte[] password = repeat(1, 32);
    try (Argon2id argon2 =
        new Argon2id(password, repeat(2, 16), repeat(3, 8), repeat(4, 12), params, 32)) {
      return Arrays.equals(argon2.run(), Hex.decode(TAG));
    }
  }

  /**
   * Argon2id's bare output, 32 bytes, to be compared with other implementations. The product never
   * uses it as it is: see {@link StretchedKey}.
   */
  public static byte[] raw(byte[] password, byte[] salt, Stretch.Params params) {
    byte[] none = new byte[0];
    try (Argon2id argon2 = new Argon2id(password, salt, none, none, params, StretchedKey.LENGTH)) {
      return argon2.run();
    }
  }

  private static byte[] repeat(int value, int count) {
    byte[] bytes = new byte[count];
    Arrays.fill(bytes, (byte) value);
    return bytes;
  }
}
