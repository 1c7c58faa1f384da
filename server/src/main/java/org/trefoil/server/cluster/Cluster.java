package org.trefoil.server.cluster;

import java.util.function.Consumer;

/**
 * The processes that share this one's database.
 *
 * <p>At any time at most one leads: it follows the chain and does what time starts. Leading is told
 * from moment to moment and may be over at the next one; that two never write as leaders is held by
 * the store, not by asking here.
 */
public interface Cluster {
  /** A process that has its database to itself. */
  Cluster ALONE = new Alone();

  /** What a word between processes is about. */
  enum Topic {
    /** A wallet changed; the text says which, and which of its transactions. */
    WALLET,
    /** The followed tip moved. */
    TIP,
    /** There is something to follow: whoever leads should look at the chain. */
    LOOK
  }

  /** Whether this process leads. */
  boolean leads();

  /**
   * Calls {@code listener}, which must not block, whenever this process begins or ceases to lead.
   */
  void onTurn(Runnable listener);

  /**
   * Tells all other processes, soon after the thread's transaction is on disk.
   *
   * @param text at most {@value #MOST_CHARS} printable characters
   */
  void tell(Topic topic, String text);

  /** Calls {@code listener} with what others tell; one thread calls all of them. */
  void hear(Topic topic, Consumer<String> listener);

  /** Calls {@code listener} when words may have been lost, and so anything may have changed. */
  void onGap(Runnable listener);

  /** The longest text that a word may have. */
  int MOST_CHARS = 7_000;
}
