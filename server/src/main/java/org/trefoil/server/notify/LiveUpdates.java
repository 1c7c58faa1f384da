package org.trefoil.server.notify;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.trefoil.server.cluster.Cluster;
import org.trefoil.server.cluster.Cluster.Topic;

/**
 * Tells listeners that a wallet changed: those of this process at once, those of the other
 * processes on the same database by a word to them.
 *
 * <p>Listeners are called on the publishing thread and must only hand the change on (to a queue);
 * one that throws is dropped. Nothing is remembered: a listener reads the state itself when it
 * subscribes. When words of other processes may have been lost, every listener is told to look.
 */
public final class LiveUpdates {
  private static final Logger LOG = LoggerFactory.getLogger(LiveUpdates.class);

  private final Cluster cluster;
  private final Map<String, List<Consumer<WalletChange>>> listeners = new ConcurrentHashMap<>();

  public LiveUpdates(Cluster cluster) {
    this.cluster = cluster;
    cluster.hear(Topic.WALLET, text -> tell(WalletChange.ofText(text)));
    cluster.hear(Topic.TIP, text -> tellAll());
    cluster.onGap(this::tellAll);
  }

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
    tell(change);
    change.texts().forEach(text -> cluster.tell(Topic.WALLET, text));
  }

  /** Tells every listener that the tip moved. */
  public void publishTip() {
    tellAll();
    cluster.tell(Topic.TIP, "");
  }

  /** Has every listener of this process look again. */
  public void tellAll() {
    for (String walletId : listeners.keySet()) {
      tell(new WalletChange(walletId, List.of()));
    }
  }

  /** Wallets with at least one listener. */
  public int watched() {
    return listeners.size();
  }

  private void tell(WalletChange change) {
    for (Consumer<WalletChange> listener : listeners.getOrDefault(change.walletId(), List.of())) {
      try {
        listener.accept(change);
      } catch (RuntimeException e) {
        LOG.debug("A listener of wallet {} was dropped", change.walletId(), e);
        drop(change.walletId(), listener);
      }
    }
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
