package org.trefoil.server.signer;

import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.ScheduledFuture;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.trefoil.core.Refusal;
import org.trefoil.core.RefusedException;
import org.trefoil.core.Token;
import org.trefoil.core.wire.Fields;
import org.trefoil.core.wire.Json;
import org.trefoil.core.wire.JsonObject;

/**
 * The front's way to a signer: a connection for each request. Refuses as the signer does, and
 * {@code signer-unavailable} when it does not answer; then it may have done what it was asked, and
 * may be asked the same again.
 */
public final class SignerLine implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(SignerLine.class);
  private static final Duration WITHIN = Duration.ofSeconds(15);

  private final Path socket;
  private final Deadlines deadlines = new Deadlines("signer-line");

  private final SeenHead seen;

  /**
   * Not connected yet.
   *
   * @param folder where to keep how far the signer was; one that is not there keeps nothing
   */
  public SignerLine(Path socket, Path folder) {
    this.socket = socket;
    this.seen = new SeenHead(folder);
  }

  /** The chain that the signer is for; refuses {@code signer-unavailable}. */
  public String chain() {
    return ask(Json.object().put("op", "hello"), f -> f.text("network"));
  }

  static JsonObject op(String name) {
    return Json.object().put("op", name);
  }

  /** Asks, and reads all of the answer. */
  <T> T ask(JsonObject request, Function<Fields, T> read) {
    String answer;
    try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
      ScheduledFuture<?> deadline = deadlines.close(channel, WITHIN);
      try {
        Frames.write(channel, request.put("seen", seen.get().text()).json().write());
        answer = Frames.read(channel);
      } finally {
        deadline.cancel(false);
      }
    } catch (IOException e) {
      LOG.warn("The signer at {} does not answer: {}", socket, e.toString());
      throw Refusal.of(Token.SIGNER_UNAVAILABLE).exception();
    }
    try {
      return Json.parse(answer, Frames.MOST).read(f -> taken(f, read));
    } catch (Refused e) {
      throw e.refusal.exception();
    } catch (RefusedException e) {
      LOG.warn("The signer at {} answers in another form: {}", socket, e.getMessage());
      throw Refusal.of(Token.SIGNER_UNAVAILABLE).exception();
    }
  }

  private <T> T taken(Fields f, Function<Fields, T> read) {
    String no = f.optionalText("no");
    if (no != null) {
      throw new Refused(new Refusal(no, f.textMap("data")));
    }
    Head head = Head.read(f.text("head"));
    if (head == null) {
      throw Refusal.of(Token.WRONG_VALUE, "field", "head").exception();
    }
    T answer = read.apply(f);
    seen.raise(head);
    return answer;
  }

  /** What the signer refused, as opposed to an answer that cannot be read. */
  private static final class Refused extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final transient Refusal refusal;

    Refused(Refusal refusal) {
      this.refusal = refusal;
    }
  }

  /** Asks for what has no answer but a refusal. */
  void tell(JsonObject request) {
    ask(request, f -> Boolean.TRUE);
  }

  @Override
  public void close() {
    deadlines.close();
    seen.close();
  }
}
