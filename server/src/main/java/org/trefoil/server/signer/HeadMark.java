package org.trefoil.server.signer;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * The newest head of a journal, in a file of its own. Guarantee: it was never ahead of the journal.
 * Limit: after a loss of power it may be older than what it was told last; a process that ends
 * loses nothing of it.
 */
final class HeadMark implements AutoCloseable {
  private final FileChannel file;

  private HeadMark(FileChannel file) {
    this.file = file;
  }

  /** What a file says; null where there is none. */
  static @Nullable Head find(Path path) throws IOException {
    return Files.exists(path)
        ? Head.read(Files.readString(path, StandardCharsets.US_ASCII).strip())
        : null;
  }

  static HeadMark open(Path path) throws IOException {
    return new HeadMark(
        FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE));
  }

  void raise(Head head) throws IOException {
    ByteBuffer text = ByteBuffer.wrap((head.text() + "\n").getBytes(StandardCharsets.US_ASCII));
    long at = 0;
    while (text.hasRemaining()) {
      at += file.write(text, at);
    }
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
