package org.trefoil.server.chain.bitcoind;

import java.io.IOException;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.BodySubscribers;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/**
 * Takes the body of an answer up to {@value #MOST} bytes; a longer one fails and ends its
 * connection. The longest that a node has reason to send are a hundred of the largest transactions
 * that it relays, in hexadecimal.
 */
final class BoundedBody implements BodySubscriber<byte[]> {
  static final int MOST = 100_000_000;

  /** The body went on behind the limit. */
  static final class TooLong extends IOException {
    private static final long serialVersionUID = 1L;

    TooLong() {
      super("an answer of more than " + MOST + " bytes");
    }
  }

  private final BodySubscriber<byte[]> whole = BodySubscribers.ofByteArray();
  private Flow.@Nullable Subscription subscription;
  private long taken;

  @Override
  public CompletionStage<byte[]> getBody() {
    return whole.getBody();
  }

  @Override
  public void onSubscribe(Flow.Subscription to) {
    subscription = to;
    whole.onSubscribe(to);
  }

  @Override
  public void onNext(List<ByteBuffer> piece) {
    if (taken > MOST) {
      return;
    }
    for (ByteBuffer buffer : piece) {
      taken += buffer.remaining();
    }
    if (taken <= MOST) {
      whole.onNext(piece);
    } else {
      Flow.Subscription running = subscription;
      if (running != null) {
        running.cancel();
      }
      whole.onError(new TooLong());
    }
  }

  @Override
  public void onError(Throwable e) {
    whole.onError(e);
  }

  @Override
  public void onComplete() {
    if (taken <= MOST) {
      whole.onComplete();
    }
  }
}
