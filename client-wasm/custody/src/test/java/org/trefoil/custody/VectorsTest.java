package org.trefoil.custody;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.trefoil.custody.vectors.CustodyVectors;

/** The standards' own vectors on the JVM; the same runner is for WebAssembly. */
class VectorsTest {
  @TestFactory
  Stream<DynamicTest> vectors() {
    return CustodyVectors.run(VectorsTest::file).stream()
        .map(
            run ->
                DynamicTest.dynamicTest(
                    run.standard(),
                    () -> {
                      assertThat(run.failures()).isEmpty();
                      assertThat(run.run()).isPositive();
                    }));
  }

  private static String file(String path) {
    try (InputStream in = VectorsTest.class.getResourceAsStream("/vectors/" + path)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
