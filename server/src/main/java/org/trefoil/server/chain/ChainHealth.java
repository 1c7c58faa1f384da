package org.trefoil.server.chain;

/**
 * Whether the chain can be relied on now.
 *
 * @param state one word for machines
 * @param detail one sentence for the operator, empty when all is well
 */
public record ChainHealth(State state, String detail) {
  public static final ChainHealth FINE = new ChainHealth(State.FINE, "");

  /** What may be wrong. */
  public enum State {
    /** Follows the tip. */
    FINE,
    /** The node has not got all blocks yet, or the index has not followed them yet. */
    SYNCING,
    /** There has been no new block for too long. */
    STALE,
    /** Nobody answers, or not in time. */
    UNREACHABLE,
    /** It does not let us in: wrong user, password or cookie. */
    DENIED,
    /** It is a node of another chain. */
    WRONG_NETWORK,
    /** It threw away blocks that we need. */
    PRUNED,
    /** Its answers make no sense. */
    GARBLED
  }

  /** Whether something may be signed on what we know of the chain. */
  public boolean fine() {
    return state == State.FINE;
  }
}
