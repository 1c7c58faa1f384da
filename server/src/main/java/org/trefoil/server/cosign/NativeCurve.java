package org.trefoil.server.cosign;

import fr.acinq.secp256k1.Secp256k1;
import fr.acinq.secp256k1.Secp256k1Exception;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;
import org.trefoil.core.keys.Cosigners;

/**
 * libsecp256k1, Bitcoin Core's own, through secp256k1-kmp. Its library is there for Linux alone.
 */
final class NativeCurve implements Curve {
  private static final int SCALAR = 32;

  private final Secp256k1 library;

  /** Throws, or fails to link, where there is no library for this machine. */
  NativeCurve() {
    this.library = Secp256k1.get();
  }

  @Override
  public byte[] publicKey(byte[] secret) {
    return library.pubKeyCompress(library.pubkeyCreate(secret));
  }

  @Override
  public byte[] plus(byte[] secret, byte[] tweak) {
    try {
      return library.privKeyTweakAdd(secret, tweak);
    } catch (Secp256k1Exception e) {
      throw new IllegalStateException("no private key");
    }
  }

  @Override
  public byte[] sign(byte[] secret, byte[] hash) {
    return library.sign(hash, secret, null);
  }

  @Override
  public boolean verify(byte[] hash, BigInteger r, BigInteger s, byte[] publicKey) {
    if (!isScalar(r) || !isScalar(s) || publicKey.length != 33) {
      return false;
    }
    byte[] signature = new byte[2 * SCALAR];
    Scalars.put(r, signature, 0);
    Scalars.put(s, signature, SCALAR);
    try {
      return library.verify(signature, hash, publicKey);
    } catch (Secp256k1Exception e) {
      return false; // the key is no point, or a number is not below the group order
    }
  }

  @Override
  public byte[][] childPublicKeys(Cosigners cosigners, int branch, int index) {
    byte[][] children = new byte[cosigners.keys().size()][];
    for (int i = 0; i < children.length; i++) {
      children[i] = cosigners.keys().get(i).xpub().childPublicKey(branch, index, this::sum);
    }
    return children;
  }

  private byte @Nullable [] sum(byte[] publicKey, byte[] tweak) {
    try {
      return library.pubKeyCompress(library.pubKeyTweakAdd(publicKey, tweak));
    } catch (Secp256k1Exception e) {
      return null;
    }
  }

  private static boolean isScalar(BigInteger value) {
    return value.signum() > 0 && value.bitLength() <= 8 * SCALAR;
  }

  @Override
  public String name() {
    return "libsecp256k1";
  }
}
