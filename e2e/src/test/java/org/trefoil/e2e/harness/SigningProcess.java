package org.trefoil.e2e.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** A signer, started from the packaged jar as its operator would start it. */
public final class SigningProcess implements AutoCloseable {
  private final Path folder;
  private Process process;

  private SigningProcess(Path folder) {
    this.folder = folder;
    this.process = run(folder, List.of());
  }

  /** Starts one on a new data folder; when it returns, it answers. */
  public static SigningProcess start() {
    try {
      return new SigningProcess(Files.createTempDirectory("trefoil-signer"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Ends it, and starts it again on the same folder with these flags besides. */
  public void again(String... flags) {
    process.destroy();
    process.onExit().join();
    process = run(folder, List.of(flags));
  }

  private static Process run(Path folder, List<String> flags) {
    try {
      Path log = folder.resolve("log");
      List<String> command =
          new ArrayList<>(
              List.of(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-XX:TieredStopAtLevel=1",
                  "-jar",
                  RunningServer.jar().toString(),
                  "signer",
                  "--data",
                  folder.resolve("data").toString(),
                  "--socket",
                  folder.resolve("socket").toString()));
      command.addAll(flags);
      Process process =
          new ProcessBuilder(command)
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
      return process;
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
