package org.trefoil.server.chain;

/** The source cannot answer now; nothing is known to have changed. */
public final class ChainUnavailable extends RuntimeException {
  private final ChainHealth health;

  public ChainUnavailable(ChainHealth.State state, String detail) {
    super(state + ": " + detail);
    this.health = new ChainHealth(state, detail);
  }

  public ChainUnavailable(ChainHealth.State state, String detail, Throwable cause) {
    super(state + ": " + detail, cause);
    this.health = new ChainHealth(state, detail);
  }

  public ChainHealth health() {
    return health;
  }
}
