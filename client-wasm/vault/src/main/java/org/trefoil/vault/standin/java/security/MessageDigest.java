package org.trefoil.vault.standin.java.security;

import java.security.NoSuchAlgorithmException;
import org.bouncycastle.crypto.Digest;
import org.bouncycastle.crypto.digests.SHA1Digest;
import org.bouncycastle.crypto.digests.SHA256Digest;

/** {@code java.security.MessageDigest} over Bouncy Castle: the two digests that bitcoinj names. */
public final class MessageDigest {
  private final Digest digest;

  private MessageDigest(Digest digest) {
    this.digest = digest;
  }

  public static MessageDigest getInstance(String algorithm) throws NoSuchAlgorithmException {
    return switch (algorithm) {
      case "SHA-1" -> new MessageDigest(new SHA1Digest());
      case "SHA-256" -> new MessageDigest(new SHA256Digest());
      default -> throw new NoSuchAlgorithmException(algorithm);
    };
  }

  public void update(byte[] input) {
    digest.update(input, 0, input.length);
  }

  public void update(byte[] input, int offset, int length) {
    digest.update(input, offset, length);
  }

  public void update(byte input) {
    digest.update(input);
  }

  public byte[] digest() {
    byte[] out = new byte[digest.getDigestSize()];
    digest.doFinal(out, 0);
    return out;
  }

  public byte[] digest(byte[] input) {
    update(input);
    return digest();
  }

  /** Constant in time for arrays of equal length. */
  public static boolean isEqual(byte[] a, byte[] b) {
    if (a.length != b.length) {
      return false;
    }
    int difference = 0;
    for (int i = 0; i < a.length; i++) {
      difference |= a[i] ^ b[i];
    }
    return difference == 0;
  }
}
