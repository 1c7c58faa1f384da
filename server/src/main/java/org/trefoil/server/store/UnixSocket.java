package org.trefoil.server.store;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketException;
import java.net.SocketOption;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A {@link UnixChannel} for the driver of PostgreSQL, which speaks to a {@link Socket}.
 *
 * <p>Its time-out is the longest wait for a byte to come and, unlike that of TCP, for one to go. It
 * has what the driver uses of a socket, no more.
 */
final class UnixSocket extends Socket {
  /** A channel copies through a buffer of the thread's own, as large as the largest so far. */
  private static final int AT_ONCE = 64 * 1024;

  private static final int AHEAD = 512;

  private final Path path;
  private final InputStream in = new In();
  private final OutputStream out = new Out();
  private volatile @Nullable UnixChannel channel;
  private volatile boolean closed;
  private volatile int timeout;

  /** Not connected yet. */
  UnixSocket(Path path) {
    this.path = path;
  }

  @Override
  public void connect(SocketAddress ignored) throws IOException {
    connect(ignored, 0);
  }

  /** Connects to the file, whatever the address. */
  @Override
  public void connect(SocketAddress ignored, int milliseconds) throws IOException {
    UnixChannel fresh = UnixChannel.connected(path, milliseconds);
    synchronized (in) {
      if (closed || channel != null) {
        fresh.close();
        throw new SocketException(closed ? "Socket closed" : "Connected already");
      }
      channel = fresh;
    }
  }

  private UnixChannel channel() throws SocketException {
    UnixChannel here = channel;
    if (closed || here == null) {
      throw new SocketException(closed ? "Socket closed" : "Not connected");
    }
    return here;
  }

  private final class In extends InputStream {
    private ByteBuffer ahead = ByteBuffer.allocate(0);

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int from, int length) throws IOException {
      if (length == 0) {
        return 0;
      }
      if (ahead.hasRemaining()) {
        int count = Math.min(length, ahead.remaining());
        ahead.get(into, from, count);
        return count;
      }
      return channel().read(ByteBuffer.wrap(into, from, Math.min(length, AT_ONCE)), timeout);
    }

    /** Reads a little ahead, for a channel does not tell how much there is. */
    @Override
    public int available() throws IOException {
      if (!ahead.hasRemaining()) {
        ByteBuffer fresh = ahead.capacity() == 0 ? ByteBuffer.allocate(AHEAD) : ahead.clear();
        try {
          channel().readAtOnce(fresh);
        } finally {
          ahead = fresh.flip();
        }
      }
      return ahead.remaining();
    }

    @Override
    public void close() throws IOException {
      UnixSocket.this.close();
    }
  }

  private final class Out extends OutputStream {
    @Override
    public void write(int one) throws IOException {
      write(new byte[] {(byte) one}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
      int end = from + length;
      for (int at = from; at < end; ) {
        int most = Math.min(end - at, AT_ONCE);
        at += channel().write(ByteBuffer.wrap(bytes, at, most), timeout);
      }
    }

    @Override
    public void close() throws IOException {
      UnixSocket.this.close();
    }
  }

  @Override
  public InputStream getInputStream() throws IOException {
    channel();
    return in;
  }

  @Override
  public OutputStream getOutputStream() throws IOException {
    channel();
    return out;
  }

  /** From any thread; one that waits for a byte is told that it is closed. */
  @Override
  public void close() throws IOException {
    synchronized (in) {
      closed = true;
      UnixChannel here = channel;
      if (here != null) {
        here.close();
      }
    }
  }

  @Override
  public void shutdownInput() throws IOException {
    channel().options().shutdownInput();
  }

  @Override
  public void shutdownOutput() throws IOException {
    channel().options().shutdownOutput();
  }

  @Override
  public void bind(SocketAddress ignored) throws SocketException {
    throw new SocketException("A socket of the file system comes from nowhere");
  }

  @Override
  public boolean isConnected() {
    return channel != null;
  }

  @Override
  public boolean isBound() {
    return channel != null;
  }

  @Override
  public boolean isClosed() {
    return closed;
  }

  @Override
  public void setSoTimeout(int milliseconds) {
    if (milliseconds < 0) {
      throw new IllegalArgumentException("a time-out of " + milliseconds);
    }
    timeout = milliseconds;
  }

  @Override
  public int getSoTimeout() {
    return timeout;
  }

  @Override
  public void setSendBufferSize(int size) throws SocketException {
    set(StandardSocketOptions.SO_SNDBUF, size);
  }

  @Override
  public int getSendBufferSize() throws SocketException {
    return get(StandardSocketOptions.SO_SNDBUF);
  }

  @Override
  public void setReceiveBufferSize(int size) throws SocketException {
    set(StandardSocketOptions.SO_RCVBUF, size);
  }

  @Override
  public int getReceiveBufferSize() throws SocketException {
    return get(StandardSocketOptions.SO_RCVBUF);
  }

  private void set(SocketOption<Integer> option, int value) throws SocketException {
    try {
      channel().options().setOption(option, value);
    } catch (IOException e) {
      throw told(e);
    }
  }

  private int get(SocketOption<Integer> option) throws SocketException {
    try {
      return channel().options().getOption(option);
    } catch (IOException e) {
      throw told(e);
    }
  }

  private static SocketException told(IOException e) {
    SocketException told = new SocketException(String.valueOf(e.getMessage()));
    told.initCause(e);
    return told;
  }

  /** Nothing is delayed here. */
  @Override
  public void setTcpNoDelay(boolean on) {}

  @Override
  public boolean getTcpNoDelay() {
    return true;
  }

  /** The kernel tells when the other side is gone. */
  @Override
  public void setKeepAlive(boolean on) {}

  @Override
  public boolean getKeepAlive() {
    return false;
  }

  @Override
  public @Nullable InetAddress getInetAddress() {
    return null;
  }

  @Override
  public String toString() {
    return "UnixSocket[" + path + "]";
  }
}
