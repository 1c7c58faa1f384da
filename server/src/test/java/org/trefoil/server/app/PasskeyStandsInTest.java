package org.trefoil.server.app;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.trefoil.core.Token;
import org.trefoil.core.keys.KeyRole;
import org.trefoil.core.policy.PolicyChain;
import org.trefoil.core.policy.TestRules;
import org.trefoil.core.units.Hex;
import org.trefoil.core.wire.PasscodeRequest;
import org.trefoil.core.wire.PolicyDocument;
import org.trefoil.core.wire.SendState;
import org.trefoil.core.wire.WalletState;
import org.trefoil.server.audit.AuditRow;
import org.trefoil.server.passkey.PasskeyQuestions;
import org.trefoil.server.rules.Rulebook;
import org.trefoil.server.secondfactor.SecondFactors;
import org.trefoil.server.store.JdbiAuditBooks;

/** Where a wallet's rules, passcode or keys are changed, a passkey stands in for a code. */
class PasskeyStandsInTest extends LosingKeys {
  private final TestPasskey device = new TestPasskey(PasskeysTest.HERE);

  @BeforeEach
  void register() {
    house.rooms.address().servedOn(8080);
    device.addTo(house, ada.accountId);
  }

  /** What the server gives for the passkey's answer. */
  private String ticket() {
    PasskeyQuestions questions = house.rooms.passkeys().questions();
    PasskeyQuestions.Asked asked = questions.askStepUp(ada.accountId);
    return questions.answerStepUp(ada.accountId, device.answer(asked.challenge(), asked.siteId()));
  }

  private Rulebook rulebook() {
    return house.rooms.rulebook();
  }

  private PolicyDocument document(TestRules rules) {
    return document(rules, 0, KeyRole.USER);
  }

  private void reseal(int salt, String code) {
    PasscodeRequest request = ada.vault.reseal(view(ada.walletId), salt, KeyRole.USER, code);
    house.rooms.passcodes().change(ada.accountId, ada.walletId, request);
  }

  @Test
  void itChangesRulesOnceWithWhatItSignedInTheRecord() {
    String ticket = ticket();
    PolicyDocument first = document(TestRules.none().perSend(100_000L));
    sign(first, ticket);
    assertThat(rulebook().version(ada.accountId, ada.walletId)).isEqualTo(1);
    house.rooms.scribe().run();
    byte[] digest = PolicyChain.digest(ada.cosigners, ada.walletId, first);
    assertThat(
            new JdbiAuditBooks(house.foundation.database())
                .page(ada.accountId, Long.MAX_VALUE, 50).stream()
                    .map(AuditRow::entry)
                    .filter(entry -> entry.kind().equals("factor-accepted"))
                    .map(entry -> entry.detail()))
        .contains(Hex.of(digest));
    PolicyDocument second = document(TestRules.none().perSend(90_000L));
    Refused.with(Token.CODE_USED, () -> sign(second, ticket));
  }

  @Test
  void itLetsAStoppedWalletGoOn() {
    rulebook().freeze(ada.accountId, ada.walletId);
    rulebook().thaw(ada.accountId, ada.walletId, ticket());
    assertThat(rulebook().standing(ada.accountId, ada.walletId).thawAt()).isNotNull();
  }

  @Test
  void itChangesThePasscodeAndNobodyElses() {
    String sealed = view(ada.walletId).sealed();
    TestHouse.Person bob = house.new Person(2);
    String adas = ticket();
    PasscodeRequest bobs =
        bob.vault.reseal(wallets().view(bob.accountId, bob.walletId), 1, KeyRole.USER, adas);
    Refused.with(
        Token.CODE_USED, () -> house.rooms.passcodes().change(bob.accountId, bob.walletId, bobs));
    reseal(1, adas);
    assertThat(view(ada.walletId).sealed()).isNotEqualTo(sealed);
  }

  @Test
  void itPutsNewKeysIntoUse() {
    Heir heir = new Heir(2).stored(KeyRole.USER);
    assertThat(heir.activate(ticket()).state()).isEqualTo(WalletState.ACTIVE);
    assertThat(view(ada.walletId).state()).isEqualTo(WalletState.REPLACED);
  }

  @Test
  void wrongCodesForThemDoNotKeepTheOwnerFromSendingNorThePasskeyFromThem() {
    PolicyDocument rules = document(TestRules.none().perSend(500_000L));
    for (int i = 0; i < SecondFactors.MOST_TRIES; i++) {
      Refused.with(Token.CODE_WRONG, () -> sign(rules, "000000"));
    }
    Refused.with(Token.TOO_MANY_TRIES, () -> reseal(1, ada.code()));
    assertThat(confirm(propose(ada.request("request-a", 200_000)), ada.code()).state())
        .isEqualTo(SendState.BROADCAST);
    sign(rules, ticket());
    reseal(1, ticket());
  }
}
