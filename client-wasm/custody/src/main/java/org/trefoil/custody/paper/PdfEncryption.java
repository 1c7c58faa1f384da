package org.trefoil.custody.paper;

import java.util.Arrays;
import org.bouncycastle.crypto.Digest;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.digests.SHA384Digest;
import org.bouncycastle.crypto.digests.SHA512Digest;
import org.bouncycastle.crypto.engines.AESEngine;
import org.bouncycastle.crypto.params.KeyParameter;
import org.jspecify.annotations.Nullable;
import org.trefoil.core.Refusal;
import org.trefoil.core.Token;
import org.trefoil.custody.entropy.Entropy;

/**
 * The standard security handler of PDF 2.0: AES-256, version 5, revision 6 (ISO 32000-2, 7.6.4).
 *
 * <p>Guarantees that strings and streams are ciphertext under a random file key that only the
 * password unwraps. Does not stretch the password as Argon2id does (about 2^7 rounds of SHA-2 and
 * AES), does not authenticate, and leaves sizes and the file's structure visible. The owner
 * password that the format wants is random and forgotten.
 *
 * <p>Passwords are printable ASCII: the standard wants SASLprep, which is the identity there, and
 * needs Unicode tables that the vault does not carry.
 */
final class PdfEncryption implements AutoCloseable {
  private static final int MAX_PASSWORD = 127;
  private static final int PERMIT_ALL = -4;
  private static final byte[] NO_IV = new byte[16];

  private final Entropy entropy;
  private final byte[] fileKey;
  private final byte[] user;
  private final byte[] userKey;
  private final byte[] owner;
  private final byte[] ownerKey;
  private final byte[] permissions;

  /** Draws the file key, salts and owner password, and wraps the key under both passwords. */
  PdfEncryption(char[] password, Entropy entropy) {
    byte[] userPassword = passwordBytes(password);
    byte[] ownerPassword = entropy.bytes(16);
    this.entropy = entropy;
    fileKey = entropy.bytes(32);
    byte[] salts = entropy.bytes(32);
    byte[] none = new byte[0];
    user = verifier(userPassword, part(salts, 0), part(salts, 8), none);
    userKey = wrap(hash(userPassword, part(salts, 8), none));
    owner = verifier(ownerPassword, part(salts, 16), part(salts, 24), user);
    ownerKey = wrap(hash(ownerPassword, part(salts, 24), user));
    permissions = sealPermissions();
    Arrays.fill(userPassword, (byte) 0);
    Arrays.fill(ownerPassword, (byte) 0);
  }

  /**
   * The file key of a file of ours, 32 bytes, the caller's to wipe. Refuses {@code
   * pdf-password-wrong}, and passwords that no file of ours has.
   *
   * @param user the dictionary's U: 48 bytes
   * @param userKey its UE: 32 bytes
   */
  static byte[] fileKey(char[] password, byte[] user, byte[] userKey) {
    byte[] typed = passwordBytes(password);
    byte[] none = new byte[0];
    try {
      byte[] hash = hash(typed, part(user, 32), none);
      if (!Arrays.equals(hash, Arrays.copyOf(user, 32))) {
        throw Refusal.of(Token.PDF_PASSWORD_WRONG).exception();
      }
      byte[] key = hash(typed, part(user, 40), none);
      byte[] fileKey = uncbc(key, NO_IV, userKey);
      Arrays.fill(key, (byte) 0);
      return fileKey;
    } finally {
      Arrays.fill(typed, (byte) 0);
    }
  }

  /** What {@link #encrypt} made one string or stream of; null for anything else. */
  static byte @Nullable [] decrypt(byte[] fileKey, byte[] stored) {
    if (stored.length < 32 || stored.length % 16 != 0) {
      return null;
    }
    byte[] iv = Arrays.copyOf(stored, 16);
    byte[] padded = uncbc(fileKey, iv, Arrays.copyOfRange(stored, 16, stored.length));
    int pad = padded[padded.length - 1];
    if (pad < 1 || pad > 16) {
      return null;
    }
    byte[] plain = Arrays.copyOf(padded, padded.length - pad);
    Arrays.fill(padded, (byte) 0);
    return plain;
  }

  /** The password as the standard's UTF-8 bytes; refuses what it would have to prepare first. */
  private static byte[] passwordBytes(char[] password) {
    if (password.length == 0 || password.length > MAX_PASSWORD) {
      throw Refusal.of(Token.PDF_PASSWORD_LENGTH).exception();
    }
    byte[] out = new byte[password.length];
    for (int i = 0; i < password.length; i++) {
      if (password[i] < 0x20 || password[i] > 0x7E) {
        Arrays.fill(out, (byte) 0);
        throw Refusal.of(Token.PDF_PASSWORD_CHARACTER).exception();
      }
      out[i] = (byte) password[i];
    }
    return out;
  }

