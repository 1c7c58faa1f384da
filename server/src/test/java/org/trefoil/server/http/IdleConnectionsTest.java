package org.trefoil.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.UnixOperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Fault 26: ten thousand connections on which nobody says anything. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class IdleConnectionsTest {
  private static final int IDLE = 10_000;
  private static final long MORE_THAN_THAT_TAKES = 100L << 20;
  private static final String HONEST = "127.0.0.2";

  /** Both ends of what the server takes are files of this process. */
  @BeforeEach
  void thisMachineCan() {
    long files =
        ManagementFactory.getPlatformMXBean(UnixOperatingSystemMXBean.class)
            .getMaxFileDescriptorCount();
    if (files < IDLE + 4_000) {
      System.err.println("ONLY " + files + " FILES: TEN THOUSAND CONNECTIONS WERE NOT TRIED.");
    }
    Assumptions.assumeTrue(files >= IDLE + 4_000);
  }

  @Test
  @DisplayName("Fault 26: ten thousand idle connections of one address hold up nobody else")
  void fault26TenThousandIdleConnectionsOfOneAddressHoldUpNobodyElse() throws Exception {
    List<SocketChannel> idle = new ArrayList<>();
    try (OpenDoor door = new OpenDoor()) {
      asked(door, HONEST);
      long before = memory();
      open(door, 1, idle);
      assertThat(asked(door, HONEST)).isLessThan(Duration.ofSeconds(5));
      assertThat(door.server.threads().busy()).isLessThan(24);
      assertThat(memory() - before).isLessThan(MORE_THAN_THAT_TAKES);
      // And once they were idle for long enough, whoever shares that address is served too.
      assertThat(asked(door, "127.0.1.0")).isLessThan(Duration.ofSeconds(40));
    } finally {
      close(idle);
    }
  }

  @Test
  @DisplayName("Fault 26: ten thousand idle connections of many addresses go soon")
  void fault26TenThousandIdleConnectionsOfManyAddressesGoSoon() throws Exception {
    List<SocketChannel> idle = new ArrayList<>();
    try (OpenDoor door = new OpenDoor()) {
      asked(door, HONEST);
      long before = memory();
      open(door, 20, idle);
      assertThat(asked(door, HONEST)).isLessThan(Duration.ofSeconds(40));
      assertThat(memory() - before).isLessThan(MORE_THAN_THAT_TAKES);
    } finally {
      close(idle);
    }
  }

  private static void open(OpenDoor door, int addresses, List<SocketChannel> idle)
      throws IOException {
    InetSocketAddress server = new InetSocketAddress("127.0.0.1", door.server.port());
    for (int i = 0; i < IDLE; i++) {
      SocketChannel one = SocketChannel.open();
      idle.add(one);
      one.configureBlocking(false);
      one.bind(new InetSocketAddress("127.0.1." + i % addresses, 0));
      one.connect(server);
    }
  }

  private static void close(List<SocketChannel> idle) throws IOException {
    for (SocketChannel one : idle) {
      one.close();
    }
  }

  /** How long somebody at {@code address} waits for the first page, who tries until it is there. */
  private static Duration asked(OpenDoor door, String address) throws Exception {
    long from = System.nanoTime();
    while (!served(door, address)) {
      TimeUnit.MILLISECONDS.sleep(200);
    }
    return Duration.ofNanos(System.nanoTime() - from);
  }

  private static boolean served(OpenDoor door, String address) {
    try (Socket socket = new Socket()) {
      socket.bind(new InetSocketAddress(address, 0));
      socket.setSoTimeout(60_000);
      socket.connect(new InetSocketAddress("127.0.0.1", door.server.port()), 60_000);
      socket
          .getOutputStream()
          .write(
              "GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
                  .getBytes(StandardCharsets.US_ASCII));
      byte[] answer = socket.getInputStream().readAllBytes();
      return new String(answer, StandardCharsets.UTF_8).startsWith("HTTP/1.1 200");
    } catch (IOException e) {
      return false;
    }
  }

  private static long memory() {
    System.gc();
    return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
  }
}
