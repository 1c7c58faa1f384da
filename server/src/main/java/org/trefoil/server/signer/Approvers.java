package org.trefoil.server.signer;

import java.util.HashSet;
import java.util.Set;
import org.trefoil.core.policy.PolicyChain;
import org.trefoil.core.units.Network;
import org.trefoil.core.wire.PolicyDocument;
import org.trefoil.core.wire.Rules;

/** Accounts whose yes the rules of any wallet ask for, or asked for once. */
final class Approvers {
  private final Set<String> named = new HashSet<>();
  private final Network network;

  Approvers(Network network) {
    this.network = network;
  }

  /** Notes whom rules name; they were checked when they came. */
  void heard(PolicyDocument document) {
    Rules.Approvals rule = PolicyChain.read(document.rules(), network).approvals();
    if (rule != null) {
      rule.by().forEach(person -> named.add(person.id()));
    }
  }

  boolean named(String accountId) {
    return named.contains(accountId);
  }
}
