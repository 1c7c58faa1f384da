package org.trefoil.server.secondfactor;

/** Hears, inside the transaction that does it, what became of recovery codes. */
public interface FactorNews {
  void recoveryUsed(String accountId, int left);

  void recoveryRenewed(String accountId);
}