  /** The encryption dictionary; its own strings are never encrypted. */
  byte[] dictionary() {
    PdfBytes out = new PdfBytes();
    out.put("<< /Filter /Standard /V 5 /R 6 /Length 256 /P " + PERMIT_ALL);
    out.put(" /EncryptMetadata true /StmF /StdCF /StrF /StdCF");
    out.put(
        " /CF << /StdCF << /Type /CryptFilter /CFM /AESV3 /AuthEvent /DocOpen /Length 32 >> >>");
    out.put("\n/O ").hex(owner).put("\n/U ").hex(user).put("\n/OE ").hex(ownerKey);
    out.put("\n/UE ").hex(userKey).put("\n/Perms ").hex(permissions).put(" >>");
    return out.toByteArray();
  }

  /** One string or stream, as initialization vector and AES-256-CBC with PKCS #7 padding. */
  byte[] encrypt(byte[] plain) {
    int pad = 16 - plain.length % 16;
    byte[] padded = Arrays.copyOf(plain, plain.length + pad);
    Arrays.fill(padded, plain.length, padded.length, (byte) pad);
    byte[] iv = entropy.bytes(16);
    byte[] sealed = cbc(fileKey, iv, padded);
    Arrays.fill(padded, (byte) 0);
    return concat(iv, sealed);
  }

  private static byte[] verifier(byte[] password, byte[] salt, byte[] keySalt, byte[] userEntry) {
    return concat(hash(password, salt, userEntry), concat(salt, keySalt));
  }

  private byte[] wrap(byte[] key) {
    byte[] wrapped = cbc(key, NO_IV, fileKey);
    Arrays.fill(key, (byte) 0);
    return wrapped;
  }

  private byte[] sealPermissions() {
    byte[] block = new byte[16];
    for (int i = 0; i < 8; i++) {
      block[i] = (byte) (i < 4 ? PERMIT_ALL >> (8 * i) : -1);
    }
    block[8] = 'T';
    block[9] = 'a';
    block[10] = 'd';
    block[11] = 'b';
    System.arraycopy(entropy.bytes(4), 0, block, 12, 4);
    return cbc(fileKey, NO_IV, block);
  }

  /**
   * Algorithm 2.B: rounds of AES-128-CBC over 64 repetitions and a SHA-2 chosen by the ciphertext,
   * at least 64 and until the last byte of the ciphertext allows to stop.
   */
  static byte[] hash(byte[] password, byte[] salt, byte[] userEntry) {
    byte[] key = digest(new SHA256Digest(), password, salt, userEntry);
    for (int round = 0; ; round++) {
      byte[] once = concat(concat(password, key), userEntry);
      byte[] repeated = new byte[once.length * 64];
      for (int i = 0; i < 64; i++) {
        System.arraycopy(once, 0, repeated, i * once.length, once.length);
      }
      byte[] sealed = cbc(Arrays.copyOf(key, 16), Arrays.copyOfRange(key, 16, 32), repeated);
      Arrays.fill(once, (byte) 0);
      Arrays.fill(repeated, (byte) 0);
      key = digest(choose(sealed), sealed);
      if (round >= 63 && (sealed[sealed.length - 1] & 0xFF) <= round - 31) {
        return Arrays.copyOf(key, 32);
      }
    }
  }

  /** The first 16 bytes as a number modulo 3, which is their sum modulo 3 as 256 leaves 1. */
  private static Digest choose(byte[] sealed) {
    int sum = 0;
    for (int i = 0; i < 16; i++) {
      sum += sealed[i] & 0xFF;
    }
    return switch (sum % 3) {
      case 0 -> new SHA256Digest();
      case 1 -> new SHA384Digest();
      default -> new SHA512Digest();
    };
  }

  private static byte[] digest(Digest digest, byte[]... parts) {
    for (byte[] part : parts) {
      digest.update(part, 0, part.length);
    }
    byte[] out = new byte[digest.getDigestSize()];
    digest.doFinal(out, 0);
    return out;
  }

  /** AES in cipher block chaining, without padding. */
  private static byte[] cbc(byte[] key, byte[] iv, byte[] plain) {
    var engine = AESEngine.newInstance();
    engine.init(true, new KeyParameter(key));
    byte[] out = new byte[plain.length];
    byte[] block = iv.clone();
    for (int at = 0; at < plain.length; at += 16) {
      for (int i = 0; i < 16; i++) {
        block[i] ^= plain[at + i];
      }
      engine.processBlock(block, 0, out, at);
      System.arraycopy(out, at, block, 0, 16);
    }
    return out;
  }

  /** The reverse of {@link #cbc}. */
  private static byte[] uncbc(byte[] key, byte[] iv, byte[] sealed) {
    var engine = AESEngine.newInstance();
    engine.init(false, new KeyParameter(key));
    byte[] out = new byte[sealed.length];
    for (int at = 0; at < sealed.length; at += 16) {
      engine.processBlock(sealed, at, out, at);
      for (int i = 0; i < 16; i++) {
        out[at + i] ^= at == 0 ? iv[i] : sealed[at - 16 + i];
      }
    }
    return out;
  }

  private static byte[] part(byte[] salts, int from) {
    return Arrays.copyOfRange(salts, from, from + 8);
  }

  private static byte[] concat(byte[] first, byte[] second) {
    byte[] out = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, out, first.length, second.length);
    return out;
  }

  @Override
  public void close() {
    Arrays.fill(fileKey, (byte) 0);
  }

  @Override
  public String toString() {
    return "PdfEncryption[redacted]";
  }
}
