package org.trefoil.core.envelope;

import static org.assertj.core.api.Assertions.assertThat;
import static org.trefoil.core.envelope.SampleEnvelope.COSIGNERS;
import static org.trefoil.core.envelope.SampleEnvelope.ENDORSEMENT;
import static org.trefoil.core.envelope.SampleEnvelope.WALLET;
import static org.trefoil.core.envelope.SampleEnvelope.bytes;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.trefoil.core.keys.KeyRole;
import org.trefoil.core.keys.Statement;
import org.trefoil.core.units.Hex;
import org.trefoil.core.wire.SecondSlot;

/** What envelopes and wrapped keys are bound to, hashed anew as the documentation says it. */
class BoundTest {
  private static final byte[] ZERO = {0};

  /** A tagged hash as BIP-0340 defines it. */
  private static byte[] tagged(String tag, byte[]... parts) {
    byte[] name = sha256(utf8(tag));
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    all.writeBytes(name);
    all.writeBytes(name);
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return sha256(all.toByteArray());
  }

  private static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void anEnvelopeIsBoundToNetworkWalletKeySetAndEndorsement() {
    byte[] wallet = utf8(WALLET);
    byte[] keySet = utf8(COSIGNERS.descriptor());
    String tag = "trefoil/envelope-binding/1";
    assertThat(EnvelopeBinding.of(COSIGNERS, WALLET, ENDORSEMENT).digest())
        .isEqualTo(tagged(tag, utf8("regtest"), ZERO, wallet, ZERO, keySet, ZERO, ENDORSEMENT));
    assertThat(EnvelopeBinding.of(COSIGNERS, WALLET, ENDORSEMENT, true).digest())
        .isEqualTo(
            tagged(
                tag, utf8("regtest"), ZERO, wallet, ZERO, keySet, ZERO, ENDORSEMENT, utf8("cold")));
  }

  @Test
  void aWrappedKeyIsBoundToTheEnvelopeAndThePasskey() {
    SealedUserKey envelope = SampleEnvelope.sealed();
    byte[] salt = bytes(6, WrapContext.SALT_LENGTH);
    byte[] credential = bytes(7, 20);
    byte[] second = bytes(8, Marks.SLOT_LENGTH);
    byte[] user = utf8(COSIGNERS.key(KeyRole.USER).xpub().base58());
    String tag = "trefoil/wrapped-key/1";
    assertThat(WrapContext.of(COSIGNERS, WALLET, envelope, second, salt, credential).digest())
        .isEqualTo(
            tagged(
                tag,
                utf8(WALLET),
                ZERO,
                user,
                ZERO,
                envelope.bytes(),
                sha256(second),
                salt,
                credential));
    assertThat(WrapContext.of(COSIGNERS, WALLET, envelope, null, salt, credential).digest())
        .isEqualTo(
            tagged(
                tag,
                utf8(WALLET),
                ZERO,
                user,
                ZERO,
                envelope.bytes(),
                new byte[32],
                salt,
                credential));
  }

  @Test
  void oneEnvelopeInThePlaceOfAnotherIsStatedWithTheWayItWasOpened() {
    SealedUserKey old = SampleEnvelope.sealed();
    SealedUserKey fresh =
        SealedUserKey.of(old.associatedData(), SampleEnvelope.BINDING, bytes(9, 80));
    SecondSlot beside = new SecondSlot("c2xvdA==", "Zmlyc3Q=", "c2Vjb25k");
    byte[] statement = Statement.digest(Statement.ENVELOPE_CHANGED, COSIGNERS, WALLET);
    Set<String> digests = new HashSet<>();
    for (int opened = 0; opened < 2; opened++) {
      byte[] digest = Resealing.digest(COSIGNERS, WALLET, old, fresh, beside, opened == 1);
      assertThat(digest)
          .isEqualTo(
              tagged(
                  "trefoil/resealing/1",
                  statement,
                  new byte[] {(byte) opened},
                  old.bytes(),
                  fresh.bytes(),
                  utf8(beside.toJson().write())));
      digests.add(Hex.of(digest));
    }
    assertThat(digests).hasSize(2);
  }
}
