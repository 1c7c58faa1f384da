package org.trefoil.server.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.UnixOperatingSystemMXBean;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Bytes through a socket in the file system, and what ends a wait for them. */
@Timeout(60)
class UnixSocketTest {
  private static final InetSocketAddress ANY = InetSocketAddress.createUnresolved("localhost", 1);

  @TempDir Path folder;
  private Path file;
  private ServerSocketChannel server;
  private UnixSocket socket;
  private SocketChannel other;

  @BeforeEach
  void connect() throws IOException {
    file = folder.resolve("s");
    server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    server.bind(UnixDomainSocketAddress.of(file), 1);
    socket = new UnixSocket(file);
    socket.connect(ANY, 1_000);
    other = server.accept();
  }

  @AfterEach
  void close() throws IOException {
    socket.close();
    other.close();
    server.close();
  }

  private void hear(String text) throws IOException {
    other.write(ByteBuffer.wrap(text.getBytes("US-ASCII")));
  }

  private String read(int most) throws IOException {
    byte[] bytes = new byte[most];
    int count = socket.getInputStream().read(bytes, 0, most);
    return count < 0 ? "end" : new String(bytes, 0, count, "US-ASCII");
  }

  @Test
  void readsWhatIsThereAndThenTheEnd() throws Exception {
    hear("abcdef");
    assertThat(read(4)).isEqualTo("abcd");
    assertThat(socket.getInputStream().read()).isEqualTo('e');
    assertThat(read(0)).isEmpty();
    assertThat(read(9)).isEqualTo("f");
    hear("g");
    other.close();
    assertThat(read(9)).isEqualTo("g");
    assertThat(read(9)).isEqualTo("end");
    assertThat(socket.getInputStream().read()).isEqualTo(-1);
    assertThat(socket.getInputStream().available()).isZero();
  }

  @Test
  void tellsHowMuchThereIsAndLosesNoneOfIt() throws Exception {
    InputStream in = socket.getInputStream();
    assertThat(in.available()).isZero();
    hear("abc");
    assertThat(in.available()).isEqualTo(3);
    hear("def");
    assertThat(in.available()).isEqualTo(3);
    assertThat(read(2)).isEqualTo("ab");
    assertThat(in.available()).isEqualTo(1);
    assertThat(read(9)).isEqualTo("c");
    assertThat(read(9)).isEqualTo("def");
    hear("x".repeat(2_000));
    assertThat(in.available()).isBetween(1, 2_000);
    assertThat(in.readNBytes(2_000)).hasSize(2_000).containsOnly('x');
  }

