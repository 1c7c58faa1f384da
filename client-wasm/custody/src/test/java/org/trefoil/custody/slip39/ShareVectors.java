package org.trefoil.custody.slip39;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.trefoil.core.keys.Hashes;
import org.trefoil.core.units.Hex;
import org.trefoil.core.units.Splitter;
import org.trefoil.core.vectors.Outcome;
import org.trefoil.custody.entropy.TestEntropy;
import org.trefoil.custody.secret.SecretBytes;

/** SLIP-0039's own vectors, and splits of ours that must come out alike everywhere. */
public final class ShareVectors {
  private static final byte[] PASSPHRASE = "TREZOR".getBytes(StandardCharsets.US_ASCII);

  private ShareVectors() {}

  public static Outcome slip39(String text) {
    Outcome run = new Outcome("SLIP-0039");
    for (String[] vector : Outcome.columns(text, 3)) {
      List<String> parts = Splitter.split(vector[2], ";");
      char[][] shares = new char[parts.size()][];
      for (int i = 0; i < shares.length; i++) {
        shares[i] = parts.get(i).toCharArray();
      }
      if (vector[1].equals("-")) {
        run.refused(vector[0], () -> Rejoining.secret(shares, PASSPHRASE).close());
      } else {
        try (SecretBytes secret = Rejoining.secret(shares, PASSPHRASE)) {
          run.same(vector[0], vector[1], Hex.of(secret.exposed()));
        }
        for (int i = 0; i < shares.length; i++) {
          run.same(vector[0] + " words", parts.get(i), joined(Share.parse(shares[i], 1).words()));
        }
      }
    }
    return run;
  }

  public static Outcome splits(String text) {
    Outcome run = new Outcome("SLIP-0039, seeded splits");
    for (String line : Splitter.split(text.trim(), "\n")) {
      run.same("split", line, split(Splitter.split(line, " ")));
    }
    return run;
  }

  /** The line again, as this machine splits: name, threshold, count, secret, digest. */
  static String split(List<String> line) {
    byte[] secret = Hex.parse(line.get(3));
    int threshold = Integer.parseInt(line.get(1));
    int count = Integer.parseInt(line.get(2));
    StringBuilder words = new StringBuilder();
    try (ShareSet set =
        ShareSet.of(secret, threshold, count, TestEntropy.named("split " + line.get(0)))) {
      char[][] enough = new char[threshold][];
      for (int share = 1; share <= count; share++) {
        String text = joined(set.words(share));
        words.append(text).append('\n');
        if (share > count - threshold) {
          enough[share - 1 - count + threshold] = text.toCharArray();
        }
      }
      try (SecretBytes again = Rejoining.secret(enough)) {
        byte[] digest = Hashes.sha256(words.toString().getBytes(StandardCharsets.US_ASCII));
        return line.get(0)
            + " "
            + threshold
            + " "
            + count
            + " "
            + Hex.of(again.exposed())
            + " "
            + Hex.of(digest);
      }
    }
  }

  static String joined(char[][] words) {
    StringBuilder text = new StringBuilder();
    for (char[] word : words) {
      text.append(text.length() == 0 ? "" : " ").append(word);
    }
    return text.toString();
  }

  private static String joined(short[] values) {
    StringBuilder text = new StringBuilder();
    for (short value : values) {
      text.append(text.length() == 0 ? "" : " ").append(ShareWords.word(value));
    }
    return text.toString();
  }
}
