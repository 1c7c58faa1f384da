package org.trefoil.vault.send;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.trefoil.core.proposal.Intent;
import org.trefoil.core.units.Network;
import org.trefoil.core.units.Sats;

class WishTest {
  private static final String ADDRESS = "bcrt1qw508d6qejxtdg4y5r3zarvary0c5xw7kygt080";
  private static final Wish.Fee NORMAL = new Wish.Fee(2500, "");

  private static Line line(String to, String amount) {
    return new Line(to, amount, false, false);
  }

  private static Wish wish(Line... lines) {
    return new Wish(List.of(lines), NORMAL, "");
  }

  private static FieldRefused refused(Wish wish) {
    return catchThrowableOfType(FieldRefused.class, () -> wish.intent(Network.REGTEST));
  }

  @Test
  void readsBitcoinAndSatoshis() {
    assertThat(wish(line(ADDRESS, "0.015")).intent(Network.REGTEST).total())
        .isEqualTo(new Sats(1_500_000));
    assertThat(wish(new Line(ADDRESS, "12 000", true, false)).intent(Network.REGTEST).total())
        .isEqualTo(new Sats(12_000));
  }

  @Test
  void readsAPaymentLink() {
    Intent intent = wish(line("bitcoin:" + ADDRESS + "?amount=1", "0.5")).intent(Network.REGTEST);
    assertThat(intent.recipients().get(0).address().text()).isEqualTo(ADDRESS);
    assertThat(intent.total()).isEqualTo(new Sats(50_000_000));
  }

  @Test
  void eachMistakeIsSaidAtItsOwnField() {
    FieldRefused to = refused(wish(line(ADDRESS, "1"), line("", "1")));
    assertThat(to.place()).isEqualTo(FieldRefused.Place.TO);
    assertThat(to.row()).isEqualTo(1);
    assertThat(to.refusal().token()).isEqualTo("address-missing");

    FieldRefused amount = refused(wish(line(ADDRESS, "much")));
    assertThat(amount.place()).isEqualTo(FieldRefused.Place.AMOUNT);
    assertThat(amount.refusal().token()).isEqualTo("amount-malformed");

    FieldRefused fee = refused(new Wish(List.of(line(ADDRESS, "1")), new Wish.Fee(0, "x"), ""));
    assertThat(fee.place()).isEqualTo(FieldRefused.Place.FEE);

    FieldRefused note =
        refused(new Wish(List.of(line(ADDRESS, "1")), NORMAL, "n".repeat(Wish.MOST_NOTE + 1)));
    assertThat(note.place()).isEqualTo(FieldRefused.Place.NOTE);
  }

  @Test
  void refusesAnotherNetworkDustAndNothing() {
    assertThat(refused(wish(line("tb1qw508d6qejxtdg4y5r3zarvary0c5xw7kxpjzsx", "1"))).refusal())
        .matches(r -> r.token().equals("address-other-network"));
    assertThat(refused(wish(line(ADDRESS, "0.00000100"))).refusal().token()).isEqualTo("dust");
    assertThat(refused(wish(line(ADDRESS, "0"))).refusal().token()).isEqualTo("nothing-to-send");
  }

  @Test
  void everythingNeedsNoAmount() {
    Wish wish = wish(new Line(ADDRESS, "", false, true));
    Intent intent = wish.intent(Network.REGTEST);
    assertThat(intent.everything()).isTrue();
    assertThat(intent.total()).isEqualTo(Sats.ZERO);
  }
}
