package org.trefoil.server.signer;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.GroupPrincipal;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipalNotFoundException;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.Semaphore;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The Unix socket on which a signer listens: one request and one answer on each connection, each
 * within ten seconds, and no more than {@value #MOST} at a time. Only its owner can open it, or the
 * group that the operator names.
 */
final class SignerSocket implements AutoCloseable {
  static final int MOST = 64;

  private static final Logger LOG = LoggerFactory.getLogger(SignerSocket.class);
  private static final Duration WITHIN = Duration.ofSeconds(10);

  private final Path path;
  private final ServerSocketChannel listening;
  private final UnaryOperator<String> answers;
  private final Executor requests;
  private final Semaphore free = new Semaphore(MOST);
  private final Deadlines deadlines = new Deadlines("signer-deadlines");

  private SignerSocket(
      Path path, ServerSocketChannel listening, UnaryOperator<String> answers, Executor requests) {
    this.path = path;
    this.listening = listening;
    this.answers = answers;
    this.requests = requests;
  }

  /**
   * Listens.
   *
   * @param group whose members may open the socket as well; null for nobody
   * @param requests runs each, beside the others
   * @throws SignerRefused when there is something else at that place, or no such group
   */
  static SignerSocket open(
      Path path, @Nullable String group, UnaryOperator<String> answers, Executor requests)
      throws IOException {
    clear(path);
    ServerSocketChannel listening = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    try {
      listening.bind(UnixDomainSocketAddress.of(path));
      protect(path, group);
      SignerSocket socket = new SignerSocket(path, listening, answers, requests);
      new Threads("signer-accept").execute(socket::accept);
      return socket;
    } catch (IOException | RuntimeException e) {
      listening.close();
      throw e;
    }
  }

  /** Removes what a signer left that was killed; refuses to remove anything else. */
  private static void clear(Path path) throws IOException {
    if (Files.exists(path)) {
      if (Files.isRegularFile(path) || Files.isDirectory(path)) {
        throw new SignerRefused("There is something else at " + path + ", where the socket goes.");
      }
      Files.delete(path);
    }
  }

  private static void protect(Path path, @Nullable String group) throws IOException {
    if (group != null) {
      Files.getFileAttributeView(path, PosixFileAttributeView.class).setGroup(named(path, group));
    }
    Files.setPosixFilePermissions(
        path, PosixFilePermissions.fromString(group == null ? "rw-------" : "rw-rw----"));
  }

  private static GroupPrincipal named(Path path, String group) throws IOException {
    try {
      return path.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByGroupName(group);
    } catch (UserPrincipalNotFoundException e) {
      throw new SignerRefused("There is no group " + group + " that could be given the socket.");
    }
  }

  private void accept() {
    while (listening.isOpen()) {
      try {
        begin(listening.accept());
      } catch (AsynchronousCloseException e) {
        return;
      } catch (IOException e) {
        LOG.warn("A connection could not be taken", e);
        pause();
      }
    }
  }

  private void begin(SocketChannel channel) throws IOException {
    if (!free.tryAcquire()) {
      channel.close();
      return;
    }
    try {
      requests.execute(() -> serve(channel));
    } catch (OutOfMemoryError e) { // what a thread is that the system does not give
      free.release();
      channel.close();
      throw new IOException(e);
    }
  }

  private static void pause() {
    try {
      Thread.sleep(100);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void serve(SocketChannel channel) {
    try (channel) {
      ScheduledFuture<?> deadline = deadlines.close(channel, WITHIN);
      try {
        Frames.write(channel, answers.apply(Frames.read(channel)));
      } finally {
        deadline.cancel(false);
      }
    } catch (IOException e) {
      LOG.debug("A connection ended", e);
    } finally {
      free.release();
    }
  }

  @Override
  public void close() {
    try {
      listening.close();
      Files.deleteIfExists(path);
    } catch (IOException e) {
      LOG.warn("The socket {} could not be closed", path, e);
    }
    deadlines.close();
  }
}
