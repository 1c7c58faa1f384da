package org.trefoil.server.app;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.trefoil.server.passkey.Assertion;
import org.trefoil.server.passkey.NewCredential;

/** A real authenticator in software (ES256), and the browser before it; it can be made to err. */
final class TestPasskey {
  private static final int PRESENT = 0x01;
  private static final int VERIFIED = 0x04;
  private static final int ATTESTED = 0x40;

  private final String origin;
  private final KeyPair keys;
  private final byte[] id = new byte[32];
  private int count;

  /** Whether it asks its person for a finger or a PIN. */
  boolean verifies = true;

  TestPasskey(String origin) {
    this.origin = origin;
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      keys = generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
    new SecureRandom().nextBytes(id);
  }

  /** From now on its count is that. */
  void countsFrom(int count) {
    this.count = count;
  }

  NewCredential make(byte[] challenge, String site) {
    ByteArrayOutputStream data = data(site, ATTESTED);
    data.writeBytes(new byte[16]);
    data.write(0);
    data.write(id.length);
    data.writeBytes(id);
    data.writeBytes(cose());
    return new NewCredential(
        clientData("webauthn.create", challenge),
        attestation(data.toByteArray()),
        List.of("internal", "made-up"));
  }

  Assertion answer(byte[] challenge, String site) {
    byte[] data = data(site, 0).toByteArray();
    byte[] client = clientData("webauthn.get", challenge);
    try {
      Signature signature = Signature.getInstance("SHA256withECDSA");
      signature.initSign(keys.getPrivate());
      signature.update(data);
      signature.update(sha256(client));
      return new Assertion(id, client, data, signature.sign());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private ByteArrayOutputStream data(String site, int more) {
    ByteArrayOutputStream data = new ByteArrayOutputStream();
    data.writeBytes(sha256(site.getBytes(StandardCharsets.US_ASCII)));
    data.write(PRESENT | (verifies ? VERIFIED : 0) | more);
    data.writeBytes(ByteBuffer.allocate(4).putInt(++count).array());
    return data;
  }

  private byte[] clientData(String type, byte[] challenge) {
    String asked = Base64.getUrlEncoder().withoutPadding().encodeToString(challenge);
    return ("{\"type\":\""
            + type
            + "\",\"challenge\":\""
            + asked
            + "\",\"origin\":\""
            + origin
            + "\",\"crossOrigin\":false}")
        .getBytes(StandardCharsets.US_ASCII);
  }

  /** The key as CBOR: kty EC2, alg ES256, crv P-256, x, y. */
  private byte[] cose() {
    ECPublicKey key = (ECPublicKey) keys.getPublic();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(new byte[] {(byte) 0xa5, 1, 2, 3, 0x26, 0x20, 1});
    for (int name : new int[] {0x21, 0x22}) {
      byte[] number =
          (name == 0x21 ? key.getW().getAffineX() : key.getW().getAffineY()).toByteArray();
      byte[] whole = new byte[32];
      int length = Math.min(32, number.length);
      System.arraycopy(number, number.length - length, whole, 32 - length, length);
      out.write(name);
      out.write(0x58);
      out.write(32);
      out.writeBytes(whole);
    }
    return out.toByteArray();
  }

  /** CBOR of {fmt: "none", attStmt: {}, authData: …}. */
  private static byte[] attestation(byte[] data) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(0xa3);
    text(out, "fmt");
    text(out, "none");
    text(out, "attStmt");
    out.write(0xa0);
    text(out, "authData");
    out.write(0x58);
    out.write(data.length);
    out.writeBytes(data);
    return out.toByteArray();
  }

  private static void text(ByteArrayOutputStream out, String text) {
    out.write(0x60 + text.length());
    out.writeBytes(text.getBytes(StandardCharsets.US_ASCII));
  }

  private static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The same assertion with one bit of one of its parts turned. */
  static List<Assertion> bent(Assertion good) {
    return List.of(
        new Assertion(
            good.credentialId(),
            turned(good.clientData(), 90),
            good.authenticatorData(),
            good.signature()),
        new Assertion(
            good.credentialId(),
            good.clientData(),
            turned(good.authenticatorData(), 36),
            good.signature()),
        new Assertion(
            good.credentialId(),
            good.clientData(),
            good.authenticatorData(),
            turned(good.signature(), 40)));
  }

  private static byte[] turned(byte[] bytes, int at) {
    byte[] other = Arrays.copyOf(bytes, bytes.length);
    other[at] ^= 1;
    return other;
  }
}
