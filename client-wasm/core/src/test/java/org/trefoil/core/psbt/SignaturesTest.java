package org.trefoil.core.psbt;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.Random;
import org.bitcoinj.base.Sha256Hash;
import org.bitcoinj.crypto.ECKey;
import org.bitcoinj.crypto.SignatureDecodeException;
import org.bitcoinj.crypto.TransactionSignature;
import org.junit.jupiter.api.Test;
import org.trefoil.core.units.Hex;

/** Signatures are taken in the one form that nodes relay, as bitcoinj judges it. */
class SignaturesTest {
  private static final BigInteger N =
      new BigInteger("fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141", 16);
  private static final BigInteger HALF = N.shiftRight(1);

  private final Random random = new Random(66);
  private int taken;

  @Test
  void bitcoinjTakesTheSameForms() {
    for (int round = 0; round < 400; round++) {
      byte[] good = der(number(), number());
      same(good);
      for (int at = 0; at < good.length; at++) {
        if (at < 7 || at > 35 && at < 41 || at == good.length - 1) {
          byte[] bent = good.clone();
          bent[at] += (byte) (random.nextBoolean() ? 1 : -1);
          same(bent);
          bent[at] = (byte) random.nextInt();
          same(bent);
        }
      }
      same(Arrays.copyOf(good, good.length - 1));
      byte[] longer = Arrays.copyOf(good, good.length + 1);
      longer[good.length] = 1;
      same(longer);
      for (int length = 1; length < 12; length++) {
        byte[] shorter = Arrays.copyOf(good, length);
        shorter[length - 1] = 1;
        same(shorter);
      }
    }
    assertThat(taken).isGreaterThan(100);
    assertThat(Signatures.wellFormed(new byte[0])).isFalse();
  }

  /** Numbers of every length, negative and padded ones among them. */
  private byte[] number() {
    byte[] bytes = new byte[random.nextInt(4) == 0 ? random.nextInt(35) : 31 + random.nextInt(3)];
    random.nextBytes(bytes);
    if (bytes.length > 0 && random.nextInt(3) != 0) {
      bytes[0] = (byte) (random.nextBoolean() ? 0 : random.nextInt(128));
    }
    return bytes;
  }

  private static byte[] der(byte[] r, byte[] s) {
    ByteSink out = new ByteSink(80).u8(0x30).u8(4 + r.length + s.length);
    return out.u8(2).putSized(r).u8(2).putSized(s).u8(1).toBytes();
  }

  private void same(byte[] signature) {
    boolean theirs = theirs(signature);
    taken += theirs ? 1 : 0;
    assertThat(Signatures.wellFormed(signature)).as(Hex.of(signature)).isEqualTo(theirs);
  }

  private static boolean theirs(byte[] signature) {
    if (signature[signature.length - 1] != 1
        || !TransactionSignature.isEncodingCanonical(signature)) {
      return false;
    }
    try {
      BigInteger s =
          ECKey.ECDSASignature.decodeFromDER(Arrays.copyOf(signature, signature.length - 1)).s;
      return s.signum() > 0 && s.compareTo(HALF) <= 0;
    } catch (SignatureDecodeException e) {
      return false;
    }
  }

  @Test
  void onlyTheKeysOwnSignatureOverTheHashIsRight() {
    ECKey key = ECKey.fromPrivate(BigInteger.valueOf(77));
    ECKey other = ECKey.fromPrivate(BigInteger.valueOf(78));
    byte[] hash = Sha256Hash.hash(new byte[] {1});
    byte[] der = key.sign(Sha256Hash.wrap(hash)).encodeToDER();
    byte[] signature = Arrays.copyOf(der, der.length + 1);
    signature[der.length] = 1;
    assertThat(Signatures.right(signature, hash, key.getPubKey())).isTrue();
    assertThat(Signatures.right(signature, hash, other.getPubKey())).isFalse();
    assertThat(Signatures.right(signature, Sha256Hash.hash(hash), key.getPubKey())).isFalse();
    ECKey.ECDSASignature low = key.sign(Sha256Hash.wrap(hash));
    byte[] high = new ECKey.ECDSASignature(low.r, N.subtract(low.s)).encodeToDER();
    byte[] highS = Arrays.copyOf(high, high.length + 1);
    highS[high.length] = 1;
    assertThat(Signatures.right(highS, hash, key.getPubKey())).isFalse();
  }
}
