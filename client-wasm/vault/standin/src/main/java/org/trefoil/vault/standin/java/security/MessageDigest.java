package org.trefoil.vault.standin.java.security;

import java.security.NoSuchAlgorithmException;
import org.bouncycastle.crypto.Digest;
import org.bouncycastle.crypto.digests.SHA256Digest;

/** {@code java.security.MessageDigest} over Bouncy Castle: the one digest that bitcoinj names. */
public final class MessageDigest {
  private final Digest digest;

  private MessageDigest(Digest digest) {
    this.digest = digest;
  }

  public static MessageDigest getInstance(String algorithm) throws NoSuchAlgorithmException {
    if (!algorithm.equals("SHA-256")) {
      throw new NoSuchAlgorithmException(algorithm);
    }
    return new MessageDigest(new SHA256Digest());
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
