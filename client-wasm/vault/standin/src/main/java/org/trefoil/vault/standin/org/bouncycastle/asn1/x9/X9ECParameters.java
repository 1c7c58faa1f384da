package org.trefoil.vault.standin.org.bouncycastle.asn1.x9;

import java.math.BigInteger;
import org.bouncycastle.asn1.x9.X9ECPoint;
import org.bouncycastle.math.ec.ECCurve;
import org.bouncycastle.math.ec.ECPoint;
import org.jspecify.annotations.Nullable;

/** A curve and its generator, without the ASN.1 that they are written in elsewhere. */
public final class X9ECParameters {
  private final ECCurve curve;
  private final ECPoint generator;
  private final BigInteger order;

  public X9ECParameters(
      ECCurve curve,
      X9ECPoint generator,
      BigInteger order,
      BigInteger cofactor,
      byte @Nullable [] seed) {
    this.curve = curve;
    this.generator = generator.getPoint();
    this.order = order;
  }

  public ECCurve getCurve() {
    return curve;
  }

  public ECPoint getG() {
    return generator;
  }

  public BigInteger getN() {
    return order;
  }
}
