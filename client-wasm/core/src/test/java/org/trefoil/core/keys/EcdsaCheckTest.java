package org.trefoil.core.keys;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.Random;
import org.bitcoinj.base.Sha256Hash;
import org.bitcoinj.crypto.ECKey;
import org.bouncycastle.math.ec.ECPoint;
import org.bouncycastle.util.BigIntegers;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.trefoil.core.units.Hex;

class EcdsaCheckTest {
  private static final BigInteger N = ECKey.ecDomainParameters().getN();
  private static final ECPoint G = ECKey.ecDomainParameters().getG();
  private static final BigInteger ONE = BigInteger.ONE;
  private static final byte[] HASH = Sha256Hash.hash(new byte[] {1, 2, 3});

  private final ECKey key = ECKey.fromPrivate(BigInteger.valueOf(7), true);
  private final ECKey.ECDSASignature signed = key.sign(Sha256Hash.wrap(HASH));

  @Test
  void bitcoinjsSignaturesAreTakenWithLowSAndWithHigh() {
    Random random = new Random(7);
    for (int i = 0; i < 20; i++) {
      byte[] hash = new byte[32];
      random.nextBytes(hash);
      ECKey each = ECKey.fromPrivate(new BigInteger(200, random), true);
      ECKey.ECDSASignature made = each.sign(Sha256Hash.wrap(hash));
      assertThat(EcdsaCheck.verify(hash, made.r, made.s, each.getPubKey())).isTrue();
      assertThat(EcdsaCheck.verify(hash, made.r, N.subtract(made.s), each.getPubKey())).isTrue();
      assertThat(EcdsaCheck.verify(hash, made.r, made.s, key.getPubKey())).isFalse();
      assertThat(EcdsaCheck.verify(HASH, made.r, made.s, each.getPubKey())).isFalse();
    }
  }

  /** Nought and what is a multiple of the order would take any signature, or divide by nought. */
  @Test
  void numbersOutsideTheGroupAreNoSignature() {
    for (BigInteger no :
        new BigInteger[] {BigInteger.ZERO, N, ONE.negate(), signed.r.negate(), N.shiftLeft(1)}) {
      assertThat(verify(no, signed.s)).isFalse();
      assertThat(verify(signed.r, no)).isFalse();
    }
    assertThat(verify(signed.r.add(N), signed.s)).isFalse();
    assertThat(verify(signed.r, signed.s.add(N))).isFalse();
    assertThat(verify(signed.r, signed.s)).isTrue();
  }

  private boolean verify(BigInteger r, BigInteger s) {
    return EcdsaCheck.verify(HASH, r, s, key.getPubKey());
  }

  @Test
  void whatIsNoPointVerifiesNothing() {
    for (String no :
        new String[] {"", "02", "02" + "00".repeat(31) + "05", "07" + "00".repeat(32)}) {
      assertThat(EcdsaCheck.verify(HASH, signed.r, signed.s, Hex.parse(no))).isFalse();
    }
  }

  /** To the key at infinity every s has its r, which anybody works out without a secret. */
  @Test
  void infinityIsNobodysKey() {
    BigInteger r = G.multiply(new BigInteger(1, HASH)).normalize().getAffineXCoord().toBigInteger();
    assertThat(EcdsaCheck.verify(HASH, r.mod(N), ONE, new byte[1])).isFalse();
    assertThat(EcdsaCheck.verify(HASH, r.mod(N), ONE, new byte[33])).isFalse();
  }

  /** The hash is chosen so that both sides of the sum are opposite points. */
  @Test
  void aSumThatIsInfinityIsNoSignature() {
    byte[] generator = G.getEncoded(true);
    byte[] hash = BigIntegers.asUnsignedByteArray(32, N.subtract(BigInteger.TEN));
    assertThat(EcdsaCheck.verify(hash, BigInteger.TEN, ONE, generator)).isFalse();
  }

  /** One point in 2^128 has an x that is not below the order: r is what is left of it. */
  @Test
  void anXBeyondTheOrderIsTakenModuloTheOrder() {
    BigInteger x = N;
    ECPoint point = null;
    while (point == null) {
      x = x.add(ONE);
      point = at(x);
    }
    BigInteger r = x.subtract(N);
    BigInteger inverse = r.modInverse(N);
    BigInteger z = new BigInteger(1, HASH);
    ECPoint publicKey = point.subtract(G.multiply(z)).multiply(inverse);
    assertThat(EcdsaCheck.verify(HASH, r, ONE, publicKey.getEncoded(true))).isTrue();
  }

  private static @Nullable ECPoint at(BigInteger x) {
    try {
      return G.getCurve().decodePoint(Hex.parse("02" + String.format("%064x", x)));
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  /** BIP-0146: s is at most half the order. */
  @Test
  void lowIsUpToHalfTheOrder() {
    BigInteger half =
        new BigInteger("7fffffffffffffffffffffffffffffff5d576e7357a4501ddfe92f46681b20a0", 16);
    assertThat(EcdsaCheck.isLow(half)).isTrue();
    assertThat(EcdsaCheck.isLow(half.add(ONE))).isFalse();
    assertThat(EcdsaCheck.isLow(ONE)).isTrue();
    assertThat(EcdsaCheck.isLow(BigInteger.ZERO)).isFalse();
    assertThat(EcdsaCheck.isLow(ONE.negate())).isFalse();
  }
}
