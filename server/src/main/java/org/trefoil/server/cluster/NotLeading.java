package org.trefoil.server.cluster;

/** Something that only the leading process may write was not written: another one leads. */
public final class NotLeading extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public NotLeading() {
    super("Another server leads");
  }
}
