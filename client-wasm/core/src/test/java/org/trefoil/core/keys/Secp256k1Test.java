package org.trefoil.core.keys;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.Random;
import org.bitcoinj.crypto.ECKey;
import org.bouncycastle.math.ec.ECPoint;
import org.bouncycastle.util.BigIntegers;
import org.junit.jupiter.api.Test;

class Secp256k1Test {
  private static final BigInteger ORDER = ECKey.ecDomainParameters().getN();

  @Test
  void multipliesAsBitcoinjDoes() {
    Random random = new Random(256);
    for (int i = 0; i < 300; i++) {
      check(new BigInteger(256, random).mod(ORDER));
    }
    for (int bit = 0; bit < 256; bit++) {
      check(BigInteger.ONE.shiftLeft(bit).mod(ORDER));
    }
    check(ORDER.subtract(BigInteger.ONE));
    assertThat(Secp256k1.multiplyGenerator(new byte[32]).isInfinity()).isTrue();
  }

  private static void check(BigInteger factor) {
    byte[] bytes = BigIntegers.asUnsignedByteArray(32, factor);
    ECPoint[] product = {Secp256k1.multiplyGenerator(bytes)};
    Secp256k1.normalizeAll(product);
    assertThat(product[0].getEncoded(true))
        .isEqualTo(ECKey.publicPointFromPrivate(factor).getEncoded(true));
    assertThat(Secp256k1.isScalar(bytes)).isTrue();
  }

  @Test
  void scalarsEndBelowTheOrder() {
    assertThat(Secp256k1.isScalar(BigIntegers.asUnsignedByteArray(32, ORDER))).isFalse();
    byte[] above = BigIntegers.asUnsignedByteArray(32, ORDER.add(BigInteger.ONE));
    assertThat(Secp256k1.isScalar(above)).isFalse();
  }
}
