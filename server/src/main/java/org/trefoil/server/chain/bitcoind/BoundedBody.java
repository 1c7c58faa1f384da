package org.trefoil.server.chain.bitcoind;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/**
 * Takes the body of an answer up to {@value #MOST} bytes; a longer one fails and ends its
 * connection. The longest that a node has reason to send are a hundred of the largest transactions
 * that it relays, in hexadecimal.
 */
final class BoundedBody<T> implements BodySubscriber<T> {
  static final int MOST = 100_000_000;

  /** The body went on behind the limit. */
  static final class TooLong extends IOException {
    private static final long serialVersionUID = 1L;

    TooLong() {
      super("an answer of more than " + MOST + " bytes");
    }
  }

  /** What becomes of a body, piece by piece. */
  interface Reading<T> {
    void add(byte[] piece);

    /** After the last piece. */
    T whole();
  }

  private final Reading<T> reading;
  private final CompletableFuture<T> body = new CompletableFuture<>();
  private Flow.@Nullable Subscription subscription;
  private long taken;

  BoundedBody(Reading<T> reading) {
    this.reading = reading;
  }

  /** A body that is kept as it is. */
  static BoundedBody<byte[]> ofBytes() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    return new BoundedBody<>(
        new Reading<>() {
          @Override
          public void add(byte[] piece) {
            bytes.writeBytes(piece);
          }

          @Override
          public byte[] whole() {
            return bytes.toByteArray();
          }
        });
  }

  @Override
  public CompletionStage<T> getBody() {
    return body;
  }

  @Override
  public void onSubscribe(Flow.Subscription to) {
    subscription = to;
    to.request(Long.MAX_VALUE);
  }

  @Override
  public void onNext(List<ByteBuffer> pieces) {
    for (ByteBuffer piece : pieces) {
      taken += piece.remaining();
      if (taken > MOST) {
        tooLong();
        return;
      }
      byte[] bytes = new byte[piece.remaining()];
      piece.get(bytes);
      reading.add(bytes);
    }
  }

  private void tooLong() {
    Flow.Subscription running = subscription;
    if (running != null) {
      running.cancel();
    }
    body.completeExceptionally(new TooLong());
  }

  @Override
  public void onError(Throwable e) {
    body.completeExceptionally(e);
  }

  @Override
  public void onComplete() {
    if (taken <= MOST) {
      body.complete(reading.whole());
    }
  }
}
