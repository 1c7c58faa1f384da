package org.trefoil.custody.entropy;

import java.nio.charset.StandardCharsets;
import org.trefoil.core.keys.Hashes;

/** Sources for tests: never for keys that anybody uses. */
public final class TestEntropy {
  private TestEntropy() {}

  /** SHA-256 of the name and a counter: the same bytes for the same name, everywhere. */
  public static Entropy named(String name) {
    byte[] seed = name.getBytes(StandardCharsets.UTF_8);
    int[] counter = {0};
    return n -> {
      byte[] out = new byte[n];
      for (int at = 0; at < n; at += 32) {
        int c = counter[0]++;
        byte[] number = {(byte) (c >> 24), (byte) (c >> 16), (byte) (c >> 8), (byte) c};
        byte[] block = Hashes.sha256(seed, number);
        System.arraycopy(block, 0, out, at, Math.min(32, n - at));
      }
      return out;
    };
  }

  /** Reads that begin with these bytes, in turn; what is asked beyond them counts up. */
  public static Entropy reads(byte[]... reads) {
    int[] next = {0};
    return n -> {
      byte[] read = reads[next[0]++];
      byte[] out = new byte[n];
      for (int i = 0; i < n; i++) {
        out[i] = i < read.length ? read[i] : (byte) i;
      }
      return out;
    };
  }
}
