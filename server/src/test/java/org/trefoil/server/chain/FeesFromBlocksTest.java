package org.trefoil.server.chain;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.trefoil.core.units.Network;
import org.trefoil.core.wire.Fees;

class FeesFromBlocksTest {
  private static final Fees GUESS = new Fees(2_000, 10_000, 25_000, 1_000, 1_000_000);
  private static final long SUBSIDY = 312_500_000; // from block 840,000 on
  private static final long FULL = 3_990_000;

  private final FeesFromBlocks fees = new FeesFromBlocks(Network.MAINNET, GUESS);
  private int height = 900_000;

  /** A full block that paid {@code rate} satoshis per 1,000 virtual bytes on average. */
  private void full(long rate) {
    fees.mined(height++, SUBSIDY + rate * FULL / 4_000, FULL);
  }

  @Test
  void beforeThreeBlocksItIsAGuess() {
    full(40_000);
    full(40_000);
    assertThat(fees.now(0)).isEqualTo(GUESS);
  }

  @Test
  void fullBlocksTellWhatTheyPaidOnAverage() {
    for (int i = 0; i < 12; i++) {
      full(8_000 + 1_000L * i);
    }
    assertThat(fees.now(0)).isEqualTo(new Fees(11_000, 14_000, 18_000, 1_000, 1_000_000));
  }

  @Test
  void blocksWithRoomTellThatTheLeastIsEnough() {
    for (int i = 0; i < 12; i++) {
      fees.mined(height++, SUBSIDY + 50_000_000, 2_000_000);
    }
    assertThat(fees.now(0)).isEqualTo(new Fees(1_000, 1_000, 1_000, 1_000, 1_000_000));
    assertThat(fees.now(3_000)).isEqualTo(new Fees(3_000, 3_000, 3_000, 3_000, 1_000_000));
  }

  @Test
  void oneStrangeBlockMovesLittleAndNothingLeavesTheBounds() {
    for (int i = 0; i < 12; i++) {
      full(10_000);
    }
    Fees before = fees.now(0);
    full(500_000_000);
    assertThat(fees.now(0)).isEqualTo(before);
    for (int i = 0; i < 30; i++) {
      long fast = fees.now(0).fast();
      full(500_000_000);
      assertThat(fees.now(0).fast()).isBetween(fast, 2 * fast);
    }
    assertThat(fees.now(0)).isEqualTo(new Fees(1_000_000, 1_000_000, 1_000_000, 1_000, 1_000_000));
    assertThat(fees.now(Long.MAX_VALUE).floor()).isEqualTo(50_000);
  }
}
