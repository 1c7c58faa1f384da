package org.trefoil.custody.vectors;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.trefoil.core.keys.Hashes;
import org.trefoil.core.units.Hex;
import org.trefoil.core.units.Splitter;
import org.trefoil.core.vectors.Outcome;
import org.trefoil.custody.entropy.Entropy;
import org.trefoil.custody.entropy.TestEntropy;
import org.trefoil.custody.envelope.v1.EnvelopeVectors;
import org.trefoil.custody.keys.KeyVectors;
import org.trefoil.custody.passcode.StretchVectors;

/**
 * 2,000 random but repeatable cases through keys, signatures, stretch and cipher. Their outcomes
 * were written down on the JVM ({@code vectors/seeded/outcomes.txt}); WebAssembly must give the
 * same bytes.
 */
public final class SeededCases {
  public static final int COUNT = 2_000;

  /** Cases in one line of the file. */
  public static final int PER_LINE = 10;

  private SeededCases() {}

  /** The line of the file for cases {@code line * 10} to {@code line * 10 + 9}: 32 hex digits. */
  public static String line(int line) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < PER_LINE; i++) {
      int number = line * PER_LINE + i;
      Entropy entropy = TestEntropy.named("case " + number);
      text.append(KeyVectors.seeded(entropy, number));
      text.append(StretchVectors.seeded(entropy, number));
      text.append(EnvelopeVectors.seeded(entropy)).append('\n');
    }
    byte[] hash = Hashes.sha256(text.toString().getBytes(StandardCharsets.UTF_8));
    return Hex.of(Arrays.copyOf(hash, 16));
  }

  /** Runs all cases against the file's text. */
  public static Outcome run(String expected) {
    Outcome run = new Outcome("2,000 seeded cases");
    List<String> lines = Splitter.split(expected.trim(), "\n");
    run.same("lines", COUNT / PER_LINE, lines.size());
    for (int line = 0; line < lines.size(); line++) {
      run.same("cases from " + line * PER_LINE, lines.get(line), line(line));
    }
    return run;
  }
}
