package org.trefoil.core;

/** A refusal on its way to the person who caused it; its message is the token, never the input. */
public final class RefusedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Refusal refusal;

  public RefusedException(Refusal refusal) {
    super(refusal.token());
    this.refusal = refusal;
  }

  public Refusal refusal() {
    return refusal;
  }
}
