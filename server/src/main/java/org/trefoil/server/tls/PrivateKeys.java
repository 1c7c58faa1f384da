package org.trefoil.server.tls;

import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/** Private keys in PEM: PKCS#8, or the older forms of their own of RSA (PKCS#1) and EC (SEC 1). */
final class PrivateKeys {
  private static final Set<String> BARE = Set.of("RSA PRIVATE KEY", "EC PRIVATE KEY");
  private static final int SEQUENCE = 0x30;
  private static final int OCTETS = 0x04;
  private static final byte[] VERSION_0 = {0x02, 0x01, 0x00};
  private static final byte[] PROBE = {'t', 'r', 'e', 'f', 'o', 'i', 'l'};

  private PrivateKeys() {}

  /** The one private key of a PEM file that belongs to this public key. */
  static PrivateKey read(Path file, byte[] pem, PublicKey beside) {
    PrivateKey found = null;
    for (Pem.Block block : blocks(file, pem)) {
      try {
        if (!block.label.endsWith("PRIVATE KEY")) {
          continue;
        }
        if (found != null) {
          throw unreadable(file, "holds more than one private key");
        }
        found = key(file, block, beside);
      } finally {
        Arrays.fill(block.der, (byte) 0);
      }
    }
    if (found == null) {
      throw unreadable(file, "holds no private key (-----BEGIN PRIVATE KEY-----)");
    }
    check(file, found, beside);
    return found;
  }

  private static List<Pem.Block> blocks(Path file, byte[] pem) {
    try {
      return Pem.blocks(pem);
    } catch (IllegalArgumentException e) {
      throw unreadable(file, "is cut off or damaged");
    }
  }

  private static PrivateKey key(Path file, Pem.Block block, PublicKey beside) {
    if (block.label.equals("ENCRYPTED PRIVATE KEY")) {
      throw unreadable(
          file,
          "is encrypted: put key and certificate into a PKCS#12 and name it by --tls-keystore,"
              + " with --tls-password-file");
    }
    byte[] pkcs8 = BARE.contains(block.label) ? wrap(block.der, beside) : block.der.clone();
    try {
      return KeyFactory.getInstance(beside.getAlgorithm())
          .generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
    } catch (GeneralSecurityException e) {
      throw unfit(file);
    } finally {
      Arrays.fill(pkcs8, (byte) 0);
    }
  }

  /** Whether what the one signs the other verifies. */
  static void check(Path file, PrivateKey key, PublicKey beside) {
    String algorithm = beside.getAlgorithm().equals("RSA") ? "SHA256withRSA" : "SHA256withECDSA";
    try {
      Signature signing = Signature.getInstance(algorithm);
      signing.initSign(key);
      signing.update(PROBE);
      Signature verifying = Signature.getInstance(algorithm);
      verifying.initVerify(beside);
      verifying.update(PROBE);
      if (verifying.verify(signing.sign())) {
        return;
      }
    } catch (GeneralSecurityException e) {
      throw unfit(file);
    }
    throw unfit(file);
  }

  /**
   * As PKCS#8 (RFC 5208): version, algorithm, key. The algorithm, with the curve that it names, is
   * what the certificate's public key begins with.
   */
  private static byte[] wrap(byte[] bare, PublicKey beside) {
    byte[] spki = beside.getEncoded();
    int from = header(spki, 0);
    int to = header(spki, from) + length(spki, from);
    byte[] algorithm = Arrays.copyOfRange(spki, from, to);
    byte[] key = tagged(OCTETS, bare);
    byte[] content = new byte[VERSION_0.length + algorithm.length + key.length];
    System.arraycopy(VERSION_0, 0, content, 0, VERSION_0.length);
    System.arraycopy(algorithm, 0, content, VERSION_0.length, algorithm.length);
    System.arraycopy(key, 0, content, VERSION_0.length + algorithm.length, key.length);
    byte[] out = tagged(SEQUENCE, content);
    Arrays.fill(key, (byte) 0);
    Arrays.fill(content, (byte) 0);
    return out;
  }

  /** Where the content of the element at this place begins. */
  private static int header(byte[] der, int at) {
    int first = der[at + 1] & 0xff;
    return at + 2 + (first < 0x80 ? 0 : first & 0x7f);
  }

  private static int length(byte[] der, int at) {
    int first = der[at + 1] & 0xff;
    int length = first < 0x80 ? first : 0;
    for (int i = 0; first >= 0x80 && i < (first & 0x7f); i++) {
      length = length << 8 | der[at + 2 + i] & 0xff;
    }
    return length;
  }

  private static byte[] tagged(int tag, byte[] content) {
    int length = content.length;
    int more = length < 0x80 ? 0 : length < 0x100 ? 1 : 2;
    byte[] out = new byte[2 + more + length];
    out[0] = (byte) tag;
    out[1] = (byte) (more == 0 ? length : 0x80 | more);
    for (int i = 0; i < more; i++) {
      out[2 + i] = (byte) (length >> 8 * (more - 1 - i));
    }
    System.arraycopy(content, 0, out, 2 + more, length);
    return out;
  }

  private static TlsRefused unreadable(Path file, String why) {
    return new TlsRefused("tls-unreadable", "The key file " + file + " " + why + ".");
  }

  private static TlsRefused unfit(Path file) {
    return new TlsRefused(
        "tls-key-unfit", "The private key in " + file + " does not belong to the certificate.");
  }
}
