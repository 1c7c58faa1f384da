package org.trefoil.server.keyfile;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.generators.HKDFBytesGenerator;
import org.bouncycastle.crypto.params.HKDFParameters;
import org.jspecify.annotations.Nullable;

/**
 * What a key file holds.
 *
 * <p>At first 32 random bytes, from which everything is derived. Once rotated, lines of text: the
 * key that seals now, while a rotation is under way the one before, and the peppers. Hashes cannot
 * be made anew without what was hashed, so peppers stay as they are; of the first key only those
 * are kept, from which nothing leads back to it.
 */
final class KeyRing implements AutoCloseable {
  static final int SIZE = 32;

  private static final String HEAD = "trefoil-key-file 2";
  private static final String CURRENT = "current";
  private static final String PREVIOUS = "previous";
  private static final String ROOT = "pepper-root";
  private static final String PEPPER = "pepper ";

  /**
   * The purposes of peppers that a first key may have been used for: all that there are. One that
   * is missing here changes with the first rotation, and what was hashed or sealed by it is lost.
   */
  static final List<String> FIRST_PEPPERS =
      List.of(
          "audit-signature",
          "cancel-link",
          "member",
          "passkey-row",
          "passkey-ticket",
          "policy-cancel",
          "policy-head",
          "prelogin-salt",
          "recovery-code",
          "release",
          "send-confirmed",
          "sign-in-proof",
          "sign-up-code",
          "sign-up-mailbox",
          "signer-journal");

  private final byte[] current;
  private final byte @Nullable [] previous;
  private final byte[] pepperRoot;
  private final Map<String, byte[]> peppers;

  private KeyRing(
      byte[] current, byte @Nullable [] previous, byte[] root, Map<String, byte[]> peppers) {
    this.current = current;
    this.previous = previous;
    this.pepperRoot = root;
    this.peppers = peppers;
  }

  /** A key that was never rotated; takes the bytes over. */
  static KeyRing first(byte[] key) {
    return new KeyRing(key, null, key, Map.of());
  }

  /** Reads a file's bytes; null when they are no key file. */
  static @Nullable KeyRing parse(byte[] file) {
    if (file.length == SIZE) {
      return isZero(file) ? null : first(file);
    }
    String[] lines = new String(file, StandardCharsets.US_ASCII).split("\n");
    if (!lines[0].equals(HEAD)) {
      return null;
    }
    Map<String, byte[]> keys = new TreeMap<>();
    for (String line : List.of(lines).subList(1, lines.length)) {
      int space = line.lastIndexOf(' ');
      String hex = line.substring(space + 1);
      if (space < 1 || !hex.matches("[0-9a-f]{64}")) {
        return null;
      }
      keys.put(line.substring(0, space), HexFormat.of().parseHex(hex));
    }
    byte[] current = keys.remove(CURRENT);
    byte[] previous = keys.remove(PREVIOUS);
    byte[] root = keys.remove(ROOT);
    Map<String, byte[]> peppers = new TreeMap<>();
    keys.forEach((name, key) -> peppers.put(name.replaceFirst("^" + PEPPER, ""), key));
    if (current == null || root == null || isZero(current) || isZero(root)) {
      return null;
    }
    return new KeyRing(current, previous, root, peppers);
  }

  /** As it stands in the file; the caller wipes it. */
  byte[] bytes() {
    if (pepperRoot == current) {
      return current.clone();
    }
    StringBuilder text = new StringBuilder(HEAD).append('\n');
    line(text, CURRENT, current);
    if (previous != null) {
      line(text, PREVIOUS, previous);
    }
    line(text, ROOT, pepperRoot);
    peppers.forEach((purpose, key) -> line(text, PEPPER + purpose, key));
    byte[] bytes = text.toString().getBytes(StandardCharsets.US_ASCII);
    text.replace(0, text.length(), "");
    return bytes;
  }

  private static void line(StringBuilder text, String name, byte[] key) {
    text.append(name).append(' ').append(HexFormat.of().formatHex(key)).append('\n');
  }

  /** The ring with a new key, and this one's as the previous. */
  KeyRing rotated(SecureRandom random) {
    boolean first = pepperRoot == current;
    Map<String, byte[]> kept = new TreeMap<>();
    if (first) {
      FIRST_PEPPERS.forEach(purpose -> kept.put(purpose, pepper(purpose)));
    } else {
      kept.putAll(copied());
    }
    byte[] root = first ? fresh(random) : pepperRoot.clone();
    return new KeyRing(fresh(random), current.clone(), root, kept);
  }

  /** The ring without the previous key. */
  KeyRing finished() {
    return new KeyRing(current.clone(), null, pepperRoot.clone(), copied());
  }

  /** Keys of its own: whoever closes one ring leaves the other's. */
  private Map<String, byte[]> copied() {
    Map<String, byte[]> copied = new TreeMap<>();
    peppers.forEach((purpose, key) -> copied.put(purpose, key.clone()));
    return copied;
  }

  private static byte[] fresh(SecureRandom random) {
    byte[] fresh = new byte[SIZE];
    random.nextBytes(fresh);
    return fresh;
  }

  boolean rotating() {
    return previous != null;
  }

  byte[] derive(String label) {
    return derive(current, label);
  }

  /** The same of the previous key; null when there is none. */
  byte @Nullable [] derivePrevious(String label) {
    return previous == null ? null : derive(previous, label);
  }

  /** The key of a pepper: what it was before any rotation. */
  byte[] pepper(String purpose) {
    byte[] kept = peppers.get(purpose);
    return kept == null ? derive(pepperRoot, "trefoil/pepper/1/" + purpose) : kept.clone();
  }

  private static byte[] derive(byte[] key, String label) {
    HKDFBytesGenerator hkdf = new HKDFBytesGenerator(SHA256Digest.newInstance());
    hkdf.init(new HKDFParameters(key, null, label.getBytes(StandardCharsets.UTF_8)));
    byte[] out = new byte[SIZE];
    hkdf.generateBytes(out, 0, out.length);
    return out;
  }

  @Override
  public void close() {
    Arrays.fill(current, (byte) 0);
    Arrays.fill(pepperRoot, (byte) 0);
    if (previous != null) {
      Arrays.fill(previous, (byte) 0);
    }
    peppers.values().forEach(key -> Arrays.fill(key, (byte) 0));
  }

  @Override
  public String toString() {
    return "KeyRing[redacted]";
  }

  private static boolean isZero(byte[] bytes) {
    int all = 0;
    for (byte b : bytes) {
      all |= b;
    }
    return all == 0;
  }
}
