package org.trefoil.e2e.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;

/** A signer, started from the packaged jar as its operator would start it. */
public final class SigningProcess implements AutoCloseable {
  private final Process process;
  private final Path folder;

  private SigningProcess(Process process, Path folder) {
    this.process = process;
    this.folder = folder;
  }

  /** Starts one on a new data folder; when it returns, it answers. */
  public static SigningProcess start() {
    try {
      Path folder = Files.createTempDirectory("trefoil-signer");
      Path log = folder.resolve("log");
      Process process =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-XX:TieredStopAtLevel=1",
                  "-jar",
                  RunningServer.jar().toString(),
                  "signer",
                  "--data",
                  folder.resolve("data").toString(),
                  "--socket",
                  folder.resolve("socket").toString())
              .redirectErrorStream(true)
              .redirectOutput(log.toFile())
              .start();
      Instant deadline = Instant.now().plus(Duration.ofSeconds(40));
      while (!Files.readString(log).contains("The signer answers")) {
        if (!process.isAlive() || Instant.now().isAfter(deadline)) {
          process.destroyForcibly();
          throw new AssertionError("The signer did not start:\n" + Files.readString(log));
        }
        Thread.sleep(50);
      }
      return new SigningProcess(process, folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** For {@code --signer}. */
  public String socket() {
    return folder.resolve("socket").toString();
  }

  @Override
  public void close() {
    process.destroy();
  }
}