  @Test
  void aReadThatTakesTooLongEndsAndTheNextOneGoesOn() throws Exception {
    socket.setSoTimeout(50);
    assertThat(socket.getSoTimeout()).isEqualTo(50);
    long from = System.nanoTime();
    assertThatThrownBy(() -> read(9)).isInstanceOf(SocketTimeoutException.class);
    assertThat(Duration.ofNanos(System.nanoTime() - from)).isBetween(ms(50), ms(5_000));
    socket.setSoTimeout(1);
    assertThatThrownBy(() -> read(9)).isInstanceOf(SocketTimeoutException.class);
    hear("abc");
    assertThat(read(9)).isEqualTo("abc");
    assertThatThrownBy(() -> socket.setSoTimeout(-1)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void withoutATimeOutItWaits() throws Exception {
    CompletableFuture<String> read = inAThread(() -> read(9));
    Thread.sleep(300);
    assertThat(read).isNotDone();
    hear("late");
    assertThat(read.get(10, TimeUnit.SECONDS)).isEqualTo("late");
  }

  @Test
  void muchIsWrittenWholeToAReaderThatIsSlow() throws Exception {
    byte[] much = new byte[3_000_001];
    new Random(7).nextBytes(much);
    CompletableFuture<byte[]> heard =
        inAThread(
            () -> {
              Thread.sleep(200);
              return Channels.newInputStream(other).readNBytes(much.length + 1);
            });
    socket.getOutputStream().write(9);
    socket.getOutputStream().write(much);
    byte[] all = heard.get(30, TimeUnit.SECONDS);
    assertThat(all[0]).isEqualTo((byte) 9);
    assertThat(Arrays.copyOfRange(all, 1, all.length)).isEqualTo(much);
    CompletableFuture<byte[]> back =
        inAThread(() -> socket.getInputStream().readNBytes(much.length));
    for (ByteBuffer rest = ByteBuffer.wrap(much); rest.hasRemaining(); ) {
      other.write(rest);
    }
    assertThat(back.get(30, TimeUnit.SECONDS)).isEqualTo(much);
  }

  @Test
  void aWriteThatNobodyTakesEndsToo() {
    socket.setSoTimeout(100);
    assertThatThrownBy(() -> socket.getOutputStream().write(new byte[10_000_000]))
        .isInstanceOf(SocketTimeoutException.class);
  }

  @Test
  void whoWritesToOneThatIsGoneIsTold() throws Exception {
    other.close();
    assertThatThrownBy(() -> socket.getOutputStream().write(new byte[10]))
        .isInstanceOf(IOException.class);
  }

  @Test
  void anInterruptIsKeptAndEndsNothing() throws Exception {
    AtomicReference<Thread> waiting = new AtomicReference<>();
    CompletableFuture<List<Object>> told =
        inAThread(
            () -> {
              waiting.set(Thread.currentThread());
              List<Object> all = new ArrayList<>(List.of(read(3), Thread.interrupted()));
              Thread.currentThread().interrupt(); // before it waits, and before a byte is there
              all.addAll(List.of(read(3), Thread.interrupted(), Thread.interrupted()));
              return all;
            });
    Waiting.until(ms(5_000), () -> waiting.get() != null);
    Thread.sleep(200);
    waiting.get().interrupt();
    Thread.sleep(200);
    long before = cpu(waiting.get());
    Thread.sleep(500);
    assertThat(cpu(waiting.get()) - before).isLessThan(ms(200).toNanos());
    assertThat(told).isNotDone();
    hear("one");
    Thread.sleep(200);
    assertThat(told).isNotDone();
    hear("two");
    assertThat(told.get(10, TimeUnit.SECONDS)).containsExactly("one", true, "two", true, false);
    Thread.currentThread().interrupt();
    try {
      socket.getOutputStream().write('x');
      socket.setSoTimeout(20);
      assertThatThrownBy(() -> read(9)).isInstanceOf(SocketTimeoutException.class);
    } finally {
      assertThat(Thread.interrupted()).isTrue();
    }
    hear("still");
    assertThat(read(9)).isEqualTo("still");
  }

  private static long cpu(Thread thread) {
    return ManagementFactory.getThreadMXBean().getThreadCpuTime(thread.getId());
  }

  @Test
  void closingItWakesWhoReadsAndWhoWrites() throws Exception {
    CompletableFuture<String> reads = inAThread(() -> read(9));
    CompletableFuture<String> writes =
        inAThread(
            () -> {
              socket.getOutputStream().write(new byte[10_000_000]);
              return "";
            });
    Thread.sleep(300);
    socket.close();
    for (CompletableFuture<String> each : List.of(reads, writes)) {
      assertThatThrownBy(() -> each.get(10, TimeUnit.SECONDS))
          .hasCauseInstanceOf(SocketException.class)
          .hasMessageContaining("Socket closed");
    }
    assertThat(socket.isClosed()).isTrue();
    assertThatThrownBy(() -> read(1)).hasMessage("Socket closed");
    assertThatThrownBy(() -> socket.getOutputStream()).hasMessage("Socket closed");
    socket.close();
    other.configureBlocking(true);
    assertThat(Channels.newInputStream(other).readAllBytes()).isNotEmpty(); // ends
  }

  @Test
  void closedOnesLeaveNoFilesOpen() throws Exception {
    for (int i = 0; i < 5; i++) {
      waitAndClose();
    }
    long before = files();
    for (int i = 0; i < 50; i++) {
      waitAndClose();
    }
    assertThat(files()).isLessThan(before + 40);
  }

  private void waitAndClose() throws IOException {
    try (UnixSocket one = new UnixSocket(file)) {
      one.connect(ANY, 1_000);
      try (SocketChannel end = server.accept()) {
        one.setSoTimeout(1);
        assertThatThrownBy(() -> one.getInputStream().read())
            .isInstanceOf(SocketTimeoutException.class);
        assertThatThrownBy(() -> one.getOutputStream().write(new byte[1_000_000]))
            .isInstanceOf(SocketTimeoutException.class);
        assertThat(end.isOpen()).isTrue();
      }
    }
  }

  private static long files() {
    return ((UnixOperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
        .getOpenFileDescriptorCount();
  }

  @Test
  void aFileThatIsNotThereAndOneWhereNobodyListensAreSentences() throws Exception {
    assertThatThrownBy(() -> new UnixSocket(folder.resolve("none")).connect(ANY))
        .isInstanceOf(UnixChannel.NobodyThere.class)
        .hasMessageContaining("there is no socket " + folder.resolve("none") + ": start PostgreSQL")
        .hasMessageContaining("SHOW unix_socket_directories");
    server.close();
    assertThatThrownBy(() -> new UnixSocket(file).connect(ANY))
        .isInstanceOf(UnixChannel.NobodyThere.class)
        .hasMessage("nobody listens at the socket " + file + ": start PostgreSQL");
    Path plain = Files.createFile(folder.resolve("plain"));
    assertThatThrownBy(() -> new UnixSocket(plain).connect(ANY))
        .isInstanceOf(UnixChannel.NobodyThere.class)
        .hasMessageContaining(plain.toString());
    Path tooLong = folder.resolve("x".repeat(200));
    assertThatThrownBy(() -> new UnixSocket(tooLong).connect(ANY))
        .isInstanceOf(UnixChannel.NobodyThere.class)
        .hasMessageContaining(tooLong.toString());
  }

  @Test
  void aServerThatTakesNobodyIsNotWaitedForForEver() throws Exception {
    List<UnixSocket> queue = new ArrayList<>();
    try {
      assertThatThrownBy(
              () -> {
                for (int i = 0; i < 10; i++) {
                  UnixSocket next = new UnixSocket(file);
                  next.connect(ANY, 100);
                  queue.add(next);
                }
              })
          .isInstanceOf(UnixChannel.NobodyThere.class)
          .hasMessageStartingWith("the socket " + file + " cannot be used: ");
      UnixSocket last = new UnixSocket(file);
      CompletableFuture<Boolean> connected =
          inAThread(
              () -> {
                last.connect(ANY, 10_000);
                return last.isConnected();
              });
      Thread.sleep(100);
      assertThat(connected).isNotDone();
      server.accept().close();
      assertThat(connected.get(10, TimeUnit.SECONDS)).isTrue();
      last.close();
    } finally {
      for (UnixSocket each : queue) {
        each.close();
      }
    }
  }

  @Test
  void isASocketToWhoAsks() throws Exception {
    UnixSocket fresh = new UnixSocket(file);
    assertThat(fresh.isConnected() || fresh.isBound() || fresh.isClosed()).isFalse();
    assertThatThrownBy(fresh::getInputStream).hasMessage("Not connected");
    assertThatThrownBy(fresh::getSendBufferSize).isInstanceOf(SocketException.class);
    fresh.close();
    assertThatThrownBy(() -> fresh.connect(ANY, 100)).hasMessage("Socket closed");
    assertThat(socket.isConnected() && socket.isBound() && socket.getTcpNoDelay()).isTrue();
    assertThatThrownBy(() -> socket.connect(ANY)).hasMessage("Connected already");
    socket.setTcpNoDelay(true);
    socket.setKeepAlive(true);
    socket.setSendBufferSize(50_000);
    socket.setReceiveBufferSize(50_000);
    assertThat(socket.getSendBufferSize()).isGreaterThanOrEqualTo(50_000);
    assertThat(socket.getReceiveBufferSize()).isGreaterThanOrEqualTo(50_000);
    assertThat(socket).hasToString("UnixSocket[" + file + "]");
    socket.shutdownOutput();
    assertThat(other.read(ByteBuffer.allocate(1))).isEqualTo(-1);
    socket.shutdownInput();
    assertThat(read(1)).isEqualTo("end");
  }

  private static Duration ms(long milliseconds) {
    return Duration.ofMillis(milliseconds);
  }

  private interface Work<T> {
    T done() throws Exception;
  }

  private static <T> CompletableFuture<T> inAThread(Work<T> work) {
    CompletableFuture<T> result = new CompletableFuture<>();
    Thread thread =
        new Thread(
            () -> {
              try {
                result.complete(work.done());
              } catch (Exception e) {
                result.completeExceptionally(e);
              }
            });
    thread.setDaemon(true);
    thread.start();
    return result;
  }
}
