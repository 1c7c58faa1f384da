package org.trefoil.e2e.recovery;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The file as it was built, on a disk. */
public final class RecoveryFile {
  private RecoveryFile() {}

  public static Path path() {
    return Path.of(
            System.getProperty(
                "trefoil.recovery.page", "../web/target/classes/web/assets/recovery.html"))
        .toAbsolutePath()
        .normalize();
  }

  public static String text() {
    try {
      return Files.readString(path());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
