package org.trefoil.server.chain.bitcoind;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hears from a node that something is new, by ZMTP 3.0 (rfc.zeromq.org/spec/23), subscriber's side,
 * without security, which is all that bitcoind speaks. What is new is not believed but asked for,
 * so lost, doubled and made-up notices do no harm.
 */
final class ZmqNotices implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ZmqNotices.class);
  private static final List<String> TOPICS = List.of("hashblock", "hashtx", "rawblock", "rawtx");
  private static final int CONNECT_MS = 5_000;
  private static final int MOST = 5_000_000;
  private static final int MORE = 1;
  private static final int LONG = 2;
  private static final int COMMAND = 4;

  private final Supplier<@Nullable InetSocketAddress> place;
  private final Set<Runnable> listeners;
  private volatile boolean connected;
  private volatile boolean closed;
  private volatile @Nullable Socket current;

  /**
   * @param place where the node publishes, or null as long as nobody knows; asked before each try
   */
  ZmqNotices(Supplier<@Nullable InetSocketAddress> place, Set<Runnable> listeners) {
    this.place = place;
    this.listeners = listeners;
  }

  void start() {
    Thread thread = new Thread(this::run, "zmq-notices");
    thread.setDaemon(true);
    thread.start();
  }

  /** Whether the node would tell us now. */
  boolean connected() {
    return connected;
  }

  private void run() {
    int wait = 1;
    while (!closed) {
      InetSocketAddress address = place.get();
      if (address != null) {
        try {
          listen(address);
        } catch (IOException e) {
          if (connected) {
            LOG.warn("The node's notices at {} ended: {}", address, e.getMessage());
            wait = 1;
          }
        }
        connected = false;
      }
      try {
        TimeUnit.SECONDS.sleep(wait);
      } catch (InterruptedException e) {
        return;
      }
      wait = Math.min(30, 2 * wait);
    }
  }

  private void listen(InetSocketAddress address) throws IOException {
    try (Socket socket = new Socket()) {
      current = socket;
      socket.connect(new InetSocketAddress(address.getHostString(), address.getPort()), CONNECT_MS);
      socket.setKeepAlive(true);
      socket.setSoTimeout(CONNECT_MS);
      OutputStream out = socket.getOutputStream();
      DataInputStream in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
      greet(out, in);
      socket.setSoTimeout(0); // a quiet network says nothing for long
      LOG.info("The node tells what is new at {}", address);
      connected = true;
      listeners.forEach(Runnable::run); // what came before
      while (!closed) {
        if (receive(in)) {
          listeners.forEach(Runnable::run);
        }
      }
    }
  }

  private static void greet(OutputStream out, DataInputStream in) throws IOException {
    byte[] greeting = new byte[64];
    greeting[0] = (byte) 0xff;
    greeting[9] = 0x7f;
    greeting[10] = 3;
    System.arraycopy("NULL".getBytes(StandardCharsets.US_ASCII), 0, greeting, 12, 4);
    out.write(greeting);
    out.flush();
    byte[] theirs = new byte[64];
    in.readFully(theirs);
    if (theirs[0] != (byte) 0xff || (theirs[9] & 1) == 0 || theirs[10] < 3) {
      throw new IOException("not a ZMTP 3 publisher");
    }
    ByteArrayOutputStream ready = new ByteArrayOutputStream();
    ready.write(5);
    ready.writeBytes("READY".getBytes(StandardCharsets.US_ASCII));
    ready.write(11);
    ready.writeBytes("Socket-Type".getBytes(StandardCharsets.US_ASCII));
    ready.writeBytes(new byte[] {0, 0, 0, 3});
    ready.writeBytes("SUB".getBytes(StandardCharsets.US_ASCII));
    frame(out, COMMAND, ready.toByteArray());
    receive(in); // its READY
    for (String topic : TOPICS) {
      byte[] name = topic.getBytes(StandardCharsets.US_ASCII);
      byte[] subscribe = new byte[name.length + 1];
      subscribe[0] = 1;
      System.arraycopy(name, 0, subscribe, 1, name.length);
      frame(out, 0, subscribe);
    }
  }

  private static void frame(OutputStream out, int flags, byte[] body) throws IOException {
    out.write(flags);
    out.write(body.length);
    out.write(body);
    out.flush();
  }

  /** Reads one frame; tells whether it ended a message. */
  private static boolean receive(DataInputStream in) throws IOException {
    int flags = in.readUnsignedByte();
    long length = (flags & LONG) == 0 ? in.readUnsignedByte() : in.readLong();
    if (length < 0 || length > MOST) {
      throw new IOException("a frame of " + length + " bytes");
    }
    in.skipNBytes(length);
    return (flags & (MORE | COMMAND)) == 0;
  }

  @Override
  public void close() {
    closed = true;
    Socket open = current;
    if (open != null) {
      try {
        open.close();
      } catch (IOException e) {
        LOG.debug("The notices' socket did not close", e);
      }
    }
  }
}
