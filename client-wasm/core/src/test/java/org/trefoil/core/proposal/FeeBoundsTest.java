package org.trefoil.core.proposal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.trefoil.core.Refusals.refusal;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.trefoil.core.Token;
import org.trefoil.core.units.FeeRate;
import org.trefoil.core.units.Sats;

/** Fees are held against their bounds to the satoshi. */
class FeeBoundsTest {
  private static final FeeBounds BOUNDS =
      new FeeBounds(new FeeRate(1_000), new FeeRate(2_000), new Sats(10_000), 25, new Sats(300));

  /**
   * The last fee that passes, of so many bytes, where so much is paid, and what refuses the next.
   */
  @ParameterizedTest
  @CsvSource({
    "200,100,1000000,200", // by the highest rate
    "10000,8000,1000000,10000", // by the most for one transaction
    "300,200,1000,300", // by the share, which does not count before it has reached this
    "1000,800,4000,1000" // by the share
  })
  void theHighestFeeIsTakenAndOneSatoshiMoreIsNot(long fee, long vbytes, long paid, long most) {
    Sats amount = new Sats(paid);
    assertThatCode(() -> BOUNDS.refuseOutside(fee, vbytes, amount)).doesNotThrowAnyException();
    assertThat(
            refusal(Token.FEE_TOO_HIGH, () -> BOUNDS.refuseOutside(fee + 1, vbytes, amount)).data())
        .containsEntry("fee", new Sats(fee + 1).display())
        .containsEntry("most", new Sats(most).display());
  }

  @Test
  void theLowestFeeIsTakenAndOneSatoshiLessIsNot() {
    Sats paid = new Sats(1_000_000);
    assertThatCode(() -> BOUNDS.refuseOutside(100, 100, paid)).doesNotThrowAnyException();
    assertThat(refusal(Token.FEE_TOO_LOW, () -> BOUNDS.refuseOutside(99, 100, paid)).data())
        .containsEntry("least", new Sats(100).display());
    assertThat(refusal(Token.FEE_TOO_LOW, () -> BOUNDS.refuseOutside(-5, 100, paid)).data())
        .containsEntry("fee", Sats.ZERO.display());
  }

  @Test
  void theRateForAFeeIsTheLeastThatComesToIt() {
    Random random = new Random(8);
    for (int round = 0; round < 2_000; round++) {
      long fee = 1 + random.nextInt(round % 2 == 0 ? 20 : 1_000_000);
      long vsize = 1 + random.nextInt(20_000);
      long rate = ToSelf.rate(new Sats(fee), vsize).satPerKvB();
      assertThat(rate * vsize).isGreaterThanOrEqualTo(fee * 1_000);
      assertThat((rate - 1) * vsize).isLessThan(fee * 1_000);
    }
  }
}
