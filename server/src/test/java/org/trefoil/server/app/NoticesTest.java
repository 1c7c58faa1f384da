package org.trefoil.server.app;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.trefoil.core.Token;
import org.trefoil.server.mail.Mail;
import org.trefoil.server.passkey.Passkey;
import org.trefoil.server.secondfactor.Verdict;

/** What is done to an account is mailed to its owner, together with its being done. */
class NoticesTest extends WaysBackTest {
  private Mail last() {
    return mail(ADA).get(0);
  }

  @Test
  void aRecoveryCodeThatIsUsedIsToldOnceWithHowManyAreLeft() {
    String code = ada.recovery.get(0);
    assertThat(house.rooms.factors().use(ada.accountId, code)).isEqualTo(Verdict.OK);
    assertThat(house.rooms.factors().use(ada.accountId, code)).isEqualTo(Verdict.USED);
    assertThat(house.rooms.factors().use(ada.accountId, "aaaa-aaaa-aaaa-aaaa"))
        .isEqualTo(Verdict.WRONG);
    assertThat(subjects(ADA)).containsExactly("A recovery code was used");
    assertThat(last().text()).contains("9 are left").contains("never asks by mail");
  }

  @Test
  void aPasskeyThatIsAddedOrRemovedIsTold() {
    house.rooms.address().servedOn(8080);
    Passkey made =
        new TestPasskey(PasskeysTest.HERE)
            .addTo(house, ada.accountId, "Phone, old", signedIn(true).token());
    assertThat(subjects(ADA)).containsExactly("Your Trefoil account has a new passkey");
    assertThat(last().text()).contains("Phone, old").contains("never asks by mail");
    house.rooms.passkeys().remove(ada.accountId, made.passkeyId(), "");
    assertThat(subjects(ADA)).contains("A passkey of your Trefoil account was removed");
  }

  @Test
  void newRecoveryCodesAreTold() {
    Refused.with(
        Token.CODE_WRONG, () -> house.rooms.factors().renewRecovery(ada.accountId, "000000", ""));
    assertThat(mail(ADA)).isEmpty();
    house.rooms.factors().renewRecovery(ada.accountId, ada.code(), "");
    assertThat(subjects(ADA)).containsExactly("You have new recovery codes");
    assertThat(last().text()).contains(ADA);
  }

  @Test
  void anotherPasswordIsTold() {
    Refused.with(Token.PASSWORD_WRONG, () -> change(9, 2));
    assertThat(mail(ADA)).isEmpty();
    change(1, 2);
    assertThat(subjects(ADA)).containsExactly("Your Trefoil password was changed");
    assertThat(last().text()).doesNotContain("%s").doesNotContain("http");
  }

  private void change(int from, int to) {
    house
        .rooms
        .accounts()
        .changePassword(
            ada.accountId,
            TestHouse.proof(from),
            TestHouse.salt(),
            TestHouse.KDF,
            TestHouse.proof(to),
            "");
  }
}
