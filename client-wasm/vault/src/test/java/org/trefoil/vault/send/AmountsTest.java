package org.trefoil.vault.send;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.trefoil.core.units.FeeRate;
import org.trefoil.core.units.Sats;
import org.trefoil.core.wire.Fees;

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
  void anHonestWalletWarnsOfFeesThatAreHighForWhatIsSent() {
    assertThat(warning(4_999, 100_000, 1_000)).isEmpty();
    assertThat(warning(5_000, 100_000, 1_000)).contains("5.00 % of what you send");
    assertThat(warning(80_000, 100_000, 1_000)).contains("80.00 % of what you send");
  }

  @Test
  void anHonestWalletWarnsOfRatesThatAreHighForWhatIsOffered() {
    assertThat(warning(100, 100_000, 9_999)).isEmpty();
    assertThat(warning(100, 100_000, 10_000)).contains("10 times the lowest");
    assertThat(warning(9_000, 100_000, 40_000)).contains("9.00 %").contains("40 times");
  }

  private static String warning(long fee, long paid, long rate) {
    Fees offered = new Fees(1_000, 2_500, 6_000, 1_000, 500_000);
    return Amounts.feeWarning(new Sats(fee), new Sats(paid), new FeeRate(rate), offered);
  }

  @Test
  void ratesCarryTheirUnit() {
    assertThat(Amounts.rate(new FeeRate(2500))).isEqualTo("2.5 sat/vB");
  }
}
