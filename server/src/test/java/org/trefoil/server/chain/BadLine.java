package org.trefoil.server.chain;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;

/** A line to a node's RPC that can be made bad, and whole again. */
public final class BadLine implements AutoCloseable {
  /** What becomes of an answer. */
  public enum Way {
    /** It arrives. */
    WHOLE,
    /** Connections are taken, and neither questions nor answers pass: half open. */
    SILENT,
    /** It arrives a second late. */
    LATE,
    /** It arrives byte by byte. */
    DRIPS,
    /** Its head arrives, then byte by byte the rest. */
    DRIPS_BELOW_ITS_HEAD,
    /** Half of it arrives, and then nothing more. */
    STOPS,
    /** Half of it arrives, then the connection ends. */
    CUT,
    /** What arrives instead never ends. */
    ENDLESS
  }

  private static final byte[] HEAD =
      "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n{\"result\":\""
          .getBytes(StandardCharsets.US_ASCII);

  private final ServerSocket ears = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  private final URI node;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final Semaphore swallowed = new Semaphore(0);
  private volatile Way way = Way.WHOLE;
  private volatile String method = "";

  public BadLine(URI node) throws IOException {
    this.node = node;
    daemon(this::listen);
  }

  public URI address() {
    return URI.create("http://127.0.0.1:" + ears.getLocalPort());
  }

  /** From now on this becomes of every answer. */
  public void be(Way now) {
    be(now, "");
  }

  /** From now on this becomes of the answers to this method, and all others arrive. */
  public void be(Way now, String of) {
    method = of;
    swallowed.drainPermits();
    way = now;
  }

  /** Waits until the silence has swallowed a question. */
  public void awaitSwallowed() throws InterruptedException {
    swallowed.acquire();
  }

  private static void daemon(Runnable work) {
    Thread thread = new Thread(work, "bad-line");
    thread.setDaemon(true);
    thread.start();
  }

  private void listen() {
    try {
      while (true) {
        Socket asker = ears.accept();
        Socket answerer = new Socket(node.getHost(), node.getPort());
        asker.setTcpNoDelay(true);
        answerer.setTcpNoDelay(true);
        open.add(asker);
        open.add(answerer);
        Pair pair = new Pair(asker, answerer);
        daemon(pair::questions);
        daemon(pair::answers);
      }
    } catch (IOException e) {
      // closed
    }
  }

  /** Both ways of one connection. */
  private final class Pair {
    private final Socket asker;
    private final Socket answerer;
    private volatile String asked = "";

    Pair(Socket asker, Socket answerer) {
      this.asker = asker;
      this.answerer = answerer;
    }

    private Way way() {
      return asked.contains("\"" + method) ? way : Way.WHOLE;
    }

    private void questions() {
      byte[] piece = new byte[65_536];
      try (asker;
          answerer) {
        InputStream in = asker.getInputStream();
        OutputStream out = answerer.getOutputStream();
        for (int n = in.read(piece); n >= 0; n = in.read(piece)) {
          asked += new String(piece, 0, n, StandardCharsets.ISO_8859_1);
          if (way() == Way.SILENT) {
            swallowed.release();
          } else {
            out.write(piece, 0, n);
          }
        }
      } catch (IOException e) {
        // the other end is gone
      }
    }

    private void answers() {
      byte[] piece = new byte[65_536];
      try (asker;
          answerer) {
        InputStream in = answerer.getInputStream();
        OutputStream out = asker.getOutputStream();
        for (int n = in.read(piece); n >= 0; n = in.read(piece)) {
          Way now = way();
          asked = "";
          pass(now, piece, n, out);
          if (now == Way.CUT) {
            return;
          }
        }
      } catch (IOException e) {
        // the other end is gone
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }

    private void pass(Way now, byte[] piece, int n, OutputStream out)
        throws IOException, InterruptedException {
      switch (now) {
        case WHOLE -> out.write(piece, 0, n);
        case SILENT -> swallowed.release();
        case LATE -> {
          Thread.sleep(1_000);
          out.write(piece, 0, n);
        }
        case DRIPS -> drip(piece, 0, n, out);
        case DRIPS_BELOW_ITS_HEAD -> {
          int head = new String(piece, 0, n, StandardCharsets.ISO_8859_1).indexOf("\r\n\r\n") + 4;
          int body = head < 4 ? 0 : head;
          out.write(piece, 0, body);
          drip(piece, body, n, out);
        }
        case CUT, STOPS -> out.write(piece, 0, n / 2);
        case ENDLESS -> {
          out.write(HEAD);
          while (true) {
            out.write(piece);
          }
        }
      }
    }
  }

  private static void drip(byte[] piece, int from, int to, OutputStream out)
      throws IOException, InterruptedException {
    for (int i = from; i < to; i++) {
      out.write(piece, i, 1);
      out.flush();
      Thread.sleep(10);
    }
  }

  @Override
  public void close() throws IOException {
    ears.close();
    for (Socket socket : open) {
      socket.close();
    }
  }
}
