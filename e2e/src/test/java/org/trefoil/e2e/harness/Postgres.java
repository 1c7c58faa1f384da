package org.trefoil.e2e.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** A real PostgreSQL with an empty database, thrown away at the end. */
public final class Postgres implements AutoCloseable {
  private static final Path SCRIPT = Path.of("..", ".ci", "throwaway-postgres");

  private final Process process;
  private final Path folder;
  private final int port;

  private Postgres(Process process, Path folder, int port) {
    this.process = process;
    this.folder = folder;
    this.port = port;
  }

  /**
   * Whether PostgreSQL is installed. With {@code -Dtrefoil.postgres=required}, as {@code
   * e2e/verify} runs the tests, it has to be.
   */
  public static boolean there() {
    boolean there = Tool.run(List.of(SCRIPT.toString(), "--find")).exit() == 0;
    if (!there && System.getProperty("trefoil.postgres", "").equals("required")) {
      throw new IllegalStateException("PostgreSQL is required and not installed");
    }
    return there;
  }

  public static Postgres start() {
    try (ServerSocket socket = new ServerSocket(0)) {
      int port = socket.getLocalPort();
      socket.close();
      String name = "trefoil-postgres-" + ProcessHandle.current().pid() + "-" + port;
      Path folder = Path.of(System.getProperty("java.io.tmpdir"), name);
      Path log = Files.createTempFile("trefoil-postgres", ".log");
      Process process =
          new ProcessBuilder(SCRIPT.toString(), folder.toString(), Integer.toString(port))
              .redirectErrorStream(true)
              .redirectOutput(log.toFile())
              .start();
      Instant deadline = Instant.now().plus(Duration.ofSeconds(60));
      while (!Files.readString(log).contains("ready to accept connections")) {
        if (!process.isAlive() || Instant.now().isAfter(deadline)) {
          process.destroyForcibly();
          throw new AssertionError("PostgreSQL did not start:\n" + Files.readString(log));
        }
        Thread.sleep(50);
      }
      return new Postgres(process, folder, port);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** The flags that have a server use it. */
  public List<String> flags() {
    return List.of(
        "--db",
        "jdbc:postgresql://127.0.0.1:" + port + "/trefoil",
        "--db-user",
        "trefoil",
        "--db-password-file",
        folder.resolve("password").toString());
  }

  @Override
  public void close() {
    Tool.run(List.of("kill", "-QUIT", Long.toString(process.pid())));
    Tool.awaitEnd(process);
    Tool.run(List.of("rm", "-rf", folder.toString()));
  }
}
