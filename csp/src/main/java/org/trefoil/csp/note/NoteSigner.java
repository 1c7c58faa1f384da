package org.trefoil.csp.note;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;

/**
 * A named Ed25519 key that signs notes. Kept offline: no server needs it.
 *
 * <p>Its file has two lines: the secret key in C2SP's form, {@code PRIVATE+KEY+name+id+base64(0x01
 * and 32 bytes)}, and the verifier key.
 */
public final class NoteSigner {
  private static final String SECRET = "PRIVATE+KEY+";

  /** What DER puts before the 32 bytes of a private key, RFC 8410. */
  private static final byte[] DER = HexFormat.of().parseHex("302e020100300506032b657004220420");

  private final NoteKey key;
  private final PrivateKey secret;

  private NoteSigner(NoteKey key, PrivateKey secret) {
    this.key = key;
    this.secret = secret;
    byte[] probe = key.text().getBytes(StandardCharsets.UTF_8);
    if (!key.verifies(probe, sign(probe))) {
      throw new IllegalArgumentException("the secret key is not that of " + key.name());
    }
  }

  /** A new key from the JDK's strong random numbers. */
  public static NoteSigner make(String name) {
    try {
      KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
      return new NoteSigner(NoteKey.of(name, pair.getPublic()), pair.getPrivate());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK since 15 has Ed25519", e);
    }
  }

  /** Reads the two lines of a key file; never says what was in them. */
  public static NoteSigner parse(String file) {
    String[] lines = file.strip().split("\\R");
    if (lines.length != 2 || !lines[0].startsWith(SECRET)) {
      throw new IllegalArgumentException("not the file of a signing key");
    }
    NoteKey key = NoteKey.parse(lines[1]);
    try {
      byte[] bytes =
          Base64.getDecoder()
              .decode(lines[0].substring(lines[0].lastIndexOf('+', length(key)) + 1));
      byte[] seed = Arrays.copyOfRange(bytes, 1, bytes.length);
      PrivateKey secret =
          KeyFactory.getInstance("Ed25519")
              .generatePrivate(new PKCS8EncodedKeySpec(NoteKey.join(DER, seed)));
      return new NoteSigner(key, secret);
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      throw new IllegalArgumentException("the secret key of " + key.name() + " is damaged");
    }
  }

  /** Where the last plus before the secret stands at most: base64 has plus signs of its own. */
  private static int length(NoteKey key) {
    return SECRET.length() + key.name().length() + 1 + 2 * NoteKey.ID_BYTES;
  }

  /** The two lines of its file. Secret. */
  public String file() {
    byte[] der = secret.getEncoded();
    byte[] seed = Arrays.copyOfRange(der, der.length - NoteKey.KEY_BYTES, der.length);
    byte[] typed = NoteKey.join(new byte[] {NoteKey.ED25519}, seed);
    return SECRET
        + key.name()
        + "+"
        + HexFormat.of().formatHex(key.id())
        + "+"
        + Base64.getEncoder().encodeToString(typed)
        + "\n"
        + key.text()
        + "\n";
  }

  /** The public half. */
  public NoteKey key() {
    return key;
  }

  /**
   * The 64 bytes of its signature.
   *
   * @param message in a form of its own, which nothing else that this key signs can have
   */
  public byte[] sign(byte[] message) {
    try {
      Signature signature = Signature.getInstance("Ed25519");
      signature.initSign(secret);
      signature.update(message);
      return signature.sign();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the key of " + key.name() + " cannot sign", e);
    }
  }

  @Override
  public String toString() {
    return "signing key of " + key.name();
  }
}
