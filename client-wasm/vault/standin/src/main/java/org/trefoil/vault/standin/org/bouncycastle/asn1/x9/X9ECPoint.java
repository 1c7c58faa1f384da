package org.trefoil.vault.standin.org.bouncycastle.asn1.x9;

import org.bouncycastle.math.ec.ECPoint;

/** A point, without its ASN.1. */
public final class X9ECPoint {
  private final ECPoint point;

  public X9ECPoint(ECPoint point, boolean compressed) {
    this.point = point;
  }

  public ECPoint getPoint() {
    return point;
  }
}
