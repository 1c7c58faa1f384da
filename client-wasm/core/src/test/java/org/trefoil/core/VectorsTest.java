package org.trefoil.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.trefoil.core.vectors.CoreVectors;

/** The standards' own vectors on the JVM; the same runner is for WebAssembly. */
class VectorsTest {
  @TestFactory
  Stream<DynamicTest> vectors() {
    return new CoreVectors(VectorsTest::file)
        .run().stream()
            .map(
                outcome ->
                    DynamicTest.dynamicTest(
                        outcome.standard(),
                        () -> {
                          assertThat(outcome.failures()).isEmpty();
                          assertThat(outcome.run()).isPositive();
                        }));
  }

  static String file(String path) {
    try (InputStream in = VectorsTest.class.getResourceAsStream("/vectors/" + path)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
