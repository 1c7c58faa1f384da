package org.trefoil.e2e.harness;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Trefoil, started from its packaged jar on a free port, as a user would start it; or beside the
 * server's tests, whose main class takes the time from here.
 */
public final class RunningServer implements AutoCloseable {
  private static final HttpClient CLIENT = HttpClient.newHttpClient();
  private static final Pattern OPEN = Pattern.compile("^Open (http\\S+)$", Pattern.MULTILINE);

  private final Process process;
  private final Path log;
  private final Path data;
  private final URI origin;
  private volatile Duration ahead = Duration.ZERO;

  private RunningServer(Process process, Path log, Path data, URI origin) {
    this.process = process;
    this.log = log;
    this.data = data;
    this.origin = origin;
  }

  /** The jar under test. */
  public static Path jar() {
    return Path.of(System.getProperty("trefoil.jar", "../server/target/trefoil.jar"));
  }

  /** Starts a server on a new data folder. */
  public static RunningServer start(String... flags) {
    try {
      return startOn(Files.createTempDirectory("trefoil-data"), flags);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Starts a server on {@code data}, which may hold an earlier server's state. */
  public static RunningServer startOn(Path data, String... flags) {
    return start(List.of("-jar", jar().toString()), data, flags);
  }

  /**
   * Starts one on a new data folder whose clock {@link #pass} moves. The main class is one of the
   * server's tests, beside the jar.
   */
  public static RunningServer startSteered(String... flags) {
    Path tests = jar().resolveSibling("test-classes");
    String path = jar() + File.pathSeparator + tests;
    try {
      Path data = Files.createTempDirectory("trefoil-data");
      return start(List.of("-cp", path, "org.trefoil.server.app.SteeredServer"), data, flags);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static RunningServer start(List<String> program, Path data, String... flags) {
    try {
      Path log = Files.createTempFile("trefoil-server", ".log");
      List<String> command = new ArrayList<>();
      command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
      command.add("-XX:TieredStopAtLevel=1"); // it runs for a minute: not worth a second compiler
      command.addAll(program);
      command.addAll(List.of("--data", data.toString()));
      command.addAll(List.of(flags));
      if (!command.contains("--port")) {
        command.addAll(List.of("--port", "0"));
      }
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(log.toFile())
              .start();
      Instant deadline = Instant.now().plus(Duration.ofSeconds(40));
      while (Instant.now().isBefore(deadline) && process.isAlive()) {
        Matcher opened = OPEN.matcher(Files.readString(log));
        if (opened.find()) {
          String open = opened.group(1);
          URI origin = URI.create(open.endsWith("/") ? open.substring(0, open.length() - 1) : open);
          return new RunningServer(process, log, data, origin);
        }
        Thread.sleep(50);
      }
      process.destroyForcibly();
      throw new AssertionError("The server did not start:\n" + Files.readString(log));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** {@code http://localhost:PORT}, without a slash at its end. */
  public URI origin() {
    return origin;
  }

  /** What the server takes for the time. */
  public InstantSource clock() {
    return () -> Instant.now().plus(ahead);
  }

  /**
   * Moves the clock of a steered server on, at once; when it returns the server has looked at its
   * chain again, for what it saw last is old now.
   */
  public void pass(Duration time) {
    Duration fresh = ahead.plus(time);
    try {
      OutputStream told = process.getOutputStream();
      told.write((time + "\n").getBytes(StandardCharsets.UTF_8));
      told.flush();
      Instant deadline = Instant.now().plus(Duration.ofSeconds(10));
      while (!log().contains("Ahead by " + fresh + "\n")) {
        if (Instant.now().isAfter(deadline)) {
          throw new AssertionError("The server's clock stands:\n" + log());
        }
        Thread.sleep(20);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
    ahead = fresh;
    isWell();
  }

  private void isWell() {
    HttpRequest asked = HttpRequest.newBuilder(URI.create(origin + "/healthz")).build();
    Instant deadline = Instant.now().plus(Duration.ofSeconds(60));
    try {
      while (CLIENT.send(asked, HttpResponse.BodyHandlers.discarding()).statusCode() != 200) {
        if (Instant.now().isAfter(deadline)) {
          throw new AssertionError("The server is not well:\n" + log());
        }
        Thread.sleep(50);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Where this server keeps everything. */
  public Path data() {
    return data;
  }

  /** Everything the server printed until now. */
  public String log() {
    try {
      return Files.readString(log, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Ends the process at once, as {@code kill -9} does. */
  public void kill() {
    process.destroyForcibly();
    waitForEnd();
  }

  /** Asks the server to stop (SIGTERM) and waits until it has. */
  @Override
  public void close() {
    process.destroy();
    waitForEnd();
  }

  private void waitForEnd() {
    try {
      if (!process.waitFor(20, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new AssertionError("The server did not stop within 20 s:\n" + log());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      process.destroyForcibly();
    }
  }
}
