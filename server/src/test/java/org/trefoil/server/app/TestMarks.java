package org.trefoil.server.app;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.Base64;
import org.bitcoinj.base.Sha256Hash;
import org.bitcoinj.crypto.ECKey;
import org.bouncycastle.util.BigIntegers;
import org.trefoil.core.envelope.Marks;
import org.trefoil.core.wire.SecondSlot;

/** What a vault keeps of two passcodes of a wallet: the keys of their marks. */
final class TestMarks {
  private final ECKey first;
  private final ECKey second;
  private final byte[] slot = new byte[Marks.SLOT_LENGTH];

  TestMarks(int seed) {
    first = key(2 * seed);
    second = key(2 * seed + 1);
    Arrays.fill(slot, (byte) seed);
  }

  private static ECKey key(int seed) {
    return ECKey.fromPrivate(BigInteger.valueOf(1_000 + seed));
  }

  SecondSlot beside() {
    Base64.Encoder base64 = Base64.getEncoder();
    return new SecondSlot(
        base64.encodeToString(slot),
        base64.encodeToString(first.getPubKey()),
        base64.encodeToString(second.getPubKey()));
  }

  String byFirst(byte[] done) {
    return mark(first, done);
  }

  String bySecond(byte[] done) {
    return mark(second, done);
  }

  private static String mark(ECKey key, byte[] done) {
    ECKey.ECDSASignature signature = key.sign(Sha256Hash.wrap(Marks.digest(done)));
    byte[] out = new byte[64];
    BigIntegers.asUnsignedByteArray(signature.r, out, 0, 32);
    BigIntegers.asUnsignedByteArray(signature.s, out, 32, 32);
    return Base64.getEncoder().encodeToString(out);
  }
}
