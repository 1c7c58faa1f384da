package org.trefoil.server.keyfile;

import java.util.Arrays;
import org.bouncycastle.math.ec.rfc8032.Ed25519;

/**
 * Signs what this server says to anybody: Ed25519 (RFC 8032) under a key of the key file, which
 * rotations leave as it is. Nothing that it signs moves a coin.
 */
public final class Signer implements AutoCloseable {
  private final byte[] seed;
  private final byte[] publicKey = new byte[Ed25519.PUBLIC_KEY_SIZE];

  public Signer(KeyFile file, String purpose) {
    this.seed = file.pepper(purpose);
    Ed25519.generatePublicKey(seed, 0, publicKey, 0);
  }

  /** 32 bytes. */
  public byte[] publicKey() {
    return publicKey.clone();
  }

  /** 64 bytes. */
  public byte[] sign(byte[] message) {
    byte[] signature = new byte[Ed25519.SIGNATURE_SIZE];
    Ed25519.sign(seed, 0, message, 0, message.length, signature, 0);
    return signature;
  }

  @Override
  public void close() {
    Arrays.fill(seed, (byte) 0);
  }

  @Override
  public String toString() {
    return "Signer[redacted]";
  }
}
