package org.trefoil.csp.release;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import org.trefoil.csp.LauncherPage;
import org.trefoil.csp.Sha384;

/**
 * Eight words of BIP-0039 for a hash, 88 bits of it, to be read out on the telephone: those that a
 * launcher shows. The list of words is the launcher's own, whose SHA-256 is looked at: a forged
 * file cannot bring a list that makes its hashes sound like ours.
 */
public final class HashWords {
  private static final String ENGLISH =
      "2f5eed53a4727b4bf8880d8f3f199efc90e58503646d9ff8eff3a2ed3b24dbda";
  private static final int WORDS = 8;
  private static final int BITS = 11;

  private final List<String> list;

  private HashWords(List<String> list) {
    this.list = list;
  }

  /** With the list that a launcher carries; refuses a file that has none, or another one. */
  public static HashWords of(String launcher) {
    String text = LauncherPage.data(launcher, "words");
    if (!sha256(text).equals(ENGLISH)) {
      throw new IllegalArgumentException("the launcher's words are not those of BIP-0039");
    }
    return new HashWords(List.of(text.split("\n")));
  }

  /** The words for the first 88 bits. */
  public String of(Sha384 hash) {
    byte[] bytes = Base64.getDecoder().decode(hash.base64());
    List<String> words = new ArrayList<>();
    for (int word = 0; word < WORDS; word++) {
      int index = 0;
      for (int bit = word * BITS; bit < (word + 1) * BITS; bit++) {
        index = index << 1 | bytes[bit / 8] >> (7 - bit % 8) & 1;
      }
      words.add(list.get(index));
    }
    return String.join(" ", words);
  }

  /** For people: a name, the words, and the hash below them. */
  public String line(String name, Sha384 hash) {
    return name + ": " + of(hash) + "\n  " + hash.integrity();
  }

  private static String sha256(String text) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
