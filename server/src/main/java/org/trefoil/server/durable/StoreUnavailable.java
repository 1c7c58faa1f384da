package org.trefoil.server.durable;

/**
 * The database cannot be asked now: it is away, or it went away in the midst of the work. Whether a
 * commit under way at that moment took place is not known; whoever asks again with the same request
 * id learns it.
 */
public final class StoreUnavailable extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public StoreUnavailable(Throwable cause) {
    super("The database cannot be reached: " + cause.getMessage(), cause);
  }
}
