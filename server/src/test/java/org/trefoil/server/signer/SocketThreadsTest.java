package org.trefoil.server.signer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A signer that is given no thread for a request answers the next one that it is given one for. */
class SocketThreadsTest {
  @Test
  void whereNoThreadIsGivenTheNextRequestIsAnswered(@TempDir Path folder) throws IOException {
    AtomicInteger asked = new AtomicInteger();
    Path path = folder.resolve("s");
    Threads threads = new Threads("request");
    int inVain = SignerSocket.MOST + 1; // more than are answered at a time
    try (SignerSocket socket =
        SignerSocket.open(
            path,
            null,
            request -> "answer to " + request,
            work -> {
              if (asked.incrementAndGet() <= inVain) {
                throw new OutOfMemoryError("unable to create native thread");
              }
              threads.execute(work);
            })) {
      for (int i = 0; i < inVain; i++) {
        assertThatThrownBy(() -> ask(path)).isInstanceOf(IOException.class);
      }
      assertThat(ask(path)).isEqualTo("answer to question");
    }
  }

  private static String ask(Path path) throws IOException {
    try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(path))) {
      Frames.write(channel, "question");
      return Frames.read(channel);
    }
  }
}
