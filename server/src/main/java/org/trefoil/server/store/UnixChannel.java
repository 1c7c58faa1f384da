package org.trefoil.server.store;

import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A connection to a socket in the file system, whose waits end by time or when it is closed.
 *
 * <p>An interrupt ends neither a wait nor the connection; it is kept for afterwards. One thread
 * reads at a time, and one writes. Time-outs are in milliseconds, 0 is for ever.
 */
final class UnixChannel implements AutoCloseable {
  private static final long FULL_MS = 10;

  private final SocketChannel channel;
  private @Nullable Selector readable;
  private @Nullable Selector writable;

  /** The socket is not there or takes no connection; the message names it and says what to do. */
  static final class NobodyThere extends IOException {
    private static final long serialVersionUID = 1L;

    private NobodyThere(String message) {
      super(message);
    }
  }

  private UnixChannel(SocketChannel channel) {
    this.channel = channel;
  }

  /**
   * Connects to the socket in that file; waits while its server has too many to take.
   *
   * @throws NobodyThere when there is none, or none that takes a connection in time
   */
  static UnixChannel connected(Path path, int timeout) throws IOException {
    long end = end(timeout);
    while (true) {
      try {
        return new UnixChannel(atOnce(path));
      } catch (IOException e) {
        boolean full = !(e instanceof ConnectException) && Files.isWritable(path);
        if (!full || left(end) <= FULL_MS) {
          throw new NobodyThere(sentence(path, e));
        }
      }
      try {
        Thread.sleep(FULL_MS); // nothing tells when there is room
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new SocketException("Interrupted while connecting");
      }
    }
  }

  private static SocketChannel atOnce(Path path) throws IOException {
    SocketChannel fresh = SocketChannel.open(StandardProtocolFamily.UNIX);
    boolean connected = false;
    try {
      fresh.configureBlocking(false);
      connected = fresh.connect(UnixDomainSocketAddress.of(path));
      if (!connected) {
        throw new SocketException("It takes no more connections");
      }
      return fresh;
    } finally {
      if (!connected) {
        fresh.close();
      }
    }
  }

  private static String sentence(Path path, IOException e) {
    if (Files.notExists(path)) {
      return "there is no socket "
          + path
          + ": start PostgreSQL, or have host= and port= in --db name the folder and the port that"
          + " it shows by SHOW unix_socket_directories and SHOW port";
    }
    return e instanceof ConnectException
        ? "nobody listens at the socket " + path + ": start PostgreSQL"
        : "the socket " + path + " cannot be used: " + e.getMessage();
  }

  /** For its options. */
  SocketChannel options() {
    return channel;
  }

  /** Reads what is there, or waits for something; answers how many bytes, -1 at the end. */
  int read(ByteBuffer into, int timeout) throws IOException {
    return move(SelectionKey.OP_READ, into, timeout);
  }

  /** Reads what is there, if anything is. */
  int readAtOnce(ByteBuffer into) throws IOException {
    try {
      return channel.read(into);
    } catch (ClosedChannelException e) {
      throw closed(e);
    }
  }

  /** Writes what there is room for, or waits for some; answers how many bytes. */
  int write(ByteBuffer from, int timeout) throws IOException {
    return move(SelectionKey.OP_WRITE, from, timeout);
  }

  private int move(int operation, ByteBuffer bytes, int timeout) throws IOException {
    try {
      int moved = now(operation, bytes);
      return moved == 0 ? await(operation, bytes, timeout) : moved;
    } catch (ClosedChannelException | ClosedSelectorException | CancelledKeyException e) {
      throw closed(e);
    }
  }

  private int now(int operation, ByteBuffer bytes) throws IOException {
    return operation == SelectionKey.OP_READ ? channel.read(bytes) : channel.write(bytes);
  }

  private int await(int operation, ByteBuffer bytes, int timeout) throws IOException {
    Selector selector = selector(operation);
    long end = end(timeout);
    boolean interrupted = false;
    try {
      for (long left = left(end); left > 0; left = left(end)) {
        interrupted |= Thread.interrupted(); // with it no selector would wait
        selector.select(key -> {}, left == Long.MAX_VALUE ? 0 : left);
        int moved = now(operation, bytes);
        if (moved != 0) {
          return moved;
        }
      }
      throw new SocketTimeoutException("No byte came or went in time");
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private synchronized Selector selector(int operation) throws IOException {
    Selector known = operation == SelectionKey.OP_READ ? readable : writable;
    if (known != null) {
      return known;
    }
    if (!channel.isOpen()) {
      throw new ClosedChannelException();
    }
    Selector fresh = Selector.open();
    if (operation == SelectionKey.OP_READ) {
      readable = fresh;
    } else {
      writable = fresh;
    }
    channel.register(fresh, operation);
    return fresh;
  }

  /** When a time-out that begins now is over. */
  private static long end(int timeout) {
    return timeout == 0 ? Long.MAX_VALUE : System.nanoTime() + timeout * 1_000_000L;
  }

  /** Milliseconds until then, at least 1 before it. */
  private static long left(long end) {
    if (end == Long.MAX_VALUE) {
      return end;
    }
    long nanos = end - System.nanoTime();
    return nanos <= 0 ? 0 : (nanos + 999_999) / 1_000_000;
  }

  private static SocketException closed(Exception why) {
    SocketException told = new SocketException("Socket closed");
    told.initCause(why);
    return told;
  }

  @Override
  public synchronized void close() throws IOException {
    // the selectors wake who waits, and only then the channel's file is let go
    try {
      channel.close();
    } finally {
      try {
        close(readable);
      } finally {
        close(writable);
      }
    }
  }

  private static void close(@Nullable Selector selector) throws IOException {
    if (selector != null) {
      selector.close();
    }
  }
}
