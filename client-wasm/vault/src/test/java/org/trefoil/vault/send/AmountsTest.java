package org.trefoil.vault.send;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.trefoil.core.units.FeeRate;
import org.trefoil.core.units.Sats;

class AmountsTest {
  @Test
  void satoshisAreGrouped() {
    assertThat(Amounts.sat(new Sats(5))).isEqualTo("5 sat");
    assertThat(Amounts.sat(new Sats(1234567))).isEqualTo("1\u202f234\u202f567 sat");
  }

  @Test
  void theShareIsRoundedUpAndNeverNothing() {
    assertThat(Amounts.share(new Sats(1), new Sats(100_000_000))).isEqualTo("0.01 %");
    assertThat(Amounts.share(new Sats(50), new Sats(1000))).isEqualTo("5.00 %");
    assertThat(Amounts.share(new Sats(50), Sats.ZERO)).isEmpty();
  }

  @Test
  void theLargestAmountsDoNotOverflow() {
    assertThat(Amounts.share(new Sats(10_000_000), new Sats(Sats.MAX))).isEqualTo("0.01 %");
  }

  @Test
  void ratesCarryTheirUnit() {
    assertThat(Amounts.rate(new FeeRate(2500))).isEqualTo("2.5 sat/vB");
  }
}
