package org.trefoil.server.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.trefoil.core.Token;
import org.trefoil.core.keys.KeyRole;
import org.trefoil.core.policy.PolicyChain;
import org.trefoil.core.policy.TestRules;
import org.trefoil.core.units.Hex;
import org.trefoil.core.wire.PolicyDocument;
import org.trefoil.core.wire.PolicyRequest;
import org.trefoil.server.keyfile.KeyFile;
import org.trefoil.server.rules.WrittenRules;

/** A wallet's rules are changed so often and no more: all versions are verified at each send. */
class RuleVersionsTest extends LosingKeys {
  private final List<PolicyDocument> signed = new ArrayList<>();
  private String head = PolicyChain.NOTHING;

  private PolicyDocument next() {
    int version = signed.size() + 1;
    String rules = TestRules.none().perSend(100_000L - version).done().toJson().write();
    PolicyDocument plain = new PolicyDocument(version, head, 0, rules, "");
    PolicyDocument document = ada.vault.policy(ada.cosigners, ada.walletId, plain, KeyRole.USER);
    head = Hex.of(PolicyChain.digest(ada.cosigners, ada.walletId, document));
    signed.add(document);
    return document;
  }

  private void sign(PolicyDocument document) {
    PolicyRequest request = new PolicyRequest(document, ada.code());
    house.rooms.rulebook().sign(ada.accountId, ada.walletId, request);
  }

  @Test
  void moreThanThreeHundredVersionsAreRefusedInWords() {
    while (signed.size() < PolicyChain.MOST - 1) {
      next();
    }
    WrittenRules.write(
        house.foundation.database(), KeyFile.of(TestHouse.KEY), ada.walletId, signed, head);
    sign(next());
    Refused.with(Token.POLICY_TOO_MANY, () -> sign(next()));
    assertThat(house.rooms.rulebook().version(ada.accountId, ada.walletId))
        .isEqualTo(PolicyChain.MOST);
    Refused.with(
        Token.LIMIT_PER_SEND, () -> confirm(propose(ada.request("request-a", 99_900)), ada.code()));
  }
}
