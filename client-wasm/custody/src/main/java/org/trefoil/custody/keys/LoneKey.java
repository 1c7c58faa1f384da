package org.trefoil.custody.keys;

import java.math.BigInteger;
import org.bouncycastle.util.BigIntegers;
import org.jspecify.annotations.Nullable;
import org.trefoil.custody.secret.SecretBytes;

/** A private key that belongs to no wallet: somebody wrote it down as it is. */
public final class LoneKey implements AutoCloseable {
  private final SecretBytes bytes;

  private LoneKey(SecretBytes bytes) {
    this.bytes = bytes;
  }

  /**
   * The key of 32 bytes, big-endian; null when they are none.
   *
   * @param bytes copied; wiping them stays the caller's duty
   */
  public static @Nullable LoneKey of(byte[] bytes) {
    boolean key = bytes.length == 32 && Secp256k1.isKey(new BigInteger(1, bytes));
    return key ? new LoneKey(SecretBytes.copyOf(bytes)) : null;
  }

  /** This key times another, modulo the order of the group. Both stay the caller's to close. */
  public LoneKey times(LoneKey factor) {
    byte[] product =
        BigIntegers.asUnsignedByteArray(32, scalar().multiply(factor.scalar()).mod(Secp256k1.N));
    return new LoneKey(SecretBytes.takingOver(product));
  }

  /** Its public key, 33 bytes or 65. */
  public byte[] publicKey(boolean compressed) {
    return Secp256k1.publicKey(scalar(), compressed);
  }

  /** Its signature over a digest of 32 bytes: {@code r ‖ s}, 64 bytes, low s. */
  public byte[] sign(byte[] digest) {
    return Secp256k1.sign(scalar(), digest);
  }

  private BigInteger scalar() {
    return new BigInteger(1, bytes.exposed());
  }

  @Override
  public void close() {
    bytes.close();
  }

  @Override
  public String toString() {
    return "LoneKey[redacted]";
  }
}
