package org.trefoil.e2e.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Whoever builds the same sources can compare what a server serves with what he built. */
class SameBytesIT {
  private static final Path BUILT = Path.of(System.getProperty("trefoil.vault"));

  @Test
  void c7TheVaultBuiltTwiceIsTheSame() throws IOException {
    Path first = BUILT.resolve("wasm/vault.wasm");
    Path again = BUILT.resolve("again/vault.wasm");
    assertThat(Files.size(again)).isPositive();
    assertThat(Files.mismatch(first, again)).as("the first byte that differs").isEqualTo(-1);
  }
}
