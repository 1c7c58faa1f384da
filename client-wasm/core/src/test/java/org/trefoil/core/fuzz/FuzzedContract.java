package org.trefoil.core.fuzz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every parser reads what a stranger gives it or refuses it as it says, and nothing else. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class FuzzedContract {
  private static final int SLIPS = 2_000;
  private static final Path FOUND = Path.of("src/test/resources/fuzz");

  /** All of this module. */
  protected abstract Fuzzed[] parsers();

  @ParameterizedTest
  @MethodSource("parsers")
  void seedsAreReadOrRefused(Fuzzed parser) {
    assertThat(parser.seeds()).isNotEmpty();
    parser.seeds().forEach(parser::accept);
  }

  /** Each input that once was a fault is kept as {@code fuzz/PARSER/…}. */
  @ParameterizedTest
  @MethodSource("parsers")
  void whatJazzerOnceFoundIsRefused(Fuzzed parser) throws IOException {
    Path folder = FOUND.resolve(parser.name());
    if (Files.isDirectory(folder)) {
      try (Stream<Path> files = Files.list(folder)) {
        for (Path file : files.toList()) {
          byte[] input = Files.readAllBytes(file);
          assertThatCode(() -> parser.accept(input)).as(file.toString()).doesNotThrowAnyException();
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("parsers")
  void slipsOfGoodTextsAreReadOrRefused(Fuzzed parser) {
    List<byte[]> seeds = parser.seeds();
    Random random = new Random(20261122L + parser.name().hashCode());
    for (int i = 0; i < SLIPS; i++) {
      byte[] slip = slipped(seeds.get(random.nextInt(seeds.size())), random);
      assertThatCode(() -> parser.accept(slip))
          .as(HexFormat.of().formatHex(slip))
          .doesNotThrowAnyException();
    }
  }

  /** One to four changes: a bit, a byte, a piece cut out, doubled or moved, an end cut off. */
  private static byte[] slipped(byte[] good, Random random) {
    byte[] bytes = good.clone();
    for (int changes = 1 + random.nextInt(4); changes > 0 && bytes.length > 1; changes--) {
      int at = random.nextInt(bytes.length);
      int length = 1 + random.nextInt(Math.min(16, bytes.length));
      switch (random.nextInt(6)) {
        case 0 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
        case 1 -> bytes[at] = (byte) random.nextInt(256);
        case 2 -> bytes = joined(bytes, 0, at, Math.min(bytes.length, at + length), bytes.length);
        case 3 -> bytes = joined(bytes, 0, Math.min(bytes.length, at + length), at, bytes.length);
        case 4 -> bytes = Arrays.copyOf(bytes, at);
        default -> bytes = joined(bytes, at, bytes.length, 0, at);
      }
    }
    return bytes;
  }

  private static byte[] joined(byte[] from, int a, int b, int c, int d) {
    byte[] both = Arrays.copyOf(Arrays.copyOfRange(from, a, b), b - a + d - c);
    System.arraycopy(from, c, both, b - a, d - c);
    return both;
  }
}
