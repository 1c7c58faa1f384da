package org.trefoil.server.notify;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells listeners of this process that a wallet changed.
 *
 * <p>Listeners are called on the publishing thread and must only hand the change on (to a queue);
 * one that throws is dropped. Nothing is remembered: a listener reads the state itself when it
 * subscribes.
 */
public final class LiveUpdates {
  private static final Logger LOG = LoggerFactory.getLogger(LiveUpdates.class);

  private final Map<String, List<Consumer<WalletChange>>> listeners = new ConcurrentHashMap<>();

  /** A listener's subscription; closing it twice does nothing more. */
  public interface Subscription extends AutoCloseable {
    @Override
    void close();
  }

  /** Calls {@code listener} for each change of the wallet until the subscription is closed. */
  public Subscription subscribe(String walletId, Consumer<WalletChange> listener) {
    listeners.compute(
        walletId,
        (id, known) -> {
          List<Consumer<WalletChange>> all = known == null ? new CopyOnWriteArrayList<>() : known;
          all.add(listener);
          return all;
        });
    return () -> drop(walletId, listener);
  }

  /** Tells the wallet's listeners of a change. */
  public void publish(WalletChange change) {
    for (Consumer<WalletChange> listener : listeners.getOrDefault(change.walletId(), List.of())) {
      try {
        listener.accept(change);
      } catch (RuntimeException e) {
        LOG.debug("A listener of wallet {} was dropped", change.walletId(), e);
        drop(change.walletId(), listener);
      }
    }
  }

  /** Tells every listener that the tip moved. */
  public void publishTip() {
    for (String walletId : listeners.keySet()) {
      publish(new WalletChange(walletId, List.of()));
    }
  }

  /** Wallets with at least one listener. */
  public int watched() {
    return listeners.size();
  }

  private void drop(String walletId, Consumer<WalletChange> listener) {
    listeners.computeIfPresent(
        walletId,
        (id, known) -> {
          known.remove(listener);
          return known.isEmpty() ? null : known;
        });
  }
}
