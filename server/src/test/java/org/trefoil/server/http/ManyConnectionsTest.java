package org.trefoil.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Crowds that only hold on, at a server in a process of its own with little memory. */
class ManyConnectionsTest {
  private static final int CROWD = 10_000;
  private static final int ADDRESSES = 50;
  private static final String PATIENT = "127.0.99.1";

  private final List<Socket> crowd = new ArrayList<>();

  @AfterEach
  void closeAll() throws IOException {
    for (Socket socket : crowd) {
      socket.close();
    }
  }

  /** How one of a crowd holds on. */
  private enum Holding {
    SILENT(""),
    HALF_A_HEAD("GET / HTTP/1.1\r\nHost: loc"),
    HALF_A_BODY(head(40) + "{");

    private final byte[] bytes;

    Holding(String text) {
      bytes = text.getBytes(StandardCharsets.US_ASCII);
    }
  }

  private static String head(int length) {
    return "POST /api/account/prelogin HTTP/1.1\r\nHost: localhost\r\nX-Trefoil: 1\r\n"
        + "Content-Type: application/json\r\nContent-Length: "
        + length
        + "\r\n\r\n";
  }

  @Test
  @DisplayName("Fault 26: 10,000 connections that say nothing, or half of something")
  void fault26TenThousandIdleConnectionsKeepNobodyOut() throws Exception {
    try (Away server = new Away("-Xmx768m")) {
      for (int i = 0; i < CROWD; i++) {
        Holding how = Holding.values()[i % Holding.values().length];
        hold(server, "127.0.1." + (1 + i % ADDRESSES), how.bytes);
      }
      assertThat(server.answers(PATIENT)).as("beside them").isLessThan(Duration.ofSeconds(5));
      assertThat(server.usedMegabytes()).as("memory").isLessThan(400);
    }
  }

  @Test
  void oneAddressHasNoMoreThanItsShareOfConnections() throws Exception {
    try (Away server = new Away("-Xmx256m")) {
      int tried = OpenConnections.PER_ADDRESS + 100;
      for (int i = 0; i < tried; i++) {
        hold(server, "127.0.1.1", Holding.SILENT.bytes);
      }
      assertThat(server.answers(PATIENT)).isLessThan(Duration.ofSeconds(5));
      int closed = 0;
      for (Socket socket : crowd) {
        closed += isClosed(socket) ? 1 : 0;
      }
      assertThat(closed).isEqualTo(100);
    }
  }

  @Test
  @DisplayName("Fault 26: bodies that together are more than the memory")
  void fault26BodiesOfManyFitIntoLittleMemory() throws Exception {
    int body = 127 * 1024;
    byte[] most = new byte[body - 1];
    byte[] head = head(body).getBytes(StandardCharsets.US_ASCII);
    try (Away server = new Away("-Xmx96m")) {
      for (int i = 0; i < 1_000; i++) {
        hold(server, "127.0.1." + (1 + i % ADDRESSES), head, most);
      }
      assertThat(server.answers(PATIENT)).isLessThan(Duration.ofSeconds(5));
      assertThat(server.asks(PATIENT, "{\"email\":\"a@b.c\"}")).startsWith("HTTP/1.1 200");
      assertThat(server.usedMegabytes()).as("memory").isLessThan(80);
    }
  }

  private void hold(Away server, String from, byte[]... pieces) throws IOException {
    Socket socket = server.connect(from);
    crowd.add(socket);
    OutputStream out = socket.getOutputStream();
    try {
      for (byte[] piece : pieces) {
        out.write(piece);
      }
    } catch (SocketException e) {
      return; // it was let go of already
    }
  }

  private static boolean isClosed(Socket socket) throws IOException {
    socket.setSoTimeout(5);
    try {
      return socket.getInputStream().read() < 0;
    } catch (SocketTimeoutException e) {
      return false;
    } catch (SocketException e) {
      return true;
    }
  }

  /** The server, in a process of its own. */
  private static final class Away implements AutoCloseable {
    private final Process process;
    private final BufferedReader said;
    private final int port;

    Away(String memory) throws IOException {
      process =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  memory,
                  "-XX:+UseSerialGC",
                  "-XX:+ExitOnOutOfMemoryError",
                  "-XX:TieredStopAtLevel=1",
                  "-cp",
                  System.getProperty("java.class.path"),
                  Serving.class.getName())
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
      said = new BufferedReader(new InputStreamReader(process.getInputStream()));
      port = number();
    }

    private int number() throws IOException {
      for (String line = said.readLine(); line != null; line = said.readLine()) {
        if (line.matches("\\d+")) {
          return Integer.parseInt(line);
        }
      }
      throw new AssertionError("the server is gone");
    }

    Socket connect(String from) throws IOException {
      Socket socket = new Socket();
      socket.bind(new InetSocketAddress(InetAddress.getByName(from), 0));
      socket.connect(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), port), 5_000);
      return socket;
    }

    /** How long the first page takes somebody. */
    Duration answers(String from) throws IOException {
      long began = System.nanoTime();
      assertThat(said(from, "GET / HTTP/1.1\r\nHost: localhost:" + port + "\r\n\r\n"))
          .startsWith("HTTP/1.1 200");
      return Duration.ofNanos(System.nanoTime() - began);
    }

    /** What the first step of a sign-in is answered. */
    String asks(String from, String body) throws IOException {
      return said(
          from,
          head(body.length())
                  .replace(
                      "Host: localhost\r\n",
                      "Host: localhost:"
                          + port
                          + "\r\nSec-Fetch-Site: same-origin\r\nOrigin: http://localhost:"
                          + port
                          + "\r\n")
              + body);
    }

    private String said(String from, String request) throws IOException {
      try (Socket socket = connect(from)) {
        socket.setSoTimeout(20_000);
        socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        InputStream in = socket.getInputStream();
        byte[] first = in.readNBytes(12);
        return new String(first, StandardCharsets.US_ASCII);
      }
    }

    /** What is left after a collection. */
    int usedMegabytes() throws IOException {
      process.getOutputStream().write('\n');
      process.getOutputStream().flush();
      return number();
    }

    @Override
    public void close() {
      process.destroyForcibly().onExit().join();
    }
  }

  /** Tells its port, and on each byte how many megabytes it holds. */
  static final class Serving {
    private Serving() {}

    public static void main(String[] args) throws IOException {
      try (OpenDoor door = new OpenDoor()) {
        System.out.println(door.server.port());
        while (System.in.read() >= 0) {
          System.gc();
          Runtime now = Runtime.getRuntime();
          System.out.println((now.totalMemory() - now.freeMemory()) >> 20);
        }
      }
    }
  }
}
