package org.trefoil.core;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** The files below {@code src/test/resources/vectors}. */
public final class VectorFiles {
  private VectorFiles() {}

  public static String text(String path) {
    try (InputStream in = VectorFiles.class.getResourceAsStream("/vectors/" + path)) {
      return new String(Objects.requireNonNull(in, path).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
