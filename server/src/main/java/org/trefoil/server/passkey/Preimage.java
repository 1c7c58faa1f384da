package org.trefoil.server.passkey;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * What challenges are made of.
 *
 * <p>For a send, 112 bytes:
 *
 * <pre>
 *  16  "trefoil/factor/1"
 *  16  wallet, its 32 hex digits as bytes
 *  32  digest of the transaction with all input amounts ({@code CheckedSpend.digest})
 *   8  version of the wallet's policies, big-endian; 0 where none was ever signed
 *  32  nonce, random bytes of the server
 *   8  expiry, epoch seconds, big-endian
 * </pre>
 *
 * <p>The passkey signs the SHA-256 of it, so that what it signed fits this one transaction of this
 * one wallet under these policies, until then.
 */
public final class Preimage {
  static final int NONCE = 32;

  private static final int LENGTH = 112;

  private static final byte[] SEND = "trefoil/factor/1".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] OTHER = "trefoil/asked/1".getBytes(StandardCharsets.US_ASCII);

  private Preimage() {}

  /**
   * Of a send.
   *
   * @param digest 32 bytes
   * @param nonce 32 bytes
   * @param expires epoch seconds
   */
  public static byte[] ofSend(
      String walletId, byte[] digest, long policyVersion, byte[] nonce, long expires) {
    byte[] wallet = HexFormat.of().parseHex(walletId);
    if (wallet.length != 16 || digest.length != 32 || nonce.length != NONCE) {
      throw new IllegalArgumentException("not of the lengths that were agreed on");
    }
    return ByteBuffer.allocate(LENGTH)
        .put(SEND)
        .put(wallet)
        .put(digest)
        .putLong(policyVersion)
        .put(nonce)
        .putLong(expires)
        .array();
  }

  /**
   * Whether a preimage is of this send: all that the other arguments say, with whatever nonce it
   * has.
   */
  public static boolean isOfSend(
      byte[] preimage, String walletId, byte[] digest, long policyVersion, long expires) {
    if (preimage.length != LENGTH) {
      return false;
    }
    byte[] nonce = nonce(preimage);
    byte[] expected = ofSend(walletId, digest, policyVersion, nonce, expires);
    return MessageDigest.isEqual(expected, preimage);
  }

  /** The version of the policies that a preimage of a send names; 0 when it is none. */
  public static long policyVersion(byte[] preimage) {
    return preimage.length == LENGTH ? ByteBuffer.wrap(preimage).getLong(64) : 0;
  }

  /** The nonce of a preimage of a send. */
  static byte[] nonce(byte[] preimage) {
    return Arrays.copyOfRange(preimage, 72, 72 + NONCE);
  }

  /** When the question ended that a preimage of a send is of, epoch seconds; 0 when it is none. */
  public static long end(byte[] preimage) {
    return preimage.length == LENGTH ? ByteBuffer.wrap(preimage).getLong(104) : 0;
  }

  /** Of everything else: for what, and random bytes. */
  static byte[] of(Question.Purpose purpose, byte[] nonce) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(OTHER);
    out.write(0);
    out.writeBytes(purpose.name().getBytes(StandardCharsets.US_ASCII));
    out.write(0);
    out.writeBytes(nonce);
    return out.toByteArray();
  }

  /** What the passkey signs of it. */
  public static byte[] challenge(byte[] preimage) {
    return Sha256.of(preimage);
  }
}
