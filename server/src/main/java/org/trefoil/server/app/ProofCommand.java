package org.trefoil.server.app;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.trefoil.server.passkey.ProofFileCheck;

/** Checks a file of what passkeys confirmed; needs no database, no key and no network. */
final class ProofCommand {
  private ProofCommand() {}

  /** What the file proves, in sentences; refuses one that does not hold. */
  static String verify(Path file) throws IOException {
    byte[] bytes;
    try {
      bytes = Files.readAllBytes(file);
    } catch (NoSuchFileException e) {
      throw new StartRefused("There is no file " + file + ".");
    }
    ProofFileCheck.Report report = ProofFileCheck.of(new String(bytes, StandardCharsets.UTF_8));
    if (!report.holds()) {
      throw new StartRefused(file + " proves nothing. " + report.said());
    }
    return report.said();
  }
}
