package org.trefoil.custody;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.trefoil.core.VectorFiles;
import org.trefoil.custody.vectors.CustodyVectors;

/** The standards' own vectors on the JVM; the same runner is for WebAssembly. */
class VectorsTest {
  @TestFactory
  Stream<DynamicTest> vectors() {
    return CustodyVectors.run(VectorFiles::text).stream()
        .map(
            run ->
                DynamicTest.dynamicTest(
                    run.standard(),
                    () -> {
                      assertThat(run.failures()).isEmpty();
                      assertThat(run.run()).isPositive();
                    }));
  }
}
