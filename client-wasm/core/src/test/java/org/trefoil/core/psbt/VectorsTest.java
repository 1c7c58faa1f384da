package org.trefoil.core.psbt;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class VectorsTest {
  @Test
  void bip0174() throws IOException {
    assertThat(Bip174Vectors.failures(file("/vectors/bip-0174/vectors.tsv"))).isEmpty();
  }

  @Test
  void bip0143() throws IOException {
    assertThat(Bip143Vectors.failures(file("/vectors/bip-0143/witness-signatures.tsv"))).isEmpty();
  }

  static String file(String name) throws IOException {
    try (InputStream in = VectorsTest.class.getResourceAsStream(name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
