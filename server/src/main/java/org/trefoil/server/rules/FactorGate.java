package org.trefoil.server.rules;

import java.util.Optional;
import org.trefoil.core.keys.Cosigners;
import org.trefoil.core.wire.PolicyDocument;
import org.trefoil.core.wire.RuleReceipt;
import org.trefoil.server.cosign.OwnKeys;
import org.trefoil.server.secondfactor.SecondFactors;
import org.trefoil.server.secondfactor.Verdict;

/** Asks for the second factor where a change of rules takes one. */
public final class FactorGate implements RuleGate {
  private final SecondFactors factors;
  private final OwnKeys keys;

  public FactorGate(SecondFactors factors, OwnKeys keys) {
    this.factors = factors;
    this.keys = keys;
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

  @Override
  public Optional<PolicyDocument> after(String walletId, int version) {
    return Optional.empty();
  }

  @Override
  public RuleReceipt receipt(String walletId, Cosigners cosigners, byte[] nonce, RuleReceipt here) {
    return keys.receipt(walletId, cosigners, nonce, here);
  }
}
