package org.trefoil.server.cosign;

import java.math.BigInteger;
import org.bitcoinj.base.Sha256Hash;
import org.bitcoinj.crypto.ECKey;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.trefoil.core.keys.EcdsaCheck;

/** bitcoinj on Bouncy Castle: runs everywhere. */
final class BitcoinjCurve implements Curve {
  private static final BigInteger ORDER = CustomNamedCurves.getByName("secp256k1").getN();

  @Override
  public byte[] publicKey(byte[] secret) {
    return ECKey.fromPrivate(secret, true).getPubKey();
  }

  @Override
  public byte[] plus(byte[] secret, byte[] tweak) {
    BigInteger added = new BigInteger(1, tweak);
    BigInteger sum = new BigInteger(1, secret).add(added).mod(ORDER);
    if (added.compareTo(ORDER) >= 0 || sum.signum() == 0) {
      throw new IllegalStateException("no private key");
    }
    byte[] out = new byte[32];
    Scalars.put(sum, out, 0);
    return out;
  }

  @Override
  public byte[] sign(byte[] secret, byte[] hash) {
    ECKey.ECDSASignature made =
        ECKey.fromPrivate(secret, true).sign(Sha256Hash.wrap(hash)).toCanonicalised();
    byte[] out = new byte[64];
    Scalars.put(made.r, out, 0);
    Scalars.put(made.s, out, 32);
    return out;
  }

  @Override
  public boolean verify(byte[] hash, BigInteger r, BigInteger s, byte[] publicKey) {
    return EcdsaCheck.verify(hash, r, s, publicKey);
  }

  @Override
  public String name() {
    return "bitcoinj";
  }
}
