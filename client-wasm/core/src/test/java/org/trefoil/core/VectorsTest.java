package org.trefoil.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.trefoil.core.vectors.CoreVectors;

/** The standards' own vectors on the JVM; the same runner is for WebAssembly. */
class VectorsTest {
  @TestFactory
  Stream<DynamicTest> vectors() {
    return new CoreVectors(VectorFiles::text)
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
}
