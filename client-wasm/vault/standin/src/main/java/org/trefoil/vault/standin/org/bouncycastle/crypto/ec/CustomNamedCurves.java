package org.trefoil.vault.standin.org.bouncycastle.crypto.ec;

import java.math.BigInteger;
import org.bouncycastle.asn1.x9.X9ECParameters;
import org.bouncycastle.asn1.x9.X9ECPoint;
import org.bouncycastle.math.ec.ECPoint;
import org.bouncycastle.math.ec.WNafUtil;
import org.bouncycastle.math.ec.custom.sec.SecP256K1Curve;
import org.bouncycastle.util.encoders.Hex;
import org.jspecify.annotations.Nullable;

/** Bouncy Castle's table of curves with the one curve that Bitcoin uses; saves 130 KB. */
public final class CustomNamedCurves {
  private static final X9ECParameters SECP256K1 = secp256k1();

  private CustomNamedCurves() {}

  public static @Nullable X9ECParameters getByName(String name) {
    return name.equals("secp256k1") ? SECP256K1 : null;
  }

  private static X9ECParameters secp256k1() {
    SecP256K1Curve curve = new SecP256K1Curve();
    ECPoint generator =
        curve.decodePoint(
            Hex.decode("0279be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798"));
    WNafUtil.configureBasepoint(generator);
    BigInteger order = curve.getOrder();
    BigInteger cofactor = curve.getCofactor();
    return new X9ECParameters(curve, new X9ECPoint(generator, true), order, cofactor, null);
  }
}
