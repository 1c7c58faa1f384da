package org.trefoil.server.app;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * HTTP/1.1 over one kept connection for each thread, and no more of it than a benchmark needs: what
 * makes the load shares the machine with what is measured.
 */
final class LoadClient {
  /** An answer whose first cookie, if any, is {@code name=value}. */
  record Answer(int status, @Nullable String cookie, String body) {}

  private final String site;
  private final String host;
  private final int port;
  private final ThreadLocal<@Nullable Socket> line = new ThreadLocal<>();
  private final ThreadLocal<@Nullable InputStream> incoming = new ThreadLocal<>();

  LoadClient(String site) {
    this.site = site;
    URI uri = URI.create(site);
    this.host = uri.getHost();
    this.port = uri.getPort();
  }

  /** Where it calls: {@code http://host:port}. */
  String site() {
    return site;
  }

  /** Sends a request with such header lines, each ended by CRLF, and waits for the answer. */
  Answer call(String method, String path, String headers, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    String head =
        method
            + " "
            + path
            + " HTTP/1.1\r\nHost: "
            + host
            + ":"
            + port
            + "\r\n"
            + headers
            + (method.equals("GET") ? "" : "Content-Length: " + bytes.length + "\r\n")
            + "\r\n";
    ByteArrayOutputStream whole = new ByteArrayOutputStream();
    whole.writeBytes(head.getBytes(StandardCharsets.ISO_8859_1));
    whole.writeBytes(bytes);
    Socket socket = line.get();
    if (socket == null) {
      socket = new Socket(host, port);
      socket.setTcpNoDelay(true);
      line.set(socket);
      incoming.set(new BufferedInputStream(socket.getInputStream()));
    }
    socket.getOutputStream().write(whole.toByteArray());
    InputStream in = incoming.get();
    if (in == null) {
      throw new IllegalStateException("no line");
    }
    return read(in);
  }

  private Answer read(InputStream in) throws IOException {
    int status = Integer.parseInt(headLine(in).split(" ")[1]);
    String cookie = null;
    int length = 0;
    boolean chunked = false;
    boolean ends = false;
    for (String header = headLine(in); !header.isEmpty(); header = headLine(in)) {
      int colon = header.indexOf(':');
      String value = header.substring(colon + 1).strip();
      switch (header.substring(0, colon).toLowerCase(Locale.ROOT)) {
        case "set-cookie" ->
            cookie = cookie == null ? value.substring(0, value.indexOf(';')) : cookie;
        case "content-length" -> length = Integer.parseInt(value);
        case "transfer-encoding" -> chunked = true;
        case "connection" -> ends = value.equals("close");
        default -> {}
      }
    }
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    while (chunked) {
      int size = Integer.parseInt(headLine(in), 16);
      body.writeBytes(exactly(in, size));
      headLine(in);
      chunked = size > 0;
    }
    body.writeBytes(exactly(in, length));
    if (ends) {
      line.remove();
    }
    return new Answer(status, cookie, body.toString(StandardCharsets.UTF_8));
  }

  private static byte[] exactly(InputStream in, int length) throws IOException {
    byte[] bytes = in.readNBytes(length);
    if (bytes.length < length) {
      throw new EOFException("the answer broke off");
    }
    return bytes;
  }

  private static String headLine(InputStream in) throws IOException {
    StringBuilder text = new StringBuilder();
    for (int c = in.read(); c != '\n'; c = in.read()) {
      if (c < 0) {
        throw new EOFException("the answer broke off");
      }
      if (c != '\r') {
        text.append((char) c);
      }
    }
    return text.toString();
  }
}
