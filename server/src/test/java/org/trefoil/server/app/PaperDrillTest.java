package org.trefoil.server.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.trefoil.core.Token;
import org.trefoil.core.keys.KeyRole;
import org.trefoil.core.wire.ActivateRequest;
import org.trefoil.server.wallets.PaperDrills;

class PaperDrillTest extends LosingKeys {
  private PaperDrills.Paper paper() {
    return house.rooms.drills().paper(ada.accountId, ada.walletId);
  }

  private void drill(KeyRole by, TestVault vault) {
    String statement = vault.statement(ada.cosigners, ada.walletId, by);
    ActivateRequest request = new ActivateRequest(by.id(), statement, List.of());
    house.rooms.drills().drilled(ada.accountId, ada.walletId, request);
  }

  @Test
  void aYearAfterItWasReadBackThePaperIsDueAndADrillEndsThat() {
    assertThat(paper().due()).isFalse();
    long born = paper().checkedAt();
    house.clock.forward(PaperDrills.YEAR.minus(Duration.ofHours(1)));
    assertThat(paper().due()).isFalse();
    house.clock.forward(Duration.ofHours(2));
    assertThat(paper()).isEqualTo(new PaperDrills.Paper(born, true));
    Refused.with(Token.STATEMENT_WRONG, () -> drill(KeyRole.BACKUP, new TestVault(66)));
    assertThat(paper().due()).isTrue();
    drill(KeyRole.BACKUP, ada.vault);
    long now = house.clock.instant().getEpochSecond();
    assertThat(paper()).isEqualTo(new PaperDrills.Paper(now, false));
    house.clock.forward(PaperDrills.YEAR);
    assertThat(paper().due()).isTrue();
  }

  @Test
  void theReminderThatWasPutOffDoesNotNagTwiceInAYear() {
    long born = paper().checkedAt();
    house.clock.forward(PaperDrills.YEAR);
    assertThat(paper().due()).isTrue();
    house.rooms.drills().later(ada.accountId, ada.walletId);
    assertThat(paper()).isEqualTo(new PaperDrills.Paper(born, false));
    house.clock.forward(PaperDrills.YEAR.minus(Duration.ofHours(1)));
    assertThat(paper().due()).isFalse();
    house.clock.forward(Duration.ofHours(2));
    assertThat(paper().due()).isTrue();
  }

  @Test
  void nobodyIsRemindedOfOlderKeysAndNobodyElseMayPutItOff() {
    new Heir(2).inUse(KeyRole.USER);
    house.clock.forward(PaperDrills.YEAR.multipliedBy(2));
    assertThat(paper().due()).isFalse();
    TestHouse.Person bob = house.new Person(9);
    Refused.with(Token.NOT_FOUND, () -> house.rooms.drills().later(bob.accountId, ada.walletId));
  }
}
