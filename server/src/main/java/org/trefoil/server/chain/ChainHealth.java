package org.trefoil.server.chain;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import org.trefoil.core.Refusal;
import org.trefoil.core.Token;
import org.trefoil.core.units.Network;

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

  /**
   * How old the newest block may be. Three hours without a block happen on mainnet once in some
   * thousand years (e⁻¹⁸ for each block); on signet and testnet anything happens, and on regtest
   * blocks come when somebody asks for one.
   */
  public static Duration oldestTip(Network network) {
    return network == Network.REGTEST ? Duration.ofDays(36_500) : Duration.ofHours(3);
  }

  /** Stale when {@code tip}, the newest block, is older than {@code oldest}. */
  public static ChainHealth ofAge(Tip tip, Instant now, Duration oldest) {
    long age = now.getEpochSecond() - tip.time();
    return age > oldest.toSeconds()
        ? new ChainHealth(State.STALE, "The newest block is " + age / 60 + " minutes old.")
        : FINE;
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
