package org.trefoil.server.store;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.trefoil.server.cluster.Cluster.Topic;
import org.trefoil.server.durable.StoreUnavailable;

/**
 * Sends words to the other processes, by {@code NOTIFY}, on a thread of its own: nobody who has
 * something to tell waits for it, and nothing that is to be told fails for it.
 */
final class Words implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Words.class);
  private static final int MOST_WAITING = 10_000;
  private static final int AT_ONCE = 100;
  private static final long AGAIN_MS = 500;

  /** What is to be told within so many milliseconds goes out together. */
  private static final long GATHER_MS = 25;

  private final Database database;
  private final String from;
  private final BlockingQueue<String> waiting = new LinkedBlockingQueue<>(MOST_WAITING);
  private final Thread thread = new Thread(this::send, "cluster-words");
  private volatile boolean closed;

  /**
   * @param from what this process calls itself
   */
  Words(Database database, String from) {
    this.database = database;
    this.from = from;
    thread.setDaemon(true);
    thread.start();
  }

  void tell(Topic topic, String text) {
    database.afterCommit(
        () -> {
          if (!waiting.offer(from + " " + topic.name() + " " + text)) {
            LOG.warn("Too many words wait to be sent to the other servers; one was dropped");
          }
        });
  }

  private void send() {
    try {
      while (!closed) {
        Set<String> words = new LinkedHashSet<>();
        words.add(waiting.take());
        Thread.sleep(GATHER_MS);
        waiting.drainTo(words, AT_ONCE);
        while (!closed && !sent(List.copyOf(words))) {
          Thread.sleep(AGAIN_MS);
        }
      }
    } catch (InterruptedException e) {
      LOG.debug("No more words");
    }
  }

  private boolean sent(List<String> words) {
    try {
      database.use(handle -> notify(handle, words));
      return true;
    } catch (StoreUnavailable e) {
      return false;
    } catch (RuntimeException e) {
      LOG.error("Words to the other servers were lost", e);
      return true;
    }
  }

  private static void notify(Handle handle, List<String> words) {
    handle
        .createQuery("SELECT pg_notify(:channel, word) FROM unnest(:words) AS word")
        .bind("channel", PostgresCluster.CHANNEL)
        .bindArray("words", String.class, words)
        .mapTo(String.class)
        .list();
  }

  @Override
  public void close() {
    closed = true;
    thread.interrupt();
    try {
      thread.join(5_000);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
