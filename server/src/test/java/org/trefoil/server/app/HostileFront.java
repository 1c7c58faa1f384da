package org.trefoil.server.app;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.trefoil.core.wire.Json;
import org.trefoil.core.wire.JsonObject;

/** Somebody who has the signer's socket, and says there whatever he likes. */
record HostileFront(Path socket) {
  /** What was answered. */
  Json ask(JsonObject request) {
    try {
      return Json.parse(send(request.json().write().getBytes(StandardCharsets.UTF_8)), 2_000_000);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The token of the refusal; {@code done} when there was none. */
  String says(JsonObject request) {
    Json answer = ask(request);
    return answer.pick(
        f -> {
          String no = f.optionalText("no");
          return no == null ? "done" : no;
        });
  }

  /** Sends one message whole, and reads what comes. */
  String send(byte[] message) throws IOException {
    ByteBuffer all = ByteBuffer.allocate(4 + message.length).putInt(message.length).put(message);
    return sendRaw(all.array());
  }

  /** Sends bytes as they are, and reads one message. */
  String sendRaw(byte[] bytes) throws IOException {
    try (SocketChannel channel = open()) {
      ByteBuffer out = ByteBuffer.wrap(bytes);
      while (out.hasRemaining()) {
        channel.write(out);
      }
      ByteBuffer length = read(channel, 4);
      byte[] text = read(channel, length.getInt()).array();
      return new String(text, StandardCharsets.UTF_8);
    }
  }

  SocketChannel open() throws IOException {
    return SocketChannel.open(UnixDomainSocketAddress.of(socket));
  }

  private static ByteBuffer read(SocketChannel channel, int bytes) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(bytes);
    while (buffer.hasRemaining()) {
      if (channel.read(buffer) < 0) {
        throw new IOException("closed");
      }
    }
    return buffer.flip();
  }
}
