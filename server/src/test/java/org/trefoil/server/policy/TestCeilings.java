package org.trefoil.server.policy;

/** What the operator of a test's server lets wallets send. */
public final class TestCeilings {
  /** A server without limits of its own. */
  public static final Ceilings NONE = new Ceilings(null, null);

  private TestCeilings() {}
}
