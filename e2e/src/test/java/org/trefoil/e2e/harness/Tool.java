package org.trefoil.e2e.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A command-line program of the machine, used as an independent judge. */
public final class Tool {
  private Tool() {}

  /** Exit code and both outputs, as UTF-8. */
  public record Result(int exit, String out, String err) {}

  /** Runs {@code command} to its end; fails loudly when the program is not installed. */
  public static Result run(List<String> command) {
    try {
      Path out = Files.createTempFile("trefoil-tool", ".out");
      Path err = Files.createTempFile("trefoil-tool", ".err");
      Process process =
          new ProcessBuilder(command)
              .redirectOutput(out.toFile())
              .redirectError(err.toFile())
              .start();
      process.getOutputStream().close();
      if (!process.waitFor(60, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new IllegalStateException(command.get(0) + " did not end within 60 s");
      }
      Result result =
          new Result(
              process.exitValue(),
              Files.readString(out, StandardCharsets.UTF_8),
              Files.readString(err, StandardCharsets.UTF_8));
      Files.delete(out);
      Files.delete(err);
      return result;
    } catch (IOException e) {
      throw new UncheckedIOException(
          command.get(0) + " cannot be run; e2e/verify installs what the tests need", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Runs {@code command} and returns what it printed; any other exit code than 0 fails. */
  public static String output(String... command) {
    Result result = run(List.of(command));
    if (result.exit() != 0) {
      throw new AssertionError(
          String.join(" ", command) + " ended with " + result.exit() + ": " + result.err());
    }
    return result.out();
  }

  /** Waits for the end of a process that was told to stop; after 20 s it is killed. */
  static void awaitEnd(Process process) {
    try {
      if (!process.waitFor(20, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      process.destroyForcibly();
    }
  }
}
