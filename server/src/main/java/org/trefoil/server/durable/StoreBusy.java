package org.trefoil.server.durable;

/** Others held what the work needs for too long, tried again or not; nothing was written. */
public final class StoreBusy extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public StoreBusy(Throwable cause) {
    super("The database is too busy with the same rows: " + cause.getMessage(), cause);
  }
}
