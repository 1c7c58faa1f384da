package org.trefoil.e2e.harness;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** A mail server on this machine that takes every letter and delivers it here. */
public final class MailSink implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(40);

  private final ServerSocket door;
  private final List<Letter> letters = new CopyOnWriteArrayList<>();

  /** A letter: its envelope's recipient, and head and text as they were sent. */
  public record Letter(String to, String text) {}

  public MailSink() {
    try {
      door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread thread = new Thread(this::listen, "mail-sink");
    thread.setDaemon(true);
    thread.start();
  }

  /** What a server is started with that sends its mail here. */
  public List<String> flags() {
    return List.of(
        "--smtp", "smtp://127.0.0.1:" + door.getLocalPort(), "--mail-from", "wallet@trefoil.test");
  }

  /** The newest letter to an address that says this; waits for it. */
  public Letter letter(String to, String saying) {
    Instant deadline = Instant.now().plus(PATIENCE);
    while (Instant.now().isBefore(deadline)) {
      Optional<Letter> newest =
          letters.stream()
              .filter(letter -> letter.to().equals(to) && letter.text().contains(saying))
              .reduce((earlier, later) -> later);
      if (newest.isPresent()) {
        return newest.get();
      }
      try {
        Thread.sleep(50);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException(e);
      }
    }
    throw new AssertionError("no letter to " + to + " says: " + saying);
  }

  private void listen() {
    while (!door.isClosed()) {
      try (Socket line = door.accept()) {
        serve(line);
      } catch (IOException e) {
        // The server was killed in the midst of it, or this is closed.
      }
    }
  }

  /** One sender after the other, as much of RFC 5321 as ours speaks. */
  private void serve(Socket line) throws IOException {
    BufferedReader in =
        new BufferedReader(new InputStreamReader(line.getInputStream(), StandardCharsets.UTF_8));
    OutputStream out = line.getOutputStream();
    List<String> recipients = new ArrayList<>();
    say(out, "220 sink");
    for (String said = in.readLine(); said != null; said = in.readLine()) {
      String verb = said.toUpperCase(Locale.ROOT);
      if (verb.startsWith("RCPT")) {
        recipients.add(said.substring(said.indexOf('<') + 1, said.indexOf('>')));
      }
      if (verb.startsWith("DATA")) {
        say(out, "354 go on");
        StringBuilder text = new StringBuilder();
        for (String next = in.readLine(); next != null && !next.equals("."); next = in.readLine()) {
          text.append(next).append('\n');
        }
        recipients.forEach(to -> letters.add(new Letter(to, text.toString())));
        recipients.clear();
      }
      say(out, verb.startsWith("QUIT") ? "221 bye" : "250 ok");
    }
  }

  private static void say(OutputStream out, String answer) throws IOException {
    out.write((answer + "\r\n").getBytes(StandardCharsets.US_ASCII));
    out.flush();
  }

  @Override
  public void close() {
    try {
      door.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
