package org.trefoil.server.cosign;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import org.junit.jupiter.api.Test;
import org.trefoil.core.keys.Cosigners;

/** A server whose arithmetic is wrong in any one thing does not start. */
class SelfTestTest {
  /** Right in everything, until a test makes it wrong in one thing. */
  private static class Right implements Curve {
    private final Curve curve = new BitcoinjCurve();

    @Override
    public byte[] publicKey(byte[] secret) {
      return curve.publicKey(secret);
    }

    @Override
    public byte[] plus(byte[] secret, byte[] tweak) {
      return curve.plus(secret, tweak);
    }

    @Override
    public byte[] sign(byte[] secret, byte[] hash) {
      return curve.sign(secret, hash);
    }

    @Override
    public boolean verify(byte[] hash, BigInteger r, BigInteger s, byte[] publicKey) {
      return curve.verify(hash, r, s, publicKey);
    }

    @Override
    public byte[][] childPublicKeys(Cosigners cosigners, int branch, int index) {
      return curve.childPublicKeys(cosigners, branch, index);
    }

    @Override
    public String name() {
      return "right";
    }
  }

  private static void starts(Curve curve) {
    assertThatCode(() -> SelfTest.run(curve)).doesNotThrowAnyException();
  }

  private static void stops(String what, Curve curve) {
    assertThatThrownBy(() -> SelfTest.run(curve))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageStartingWith("Self-test failed: " + what);
  }

  @Test
  void rightArithmeticStartsAndSoDoesWhatThisMachineSignsWith() {
    starts(new Right());
    assertThatCode(SelfTest::run).doesNotThrowAnyException();
  }

  @Test
  void anotherNonceThanRfc6979sStops() {
    stops(
        "RFC 6979 signature",
        new Right() {
          @Override
          public byte[] sign(byte[] secret, byte[] hash) {
            byte[] signature = super.sign(secret, hash);
            signature[40] ^= 1;
            return signature;
          }
        });
  }

  @Test
  void aCheckThatTakesNothingOrEverythingStops() {
    for (boolean says : new boolean[] {false, true}) {
      stops(
          "check came out as " + says,
          new Right() {
            @Override
            public boolean verify(byte[] hash, BigInteger r, BigInteger s, byte[] publicKey) {
              return says;
            }
          });
    }
  }

  @Test
  void wrongKeysBelowTheSeedStop() {
    stops(
        "BIP-0048 key",
        new Right() {
          @Override
          public byte[] plus(byte[] secret, byte[] tweak) {
            byte[] sum = super.plus(secret, tweak);
            sum[31] ^= 1;
            return sum;
          }
        });
  }

  @Test
  void wrongPublicKeysBelowAKeySetStop() {
    stops(
        "BIP-0032 child",
        new Right() {
          @Override
          public byte[][] childPublicKeys(Cosigners cosigners, int branch, int index) {
            return super.childPublicKeys(cosigners, branch, index + 1);
          }
        });
  }
}
