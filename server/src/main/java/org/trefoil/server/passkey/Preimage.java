package org.trefoil.server.passkey;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * What challenges are made of.
 *
 * <p>For a send, 120 bytes:
 *
 * <pre>
 *  16  "trefoil/factor/2"
 *   8  what is said, see {@link Deed}: "send" or "approve", filled up with zeros
 *  16  wallet, its 32 hex digits as bytes
 *  32  digest of the transaction with all input amounts ({@code CheckedSpend.digest})
 *   8  version of the wallet's policies, big-endian; 0 where none was ever signed
 *  32  nonce, random bytes of the server
 *   8  expiry, epoch seconds, big-endian
 * </pre>
 *
 * <p>The passkey signs the SHA-256 of it, so that what it signed fits this one transaction of this
 * one wallet under these policies, until then, and this one deed. For another passkey that is to
 * count, "passkey" stands there, with the account in the place of the wallet, the SHA-256 of the
 * new public key in that of the digest, and version 0.
 *
 * <p>What older releases asked begins with "trefoil/factor/1" and says no deed: 112 bytes. It is
 * read in proofs, and taken for nothing new.
 */
public final class Preimage {
  static final int NONCE = 32;

  private static final int WORD = 8;
  private static final int LENGTH = 120;
  private static final int OLDER = LENGTH - WORD;

  private static final byte[] FACTOR = "trefoil/factor/2".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] WITHOUT_DEED = "trefoil/factor/1".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] OTHER = "trefoil/asked/1".getBytes(StandardCharsets.US_ASCII);

  private Preimage() {}

  /** What somebody says with a passkey. */
  public enum Deed {
    /** That what he began is sent. */
    SEND("send"),
    /** Yes to what somebody else began. */
    APPROVE("approve"),
    /** That another passkey of his counts from now on. */
    PASSKEY("passkey");

    private final String word;

    Deed(String word) {
      this.word = word;
    }

    /** As files say it, and questions. */
    public String word() {
      return word;
    }

    private byte[] bytes() {
      return Arrays.copyOf(word.getBytes(StandardCharsets.US_ASCII), WORD);
    }
  }

  /**
   * Of a send, or of another passkey.
   *
   * @param deed null for one as older releases asked
   * @param subject wallet; account for another passkey
   * @param digest 32 bytes
   * @param nonce 32 bytes
   * @param expires epoch seconds
   */
  public static byte[] of(
      @Nullable Deed deed,
      String subject,
      byte[] digest,
      long policyVersion,
      byte[] nonce,
      long expires) {
    byte[] id = HexFormat.of().parseHex(subject);
    if (id.length != 16 || digest.length != 32 || nonce.length != NONCE) {
      throw new IllegalArgumentException("not of the lengths that were agreed on");
    }
    ByteBuffer all = ByteBuffer.allocate(deed == null ? OLDER : LENGTH);
    if (deed == null) {
      all.put(WITHOUT_DEED);
    } else {
      all.put(FACTOR).put(deed.bytes());
    }
    return all.put(id).put(digest).putLong(policyVersion).put(nonce).putLong(expires).array();
  }

  /**
   * Whether a preimage is of this: all that the other arguments say, with whatever nonce it has.
   */
  public static boolean is(
      byte[] preimage,
      @Nullable Deed deed,
      String subject,
      byte[] digest,
      long policyVersion,
      long expires) {
    if (!known(preimage)) {
      return false;
    }
    byte[] expected = of(deed, subject, digest, policyVersion, nonce(preimage), expires);
    return MessageDigest.isEqual(expected, preimage);
  }

  private static boolean known(byte[] preimage) {
    return preimage.length == LENGTH || preimage.length == OLDER;
  }

  /** What it says; null for none, and for one of an older release. */
  public static @Nullable Deed deed(byte[] preimage) {
    if (preimage.length != LENGTH) {
      return null;
    }
    byte[] word = Arrays.copyOfRange(preimage, FACTOR.length, FACTOR.length + WORD);
    return Arrays.stream(Deed.values())
        .filter(deed -> Arrays.equals(deed.bytes(), word))
        .findFirst()
        .orElse(null);
  }

  /** The version of the policies that it names; 0 when it is none. */
  public static long policyVersion(byte[] preimage) {
    return known(preimage) ? ByteBuffer.wrap(preimage).getLong(preimage.length - 48) : 0;
  }

  /** The nonce of one that is known. */
  static byte[] nonce(byte[] preimage) {
    int from = preimage.length - 40;
    return Arrays.copyOfRange(preimage, from, from + NONCE);
  }

  /** When the question ended that it is of, epoch seconds; 0 when it is none. */
  public static long end(byte[] preimage) {
    return known(preimage) ? ByteBuffer.wrap(preimage).getLong(preimage.length - 8) : 0;
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
