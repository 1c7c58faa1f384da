package org.trefoil.server.chain.bitcoind;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.LongFunction;
import org.trefoil.server.chain.ChainHealth;
import org.trefoil.server.chain.ChainUnavailable;

/**
 * HTTP to a node, in the thread of whoever asks: each call of a send is on the way of a person who
 * waits, and every hand-over to another thread costs as much as the call. Lines are kept open by
 * the JDK, which asks once more where one of them died before the answer; what is asked of a node
 * may be asked twice. A body is taken up to {@value #MOST} bytes, the longest that a node has
 * reason to send: a hundred of the largest transactions that it relays, in hexadecimal.
 */
final class NodeLine {
  static final int MOST = 100_000_000;

  private static final Duration CONNECT = Duration.ofSeconds(5);
  private static final int PIECE = 16_384;
  private static final int TOO_BUSY = 503;

  /** Ends what takes too long to its head; a socket's own limit begins anew with every byte. */
  private static final ScheduledThreadPoolExecutor WATCH = watch();

  /** What becomes of a body, piece by piece. */
  interface Reading<T> {
    /** Takes the first {@code length} bytes; the array is written anew for the next piece. */
    void add(byte[] piece, int length);

    /** After the last piece. */
    T whole();
  }

  private final URI address;
  private final NodeLogin login;
  private final Duration patience;

  /**
   * @param patience how long an answer may take; where it stops in its midst, twice that
   */
  NodeLine(URI address, NodeLogin login, Duration patience) {
    this.address = address;
    this.login = login;
    this.patience = patience;
  }

  /** Posts JSON and gives back the answer's text. */
  String post(String body) {
    return new String(post(body, length -> new Kept()), StandardCharsets.UTF_8);
  }

  /**
   * Posts JSON.
   *
   * @param reading takes the length that the answer says it has, −1 when it does not
   */
  <T> T post(String body, LongFunction<Reading<T>> reading) {
    try {
      HttpURLConnection line = open();
      long deadline = System.nanoTime() + patience.toNanos();
      int status = ask(line, body);
      if (status == HttpURLConnection.HTTP_UNAUTHORIZED
          || status == HttpURLConnection.HTTP_FORBIDDEN) {
        line.disconnect();
        throw new ChainUnavailable(
            ChainHealth.State.DENIED, "The node does not know our user and password.");
      }
      if (status == TOO_BUSY) {
        line.disconnect();
        throw new ChainUnavailable(
            ChainHealth.State.UNREACHABLE, "The node at " + place() + " has too much to do.");
      }
      return answer(line, status, deadline, reading);
    } catch (IOException e) {
      throw new ChainUnavailable(
          ChainHealth.State.UNREACHABLE, "The node at " + place() + " does not answer.", e);
    }
  }

  private HttpURLConnection open() throws IOException {
    // The node is ours: nobody stands between.
    HttpURLConnection line = (HttpURLConnection) address.toURL().openConnection(Proxy.NO_PROXY);
    line.setConnectTimeout((int) CONNECT.toMillis());
    line.setReadTimeout((int) patience.toMillis());
    line.setInstanceFollowRedirects(false);
    line.setUseCaches(false);
    line.setDoOutput(true);
    line.setRequestProperty("Authorization", login.header());
    line.setRequestProperty("Content-Type", "application/json");
    return line;
  }

  /** The answer's status, when its head is there. */
  private int ask(HttpURLConnection line, String body) throws IOException {
    Future<?> end = WATCH.schedule(line::disconnect, patience.toMillis(), TimeUnit.MILLISECONDS);
    try {
      try (var out = line.getOutputStream()) {
        out.write(body.getBytes(StandardCharsets.UTF_8));
      }
      return line.getResponseCode();
    } catch (RuntimeException e) {
      if (end.isDone()) {
        throw new IOException("ended in the midst", e); // the JDK's own fields are gone by then
      }
      throw e;
    } finally {
      end.cancel(false);
    }
  }

  private static <T> T answer(
      HttpURLConnection line, int status, long deadline, LongFunction<Reading<T>> reading)
      throws IOException {
    long claimed = line.getContentLengthLong();
    Reading<T> taking = reading.apply(claimed);
    InputStream answer =
        status < HttpURLConnection.HTTP_BAD_REQUEST ? line.getInputStream() : line.getErrorStream();
    if (answer != null) {
      try (answer) {
        if (take(answer, deadline, taking) < claimed) {
          throw new EOFException("the answer was cut");
        }
      }
    }
    return taking.whole();
  }

  /** How many bytes there were; one that stops takes up to twice the patience. */
  private static long take(InputStream answer, long deadline, Reading<?> taking)
      throws IOException {
    byte[] piece = new byte[PIECE];
    long taken = 0;
    for (int length; (length = answer.read(piece)) >= 0; ) {
      taken += length;
      if (taken > MOST) {
        throw NodeRpc.garbled("it does not end");
      }
      if (System.nanoTime() - deadline > 0) {
        throw new SocketTimeoutException("the answer comes too slowly");
      }
      taking.add(piece, length);
    }
    return taken;
  }

  private String place() {
    return address.getHost() + ":" + address.getPort();
  }

  private static ScheduledThreadPoolExecutor watch() {
    ScheduledThreadPoolExecutor watch =
        new ScheduledThreadPoolExecutor(
            1,
            work -> {
              Thread thread = new Thread(work, "node-watch");
              thread.setDaemon(true);
              return thread;
            });
    watch.setRemoveOnCancelPolicy(true);
    return watch;
  }

  /** A body that is kept as it is. */
  private static final class Kept implements Reading<byte[]> {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    @Override
    public void add(byte[] piece, int length) {
      bytes.write(piece, 0, length);
    }

    @Override
    public byte[] whole() {
      return bytes.toByteArray();
    }
  }
}
