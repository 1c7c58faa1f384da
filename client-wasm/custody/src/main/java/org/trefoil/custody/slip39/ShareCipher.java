package org.trefoil.custody.slip39;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.generators.PKCS5S2ParametersGenerator;
import org.bouncycastle.crypto.params.KeyParameter;

/**
 * The cipher between secret and shares: four Feistel rounds of PBKDF2-HMAC-SHA256 under a
 * passphrase. With the empty passphrase, which is all that Trefoil makes, it hides nothing and
 * costs 10,000 iterations.
 */
final class ShareCipher {
  private static final int ROUNDS = 4;
  private static final int ITERATIONS = 2_500;

  private final byte[] passphrase;
  private final byte[] salt;
  private final int iterations;

  ShareCipher(byte[] passphrase, int identifier, boolean extendable, int exponent) {
    this.passphrase = passphrase;
    this.iterations = ITERATIONS << exponent;
    byte[] prefix = "shamir".getBytes(StandardCharsets.US_ASCII);
    this.salt = extendable ? new byte[0] : Arrays.copyOf(prefix, prefix.length + 2);
    if (!extendable) {
      salt[prefix.length] = (byte) (identifier >> 8);
      salt[prefix.length + 1] = (byte) identifier;
    }
  }

  byte[] encrypt(byte[] secret) {
    return run(secret, false);
  }

  byte[] decrypt(byte[] encrypted) {
    return run(encrypted, true);
  }

  private byte[] run(byte[] text, boolean backwards) {
    int half = text.length / 2;
    byte[] left = Arrays.copyOf(text, half);
    byte[] right = Arrays.copyOfRange(text, half, text.length);
    for (int i = 0; i < ROUNDS; i++) {
      byte[] mask = round(backwards ? ROUNDS - 1 - i : i, right);
      for (int b = 0; b < half; b++) {
        mask[b] ^= left[b];
      }
      Arrays.fill(left, (byte) 0);
      left = right;
      right = mask;
    }
    byte[] result = Arrays.copyOf(right, text.length);
    System.arraycopy(left, 0, result, half, half);
    Arrays.fill(left, (byte) 0);
    Arrays.fill(right, (byte) 0);
    return result;
  }

  private byte[] round(int number, byte[] right) {
    byte[] password = new byte[passphrase.length + 1];
    password[0] = (byte) number;
    System.arraycopy(passphrase, 0, password, 1, passphrase.length);
    byte[] salted = Arrays.copyOf(salt, salt.length + right.length);
    System.arraycopy(right, 0, salted, salt.length, right.length);
    PKCS5S2ParametersGenerator pbkdf2 = new PKCS5S2ParametersGenerator(new SHA256Digest());
    pbkdf2.init(password, salted, iterations);
    byte[] mask = ((KeyParameter) pbkdf2.generateDerivedParameters(8 * right.length)).getKey();
    Arrays.fill(password, (byte) 0);
    Arrays.fill(salted, (byte) 0);
    return mask;
  }
}
