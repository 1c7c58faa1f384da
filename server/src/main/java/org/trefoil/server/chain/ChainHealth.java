package org.trefoil.server.chain;

import java.util.Locale;
import org.trefoil.core.Refusal;
import org.trefoil.core.Token;

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
    GARBLED;

    /** As refusals, metrics and the operator's page name it: {@code wrong_network}. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Whether something may be signed on what we know of the chain. */
  public boolean fine() {
    return state == State.FINE;
  }

  /** The refusal of whatever needs a chain that is well; its sentence goes by the state. */
  public Refusal refusal() {
    return Refusal.of(Token.CHAIN_UNAVAILABLE, "state", state.word());
  }
}
