package org.trefoil.server.app;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.EdECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.bouncycastle.util.BigIntegers;
import org.trefoil.server.passkey.Assertion;
import org.trefoil.server.passkey.NewCredential;
import org.trefoil.server.passkey.Passkey;
import org.trefoil.server.passkey.Passkeys;

/**
 * A real authenticator in software, of any algorithm that we offer, and the browser before it; it
 * can be made to err.
 */
final class TestPasskey {
  private static final int PRESENT = 0x01;
  private static final int VERIFIED = 0x04;
  private static final int ATTESTED = 0x40;

  /** What a page offers, by its COSE number, as the JDK names it. */
  enum Algorithm {
    ES256(-7, "EC", "SHA256withECDSA"),
    ED25519(-8, "Ed25519", "Ed25519"),
    RS256(-257, "RSA", "SHA256withRSA");

    final int number;
    private final String kind;
    private final String signature;

    Algorithm(int number, String kind, String signature) {
      this.number = number;
      this.kind = kind;
      this.signature = signature;
    }

    private KeyPair fresh() {
      try {
        KeyPairGenerator generator = KeyPairGenerator.getInstance(kind);
        switch (this) {
          case ES256 -> generator.initialize(new ECGenParameterSpec("secp256r1"));
          case RS256 -> generator.initialize(2_048);
          case ED25519 -> {} // has one size
        }
        return generator.generateKeyPair();
      } catch (GeneralSecurityException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  private final String origin;
  private final Algorithm algorithm;
  private final KeyPair keys;
  private final byte[] id;
  private int count;

  /** Whether it asks its person for a finger or a PIN. */
  boolean verifies = true;

  TestPasskey(String origin) {
    this(origin, Algorithm.ES256);
  }

  TestPasskey(String origin, Algorithm algorithm) {
    this(origin, algorithm, algorithm.fresh(), new byte[32]);
    new SecureRandom().nextBytes(id);
  }

  private TestPasskey(String origin, Algorithm algorithm, KeyPair keys, byte[] id) {
    this.origin = origin;
    this.algorithm = algorithm;
    this.keys = keys;
    this.id = id;
  }

  /** The same, asked by another site of its host. */
  TestPasskey at(String other) {
    return new TestPasskey(other, algorithm, keys, id);
  }

  String origin() {
    return origin;
  }

  /** From now on its count is that. */
  void countsFrom(int count) {
    this.count = count;
  }

  /** Has an account of the house have it; told of by mail to all sessions but {@code token}'s. */
  Passkey addTo(TestHouse house, String accountId, String name, String token) {
    Passkeys passkeys = house.rooms.passkeys();
    Passkeys.Making making = passkeys.begin(accountId);
    return passkeys.add(accountId, name, make(making.challenge(), making.siteId()), token);
  }

  Passkey addTo(TestHouse house, String accountId) {
    return addTo(house, accountId, "Phone", "");
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
      Signature signature = Signature.getInstance(algorithm.signature);
      signature.initSign(keys.getPrivate());
      signature.update(data);
      signature.update(sha256(client));
      return new Assertion(id, client, data, signature.sign());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** SubjectPublicKeyInfo. */
  byte[] publicKey() {
    return keys.getPublic().getEncoded();
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

  private byte[] cose() {
    PublicKey key = keys.getPublic();
    if (key instanceof ECPublicKey ec) {
      return cose(ec);
    }
    return key instanceof RSAPublicKey rsa ? cose(rsa) : cose((EdECPublicKey) key);
  }

  /** The key as CBOR: kty EC2, alg ES256, crv P-256, x, y. */
  private static byte[] cose(ECPublicKey key) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(new byte[] {(byte) 0xa5, 1, 2, 3, 0x26, 0x20, 1});
    bytes(out, 0x21, BigIntegers.asUnsignedByteArray(32, key.getW().getAffineX()));
    bytes(out, 0x22, BigIntegers.asUnsignedByteArray(32, key.getW().getAffineY()));
    return out.toByteArray();
  }

  /** kty OKP, alg EdDSA, crv Ed25519, x: little-endian y with the sign of x in its last bit. */
  private static byte[] cose(EdECPublicKey key) {
    byte[] x = BigIntegers.asUnsignedByteArray(32, key.getPoint().getY());
    if (key.getPoint().isXOdd()) {
      x[0] |= (byte) 0x80;
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(new byte[] {(byte) 0xa4, 1, 1, 3, 0x27, 0x20, 6});
    bytes(out, 0x21, org.bouncycastle.util.Arrays.reverse(x));
    return out.toByteArray();
  }

  /** kty RSA, alg RS256, n, e. */
  private static byte[] cose(RSAPublicKey key) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(new byte[] {(byte) 0xa4, 1, 3, 3, 0x39, 0x01, 0x00});
    bytes(out, 0x20, BigIntegers.asUnsignedByteArray(key.getModulus()));
    bytes(out, 0x21, BigIntegers.asUnsignedByteArray(key.getPublicExponent()));
    return out.toByteArray();
  }

  private static void bytes(ByteArrayOutputStream out, int name, byte[] value) {
    out.write(name);
    bytes(out, value);
  }

  /** A byte string, with its length in two bytes where one does not hold it. */
  private static void bytes(ByteArrayOutputStream out, byte[] value) {
    if (value.length < 0x100) {
      out.write(0x58);
    } else {
      out.write(0x59);
      out.write(value.length >> 8);
    }
    out.write(value.length);
    out.writeBytes(value);
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
    bytes(out, data);
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
