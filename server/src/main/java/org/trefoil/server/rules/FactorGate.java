package org.trefoil.server.rules;

import org.trefoil.core.wire.PolicyDocument;
import org.trefoil.server.secondfactor.SecondFactors;
import org.trefoil.server.secondfactor.Verdict;

/** Asks for the second factor where a change of rules takes one. */
public final class FactorGate implements RuleGate {
  private final SecondFactors factors;

  public FactorGate(SecondFactors factors) {
    this.factors = factors;
  }

  @Override
  public Verdict sign(
      String walletId, String accountId, PolicyDocument document, String code, byte[] digest) {
    return factors.use(accountId, code, digest);
  }

  @Override
  public void cancel(String walletId, int version) {}

  @Override
  public void stop(String walletId) {}

  @Override
  public Verdict thaw(String walletId, String accountId, String code) {
    return factors.use(accountId, code);
  }
}
