package org.trefoil.server.signer;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Messages on the socket: four bytes of length, big-endian, then so much UTF-8. */
final class Frames {
  /** A half-signed transaction of the most bytes, in base64, with room around it. */
  static final int MOST = 1_500_000;

  private static final int STEP = 64 * 1024;

  private Frames() {}

  /**
   * Reads one; memory grows with what came, not with what was announced.
   *
   * @throws IOException when it is longer than {@link #MOST}, or ends before its end
   */
  static String read(ByteChannel from) throws IOException {
    int length = fill(from, ByteBuffer.allocate(Integer.BYTES)).getInt();
    if (length < 0 || length > MOST) {
      throw new IOException("a message of " + length + " bytes");
    }
    byte[] all = new byte[Math.min(length, STEP)];
    int have = 0;
    while (have < length) {
      if (have == all.length) {
        all = Arrays.copyOf(all, Math.min(length, 2 * all.length));
      }
      ByteBuffer rest = ByteBuffer.wrap(all, have, Math.min(all.length, length) - have);
      int read = from.read(rest);
      if (read < 0) {
        throw new EOFException("a message without its end");
      }
      have += read;
    }
    return new String(all, 0, have, StandardCharsets.UTF_8);
  }

  private static ByteBuffer fill(ByteChannel from, ByteBuffer buffer) throws IOException {
    while (buffer.hasRemaining()) {
      if (from.read(buffer) < 0) {
        throw new EOFException("no message");
      }
    }
    return buffer.flip();
  }

  static void write(ByteChannel to, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    ByteBuffer buffer = ByteBuffer.allocate(Integer.BYTES + bytes.length);
    buffer.putInt(bytes.length).put(bytes).flip();
    while (buffer.hasRemaining()) {
      to.write(buffer);
    }
  }
}
