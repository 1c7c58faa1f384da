package org.trefoil.server.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.trefoil.server.signer.RunningSigner;

/**
 * A signer in a process of its own, started as its operator starts it, whose clock is what a file
 * says. Whoever starts it has the tests' classes; the jar has no flag like it.
 */
final class SteeredSigner {
  private final Path folder;
  private final TestClock clock;
  private Process process;

  SteeredSigner(Path folder, TestClock clock) throws IOException {
    this.folder = folder;
    this.clock = clock;
    start();
  }

  public static void main(String[] flags) throws Exception {
    Path time = Path.of(flags[0]);
    InstantSource clock = () -> read(time);
    RunningSigner signer =
        SignerCommand.start(
            List.of(flags).subList(1, flags.length),
            Map.of(),
            clock,
            () -> TimeUnit.SECONDS.toNanos(read(time).getEpochSecond()));
    Runtime.getRuntime().addShutdownHook(new Thread(signer::close));
    Files.writeString(time.resolveSibling("started"), "");
    Thread.sleep(Duration.ofMinutes(10).toMillis());
  }

  private static Instant read(Path time) {
    try {
      return Instant.parse(Files.readString(time));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  Path socket() {
    return folder.resolve("s");
  }

  /** Has it be as late there as it is here. */
  void sync() throws IOException {
    Path fresh = folder.resolve("time.new");
    Files.writeString(fresh, clock.instant().toString());
    Files.move(fresh, folder.resolve("time"), StandardCopyOption.ATOMIC_MOVE);
  }

  /** Starts it, and waits until it answers. */
  void start() throws IOException {
    sync();
    Path started = folder.resolve("started");
    Files.deleteIfExists(started);
    process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                SteeredSigner.class.getName(),
                folder.resolve("time").toString(),
                "signer",
                "--data",
                folder.resolve("data").toString(),
                "--socket",
                socket().toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .redirectOutput(ProcessBuilder.Redirect.INHERIT)
            .start();
    for (int i = 0; i < 600 && !Files.exists(started); i++) {
      try {
        Thread.sleep(100);
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
    if (!Files.exists(started)) {
      throw new IllegalStateException("the signer did not start");
    }
  }

  /** As {@code kill -9}. */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }
}
