package org.trefoil.server.app;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.trefoil.server.config.ConfigReader;

/**
 * The whole server on clocks that run ahead of this machine's by what it is told: each line of its
 * input is a duration ({@code PT72H}). Whoever starts it has the tests' classes; the jar that
 * people start has neither this nor any flag like it.
 */
final class SteeredServer {
  private SteeredServer() {}

  public static void main(String[] flags) throws IOException {
    AtomicReference<Duration> ahead = new AtomicReference<>(Duration.ZERO);
    InstantSource clock = () -> Instant.now().plus(ahead.get());
    Trefoil server =
        Trefoil.start(
            ConfigReader.read(List.of(flags), System.getenv()),
            clock,
            () -> System.nanoTime() + ahead.get().toNanos());
    Runtime.getRuntime().addShutdownHook(new Thread(server::close, "shutdown"));
    System.out.println("Open http://localhost:" + server.port() + "/");
    try (BufferedReader told =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
      for (String line = told.readLine(); line != null; line = told.readLine()) {
        Duration by = Duration.parse(line);
        System.out.println("Ahead by " + ahead.updateAndGet(before -> before.plus(by)));
      }
    }
  }
}
